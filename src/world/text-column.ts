import type { TextRanges } from './text-ranges.ts'

const BLANK = 0x20

/**
 * Many short texts as one long one: a thousand of them cost one string and the places where they end, and nothing that
 * the garbage collector has to visit one by one. Becomes a list of texts in JSON.
 */
export class TextColumn {
  /** All texts behind each other. */
  readonly text: string
  /** Number of texts. */
  readonly length: number
  /** Length of each when all have the same, as phones often do. */
  readonly #width: number
  readonly #ends: Uint32Array | undefined

  private constructor(text: string, ends: Uint32Array) {
    this.text = text
    this.length = ends.length
    this.#width = ends[0] ?? 0
    this.#ends = haveWidth(ends, this.#width) ? undefined : ends
  }

  static of(texts: readonly string[]): TextColumn {
    const ends = new Uint32Array(texts.length)
    let end = 0
    for (let index = 0; index < texts.length; index += 1) {
      end += (texts[index] as string).length
      ends[index] = end
    }
    return new TextColumn(texts.join(''), ends)
  }

  /** A text for each of `firsts`: with the one of `seconds` behind a blank, unless that is absent. */
  static ofRanges(firsts: TextRanges, seconds?: TextRanges): TextColumn {
    const { codes } = firsts.whole
    if (codes instanceof Uint16Array) {
      const texts: string[] = []
      for (let index = 0; index < firsts.length; index += 1) {
        const second = seconds?.at(index)
        texts.push(second ? `${firsts.at(index)} ${second}` : firsts.at(index))
      }
      return TextColumn.of(texts)
    }
    const ends = new Uint32Array(firsts.length)
    const packed = scratchOf(codes.length + firsts.length + 4)
    const target = new DataView(packed.buffer, packed.byteOffset, packed.length)
    const source = new DataView(codes.buffer, codes.byteOffset, codes.length)
    let end = 0
    for (let index = 0; index < firsts.length; index += 1) {
      end = copy(source, firsts.startOf(index), firsts.endOf(index), target, end)
      if (seconds !== undefined && seconds.endOf(index) > seconds.startOf(index)) {
        packed[end] = BLANK
        end = copy(source, seconds.startOf(index), seconds.endOf(index), target, end + 1)
      }
      ends[index] = end
    }
    return new TextColumn(packed.toString('latin1', 0, end), ends)
  }

  /** Where a text begins in `text`. */
  startOf(index: number): number {
    if (this.#ends === undefined) return index * this.#width
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0)
  }

  /** Where a text ends in `text`: behind its last character. */
  endOf(index: number): number {
    return this.#ends === undefined ? (index + 1) * this.#width : (this.#ends[index] ?? 0)
  }

  /** A text; empty when there is none at that place. */
  at(index: number): string {
    return this.text.slice(this.startOf(index), this.endOf(index))
  }

  slice(from: number, to: number = this.length): string[] {
    const texts: string[] = []
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index += 1) texts.push(this.at(index))
    return texts
  }

  map<R>(change: (text: string, index: number) => R): R[] {
    return this.slice(0).map(change)
  }

  [Symbol.iterator](): Iterator<string> {
    return this.slice(0)[Symbol.iterator]()
  }

  toJSON(): string[] {
    return this.slice(0)
  }
}

function haveWidth(ends: Uint32Array, width: number): boolean {
  for (let index = 0; index < ends.length; index += 1) if (ends[index] !== (index + 1) * width) return false
  return true
}

/** Copies four bytes at a time, the last of which may be too many: what is written behind the end is written over. */
function copy(bytes: DataView, from: number, to: number, target: DataView, at: number): number {
  let place = from
  let end = at
  if (to + 4 > bytes.byteLength) {
    for (; place < to; place += 1, end += 1) target.setUint8(end, bytes.getUint8(place))
    return end
  }
  for (; place < to; place += 4, end += 4) target.setInt32(end, bytes.getInt32(place))
  return end - (place - to)
}

let scratch = Buffer.alloc(0)

/** Room for a text that is written down and read at once. */
function scratchOf(length: number): Buffer {
  if (scratch.length < length) scratch = Buffer.alloc(length)
  return scratch
}
