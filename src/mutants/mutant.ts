import type { authenticate } from '../server/authentication/authenticate.ts'
import type { Exchange } from '../server/http/exchange.ts'
import type { Answer } from '../server/middleware/answer.ts'
import type { Route } from '../server/operations/route.ts'
import type { Refusal } from '../server/refusal.ts'
import type { Provenance } from '../spec/evidence.ts'
import type { Operation } from '../spec/operation.ts'

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
] as const
export type MutantArea = (typeof mutantAreas)[number]

/** What is known of an exchange when its answer is ready. */
export interface Answered {
  readonly exchange: Exchange
  /** Undefined for a path or method that no operation has. */
  readonly operation: Operation | undefined
  /** Undefined for a success. */
  readonly refusal: Refusal | undefined
}

/**
 * Where a mutant may step in. Every hook stands in for something the server does anyway, so that the code of a correct
 * mock knows nothing of mutants.
 */
export interface Mutation {
  /** Gives a route in place of another; asked once a route, when the app is made. */
  readonly route?: (route: Route) => Route
  /** In place of finding out who calls. */
  readonly authenticate?: typeof authenticate
  /** Gives an answer in place of the right one; its headers go over those that every answer has. */
  readonly answer?: (answer: Answer, answered: Answered) => Answer
}

/** A named way to depart from the documents. */
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

type Definition = readonly [what: string, title: string, clause: Provenance, mutate: () => Mutation]

/** Mutants of an area, one line each. */
export const defineMutants = (area: MutantArea, definitions: readonly Definition[]): readonly Mutant[] =>
  definitions.map(([what, title, clause, mutate]) => ({ name: `${area}.${what}`, area, title, clause, mutate }))
