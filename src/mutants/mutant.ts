import type { Mutation } from '../server/mutation.ts'
import type { Provenance } from '../spec/evidence.ts'
import { managementOperations } from '../spec/operations.ts'

/** The operations of the management pages, an area each. */
export const managementAreas = managementOperations.map(({ id }) => id)

/** Rooms of behaviour that mutants are listed by. */
export const mutantAreas = [
  'envelope',
  'refusals',
  'signature',
  'token',
  'trace-id',
  'language',
  'create-batch-provisioning-task',
  'query-batch-provisioning',
  'preverify-batch-import',
  'list-users',
  'list-user-spaces',
  'concurrency',
  ...managementAreas,
] as const
export type MutantArea = (typeof mutantAreas)[number]

/** A named way to deviate from the documents. */
export interface Mutant {
  /** Readable and for ever: `<area>.<what is wrong>`. */
  readonly name: string
  readonly area: MutantArea
  /** What it does wrong, as a sentence about the service. */
  readonly title: string
  /** The rule that it breaks: page and table, and how well the rule is known. */
  readonly clause: Provenance
  /** Makes the deviation. What it remembers from call to call lives as long as one mock. */
  readonly mutate: () => Mutation
}

/** Thrown when a mutant does not exist; the message names the nearest ones. */
export class MutantError extends Error {
  override name = 'MutantError' as const
}

/** A mutant as a row: its deviation, or how that is made where it remembers something from call to call. */
export type Definition = readonly [
  what: string,
  title: string,
  clause: Provenance,
  mutation: Mutation | (() => Mutation),
]

/** Mutants of an area, one line each. */
export const defineMutants = (area: MutantArea, definitions: readonly Definition[]): readonly Mutant[] =>
  definitions.map(([what, title, clause, mutation]) => ({
    name: `${area}.${what}`,
    area,
    title,
    clause,
    mutate: typeof mutation === 'function' ? mutation : () => mutation,
  }))
