import type { Attempt } from '../attempt.ts'
import { hasOtherScheme } from '../mistakes/authorization.ts'
import type { OutputMistake, SearchContext, Sight } from '../mistakes/mistake.ts'
import { decodeSignature } from '../mistakes/output.ts'
import type { DiagnoseOptions, Diagnosis } from './diagnosis.ts'
import type { RequestParts } from './right-attempt.ts'
import { type Explanation, type Sliced, searchMistakes } from './search.ts'

const DEFAULT_MAX_EFFORT = 50_000
/** Each is tried with every frequent mistake. */
const MAX_USER_IDS = 100
const MAX_HOSTS = 16

/** What could be found out about the signature of a request. */
export interface SignatureReading {
  readonly state: Diagnosis['signature']
  /** How the signature is written, when not as lower-case hex. */
  readonly output?: OutputMistake | undefined
  readonly explanation?: Explanation | undefined
  readonly isCutShort: boolean
}

/** What a search starts from, and the signature it looks for. */
export interface SearchStart {
  readonly context: SearchContext
  /** As lower-case hex. */
  readonly wanted: string
  /** How the signature is written, when not as lower-case hex. */
  readonly output: OutputMistake | undefined
}

/** Reads the signature in whatever form it is written; undefined when there is none that could be searched for. */
export function toSearchStart(
  parts: RequestParts,
  sight: Sight,
  right: Attempt,
  { knownUserIds = [], knownHosts = [] }: DiagnoseOptions,
): SearchStart | undefined {
  const { claimed, credentials, knownSecrets } = sight
  if (claimed === undefined || hasOtherScheme(sight)) return undefined
  const decoded = decodeSignature(claimed.signature)
  if (decoded === undefined) return undefined
  const { hex, mistake: output } = decoded
  const known = { knownUserIds: knownUserIds.slice(0, MAX_USER_IDS), knownHosts: knownHosts.slice(0, MAX_HOSTS) }
  const context = { ...parts, claimed, digestBytes: hex.length / 2, credentials, knownSecrets, ...known, right }
  return { context, wanted: hex, output }
}

/** Searches for the way the signature was made. */
export function* readSignature(
  start: SearchStart | undefined,
  maxEffort = DEFAULT_MAX_EFFORT,
): Sliced<SignatureReading> {
  if (start === undefined) return { state: 'unread', isCutShort: false }
  const { context, wanted, output } = start
  const { explanation, isCutShort } = yield* searchMistakes(context, wanted, maxEffort)
  if (explanation === undefined) return { state: 'unexplained', output, isCutShort }
  const isRight = explanation.mistakes.length === 0 && output === undefined
  return { state: isRight ? 'right' : 'explained', output, explanation, isCutShort }
}
