import type { DiagnosisSearch } from '../journal/journal-entry.ts'
import type { ErrorName } from '../spec/errors.ts'
import type { Evidence } from '../spec/evidence.ts'

/** An error that no row of the table has. */
export interface OwnError {
  readonly status: number
  /** A number follows the reading code-type, a string stays one. */
  readonly code: number | string
  readonly msg: string
}

export interface RefusalOptions {
  /** Readable id of the rule that was broken, stable for clients that look at X-Mock-Rule. */
  readonly rule: string
  /** What came, what was expected and what to do: shown in X-Mock-Diagnosis and the journal, never in the body. */
  readonly detail: string
  /** How well the rule is known, when that differs from the error itself. */
  readonly evidence?: Evidence | undefined
  /** Values for the placeholders of the message. */
  readonly values?: readonly string[] | undefined
  /** Finds out what is wrong with a bad signature. */
  readonly search?: DiagnosisSearch | undefined
  /** What is answered in place of the row of the table: errors that a fault makes up. */
  readonly own?: OwnError | undefined
  /** Headers that belong to the answer, such as Allow. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A request that the service refuses. Thrown anywhere, turned into an answer in one place. */
export class Refusal extends Error {
  override name = 'Refusal' as const
  readonly error: ErrorName
  readonly options: RefusalOptions

  constructor(error: ErrorName, options: RefusalOptions) {
    super(`${error}, ${options.rule}`)
    this.error = error
    this.options = options
  }
}

/** The organisation of a request went while it was on its way. */
export const sandboxGone = (): Refusal =>
  new Refusal('unauthorized', {
    rule: 'sandbox-gone',
    detail: 'The sandbox of this AppId or token was deleted or reset while the request was under way.',
  })

/** Nobody has the AppId or token of a request. */
export const noSandbox = (): Refusal =>
  new Refusal('unauthorized', {
    rule: 'sandbox-unknown',
    detail: 'The AppId or token belongs to no sandbox of this server.',
  })
