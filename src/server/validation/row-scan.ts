import { plainEnd, repeats } from './four-bytes.ts'

/** A field of a record: a text. */
export interface Field extends Size {
  readonly name: string
  readonly isRequired: boolean
}

/** Bounds of a length: of a text in bytes, of a list in records. */
export interface Size {
  readonly min: number
  readonly max: number
}

/** How a record is written: its fields in order, and what stands before each text and between the last and the next record. */
interface Layout {
  readonly fields: Int32Array
  readonly gapFrom: Int32Array
  readonly gapLength: Int32Array
}

const NOT_PLAIN = -1
/** Bytes of the shortest record, `{"a":""}`. */
const RECORD_MIN = 8
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const QUOTE = 0x22
const COLON = 0x3a
const COMMA = 0x2c

/**
 * One pass over the bytes of a JSON text that is an object with one list of flat records of texts. Records of a list are
 * written alike: what stands between two texts is compared with a record before, and taken apart only where it differs.
 */
export class RowScan {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #fields: readonly Field[]
  readonly #min: Int32Array
  readonly #max: Int32Array
  /** Begin and end of each text, record by record; 0 for a field that is absent. */
  readonly #bounds: Uint32Array
  /** Place in the bounds of the record that is read. */
  #row = 0

  private constructor(bytes: Uint8Array, fields: readonly Field[], maxRows: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#fields = fields
    this.#min = Int32Array.from(fields, ({ min }) => min)
    this.#max = Int32Array.from(fields, ({ max }) => Math.min(max, bytes.length))
    this.#bounds = new Uint32Array(2 * fields.length * Math.min(maxRows, Math.floor(bytes.length / RECORD_MIN)))
  }

  /** The bounds of every text of a list, record by record; undefined when the bytes are not plain. */
  static of(
    bytes: Uint8Array,
    listName: string,
    fields: readonly Field[],
    { min, max }: Size,
  ): Uint32Array | undefined {
    const scan = new RowScan(bytes, fields, max)
    const isPlain = scan.#readBody(listName) && scan.#row >= 2 * fields.length * min
    return isPlain ? scan.#bounds.subarray(0, scan.#row) : undefined
  }

  #readBody(listName: string): boolean {
    let at = this.#keyEnd(this.#behind(OPENING_BRACE, 0), listName)
    at = this.#behind(OPENING_BRACKET, this.#behind(COLON, at))
    at = this.#behind(OPENING_BRACE, at)
    while (at !== NOT_PLAIN && this.#bytes[at - 1] === OPENING_BRACE) {
      at = this.#row < this.#bounds.length ? this.#newRecord(at) : NOT_PLAIN
    }
    at = this.#behind(CLOSING_BRACE, at)
    return at !== NOT_PLAIN && this.#skipBlanks(at) === this.#bytes.length
  }

  /**
   * Reads a record key by key, and those behind it that are written like it. Gives the place in the next record, behind its
   * brace, or the place behind the list.
   */
  #newRecord(from: number): number {
    const found: number[] = []
    const gapFrom: number[] = [from]
    const gapLength: number[] = []
    this.#bounds.fill(0, this.#row, this.#row + 2 * this.#fields.length)
    let at = from
    for (let end: number = COMMA; end === COMMA; at += 1) {
      const key = this.#behind(QUOTE, at)
      if (key === NOT_PLAIN) return NOT_PLAIN
      const keyEnd = plainEnd(this.#view, key)
      const field = this.#fields.findIndex(({ name }) => this.#holds(key, keyEnd, name))
      if (field < 0 || found.includes(field)) return NOT_PLAIN
      const start = this.#behind(QUOTE, this.#behind(COLON, this.#behind(QUOTE, keyEnd)))
      if (start === NOT_PLAIN) return NOT_PLAIN
      const textEnd = plainEnd(this.#view, start)
      if (!this.#isText(field, start, textEnd)) return NOT_PLAIN
      this.#bounds[this.#row + 2 * field] = start
      this.#bounds[this.#row + 2 * field + 1] = textEnd
      found.push(field)
      gapLength.push(start - (gapFrom.at(-1) as number))
      gapFrom.push(textEnd)
      at = this.#skipBlanks(textEnd + 1)
      end = this.#bytes[at] as number
      if (end !== COMMA && end !== CLOSING_BRACE) return NOT_PLAIN
    }
    if (this.#fields.some(({ isRequired }, field) => isRequired && !found.includes(field))) return NOT_PLAIN
    this.#row += 2 * this.#fields.length
    const next = this.#behind(COMMA, at)
    if (next === NOT_PLAIN) return this.#behind(CLOSING_BRACKET, at)
    const record = this.#behind(OPENING_BRACE, next)
    if (record === NOT_PLAIN) return NOT_PLAIN
    gapLength.push(record - (gapFrom.at(-1) as number))
    return this.#repeatedRecords(record, {
      fields: Int32Array.from(found),
      gapFrom: Int32Array.from(gapFrom),
      gapLength: Int32Array.from(gapLength),
    })
  }

  /** Reads records as long as they are written alike; gives the place in the first that is not, behind its brace. */
  #repeatedRecords(from: number, { fields, gapFrom, gapLength }: Layout): number {
    const view = this.#view
    const bounds = this.#bounds
    const count = fields.length
    let record = from
    for (; this.#row < bounds.length; this.#row += 2 * this.#fields.length) {
      let at = record
      for (let nth = 0; nth < count; nth += 1) {
        const length = gapLength[nth] as number
        if (!repeats(view, at, gapFrom[nth] as number, length)) return record
        at += length
        const field = fields[nth] as number
        const end = plainEnd(view, at)
        if (!this.#isText(field, at, end)) return record
        bounds[this.#row + 2 * field] = at
        bounds[this.#row + 2 * field + 1] = end
        at = end
      }
      const length = gapLength[count] as number
      if (!repeats(view, at, gapFrom[count] as number, length)) return record
      record = at + length
    }
    return record
  }

  /** Whether a text ends at its closing quote and has a length that its field takes. */
  #isText(field: number, start: number, end: number): boolean {
    const length = end - start
    return (
      this.#bytes[end] === QUOTE && length >= (this.#min[field] as number) && length <= (this.#max[field] as number)
    )
  }

  /** The place behind a key, if it is the one that is next. */
  #keyEnd(at: number, name: string): number {
    const key = this.#behind(QUOTE, at)
    const end = key + name.length
    return key !== NOT_PLAIN && this.#holds(key, end, name) ? this.#behind(QUOTE, end) : NOT_PLAIN
  }

  #holds(from: number, to: number, name: string): boolean {
    if (to - from !== name.length) return false
    for (let at = 0; at < name.length; at += 1) if (this.#bytes[from + at] !== name.charCodeAt(at)) return false
    return true
  }

  /** The place behind a character, if it is the next one that is no blank. */
  #behind(code: number, from: number): number {
    if (from === NOT_PLAIN) return NOT_PLAIN
    const at = this.#skipBlanks(from)
    return this.#bytes[at] === code ? at + 1 : NOT_PLAIN
  }

  #skipBlanks(from: number): number {
    let at = from
    for (let code = this.#bytes[at]; code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
      at += 1
      code = this.#bytes[at]
    }
    return at
  }
}
