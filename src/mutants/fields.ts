import type { z } from 'zod'
import type { Mutation } from '../server/mutation.ts'
import type { Provenance } from '../spec/evidence.ts'
import type { Loose } from './seams.ts'
import { without } from './seams.ts'

/** Turns every record of an answer, such as each user of a list, into another. */
export type EachRecord = (change: (record: Loose) => Loose) => Mutation

type Definition = readonly [what: string, title: string, clause: Provenance, mutate: () => Mutation]

/** Two mutants for each documented field of a record: it is missing, and it has another type. */
export function fieldMutants(record: string, schema: z.ZodObject, each: EachRecord, prefix = ''): Definition[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]): Definition[] => {
    const clause = provenanceOf(field)
    const what = prefix + kebab(name)
    return [
      [`${what}-missing`, `${record} comes without ${name}`, clause, () => each((found) => without(found, name))],
      [
        `${what}-mistyped`,
        `${name} of ${record} has another type`,
        clause,
        () => each((found) => mistyped(found, name)),
      ],
    ]
  })
}

/** The record with a number in place of a text, or a text in place of a number. */
function mistyped(record: Loose, name: string): Loose {
  const value = record[name]
  if (value === undefined) return record
  const other = typeof value === 'number' ? String(value) : /^\d{1,15}$/.test(String(value)) ? Number(value) : [value]
  return { ...record, [name]: other }
}

/** What the spec says of a field. */
export function provenanceOf(field: z.ZodType): Provenance {
  const { 'x-evidence': evidence, 'x-source': source } = (field.meta() ?? {}) as Record<string, unknown>
  return { evidence: evidence as Provenance['evidence'], source: String(source) }
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
