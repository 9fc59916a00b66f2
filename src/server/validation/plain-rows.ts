import { isAscii, isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { Characters } from '../../world/characters.ts'
import { TextRanges } from '../../world/text-ranges.ts'
import { type Field, RowScan, type Size } from './row-scan.ts'

/**
 * Reads a JSON body that is one list of flat records of texts, as a batch of users is; undefined when it is anything but
 * plain: another form, a value that is not allowed, an escaped character, a key that is unknown or given twice. Whoever
 * calls then parses and validates step by step, which also says what is wrong.
 */
export type PlainRowsReader = (bytes: Uint8Array) => PlainRows | undefined

/** The records of a body: where each text of each field lies. Stands for the body: it has the list, made when asked for. */
export class PlainRows {
  readonly length: number
  readonly #bytes: Buffer
  readonly #fields: readonly Field[]
  readonly #bounds: Uint32Array
  /** The bytes, where all are ASCII. */
  readonly #text: Characters | undefined
  #records: Record<string, string>[] | undefined

  constructor(bytes: Uint8Array, fields: readonly Field[], bounds: Uint32Array) {
    this.length = bounds.length / (2 * fields.length)
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#fields = fields
    this.#bounds = bounds
    this.#text = isAscii(bytes) ? Characters.ofAscii(bytes) : undefined
  }

  /** The texts of a field; those of records that do not have it are empty. */
  field(name: string): TextRanges {
    const first = 2 * this.#fields.findIndex((field) => field.name === name)
    if (this.#text === undefined) return TextRanges.of(this.records().map((record) => record[name]))
    return new TextRanges(this.#text, this.length, this.#bounds, first, 2 * this.#fields.length)
  }

  records(): readonly Readonly<Record<string, string>>[] {
    this.#records ??= Array.from({ length: this.length }, (_, row) => this.#record(row))
    return this.#records
  }

  #record(row: number): Record<string, string> {
    const record: Record<string, string> = {}
    this.#fields.forEach(({ name }, field) => {
      const place = 2 * (row * this.#fields.length + field)
      const start = this.#bounds[place] as number
      if (start > 0) record[name] = this.#bytes.toString('utf8', start, this.#bounds[place + 1])
    })
    return record
  }
}

/** A reader of the bodies that a schema describes; undefined for a schema of another form. */
export function compilePlainRows(schema: z.ZodObject): PlainRowsReader | undefined {
  if (!isOpenObject(schema)) return undefined
  const [entry, ...others] = Object.entries(schema.shape as Record<string, z.ZodType>)
  if (entry === undefined || others.length > 0 || !(entry[1] instanceof z.ZodArray)) return undefined
  const [listName, list] = entry
  const size = sizeOf(list)
  const fields = size && fieldsOf(list.element as z.ZodType)
  if (fields === undefined || size === undefined) return undefined

  class Rows extends PlainRows {
    get [listName]() {
      return this.records()
    }
  }
  // Texts are measured in bytes, which are at least as many as their characters: a least length above 1 could be missed.
  const isReadable = fields.every(({ min }) => min <= 1) ? isUtf8 : isAscii
  return (bytes) => {
    if (!isReadable(bytes)) return undefined
    const bounds = RowScan.of(bytes, listName, fields, size)
    return bounds && new Rows(bytes, fields, bounds)
  }
}

function fieldsOf(schema: z.ZodType): readonly Field[] | undefined {
  if (!isOpenObject(schema)) return undefined
  const fields: Field[] = []
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const isRequired = !(field instanceof z.ZodOptional)
    const text = isRequired ? field : field.unwrap()
    const size = text instanceof z.ZodString ? sizeOf(text) : undefined
    if (size === undefined || !/^\w+$/.test(name)) return undefined
    fields.push({ name, isRequired, ...size })
  }
  return fields
}

/** An object of which nothing is asked but its fields. */
const isOpenObject = (schema: z.ZodType): schema is z.ZodObject =>
  schema instanceof z.ZodObject && schema.def.catchall === undefined && !schema.def.checks?.length

/** The bounds of a length; undefined when anything else is asked. */
function sizeOf(schema: z.ZodArray | z.ZodString): Size | undefined {
  if ('format' in schema.def || 'coerce' in schema.def) return undefined
  let [min, max] = [0, Number.POSITIVE_INFINITY]
  for (const { _zod } of schema.def.checks ?? []) {
    const { def } = _zod
    if (def.check === 'min_length') min = (def as z.core.$ZodCheckMinLengthDef).minimum
    else if (def.check === 'max_length') max = (def as z.core.$ZodCheckMaxLengthDef).maximum
    else return undefined
  }
  return { min, max }
}
