import type { Operation } from '../spec/operation.ts'
import type { authenticate } from './authentication/authenticate.ts'
import type { Wire } from './http/wire.ts'
import type { OperationHandler } from './operation-handler.ts'
import type { Refusal } from './refusal.ts'

/** An answer as a mutant may change it. */
export interface Answer {
  readonly status: number
  readonly body: string
  /** Set over those that the answer has anyway. */
  readonly headers: Readonly<Record<string, string>>
}

/** What is known of a request when its answer is ready. */
export interface Answered {
  readonly wire: Wire
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
  /** Gives a handler in place of another; asked once an operation, when the app is made. */
  readonly handler?: (handler: OperationHandler) => OperationHandler
  /** In place of finding out who calls. */
  readonly authenticate?: typeof authenticate
  /** Gives an answer in place of the right one. */
  readonly answer?: (answer: Answer, answered: Answered) => Answer
}
