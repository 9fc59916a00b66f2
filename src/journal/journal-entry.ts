import type { Diagnosis, HeaderPairs } from '../signing/index.ts'
import type { ErrorName } from '../spec/errors.ts'

/** The diagnosis of a signature, searched for when somebody wants to know. It is made once, however many ask for it. */
export interface DiagnosisSearch {
  /** What is known by now, after a brief search at least. */
  readonly latest: Diagnosis
  /** Searches in full, while others are served. */
  full(): Promise<Diagnosis>
  /** What is known by now, and no more: it keeps nothing of the request. */
  ended(): DiagnosisSearch
}

/** One exchange as it happened; secrets are taken out when it is shown, not when it is kept. */
export interface JournalEntry {
  readonly requestId: string
  /** Virtual time of arrival in epoch milliseconds. */
  readonly at: number
  /** Real time of arrival in epoch milliseconds, where the clock of the sandbox may be another one. */
  readonly realAt?: number | undefined
  /** Real milliseconds from arrival to answer. */
  readonly durationMs: number
  readonly operation: string | undefined
  /** The own route that answered, by its id. */
  readonly route?: string | undefined
  /** Scheme and host of the server that the call was passed on to. */
  readonly passedOnTo?: string | undefined
  readonly method: string
  readonly target: string
  readonly requestHeaders: HeaderPairs
  readonly requestBody: Uint8Array
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
  /** The same in UTF-8, where somebody has it. */
  readonly responseBytes?: Uint8Array | undefined
  /** Rule that decided, with its evidence level. */
  readonly rule: string
  /** Error of the envelope; undefined after a success. */
  readonly error: ErrorName | undefined
  /** Why the request was refused, in one sentence. */
  readonly diagnosis: string | undefined
  /** Finds out what is wrong with the signature. */
  readonly search?: DiagnosisSearch | undefined
  /** Faults that were injected. */
  readonly faults: readonly string[]
  /** Whether a body was longer than what is kept of it. */
  readonly isCut?: boolean
}
