import { hasOtherScheme } from '../mistakes/authorization.ts'
import type { OutputMistake, Sight } from '../mistakes/mistake.ts'
import { decodeSignature } from '../mistakes/output.ts'
import type { Attempt } from './attempt.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { RequestParts } from './right-attempt.ts'
import { type Explanation, searchMistakes } from './search.ts'

/** What could be found out about the signature of a request. */
export interface SignatureReading {
  readonly state: Diagnosis['signature']
  /** How the signature is written, when not as lower-case hex. */
  readonly output?: OutputMistake | undefined
  readonly explanation?: Explanation | undefined
}

/** Reads the signature in whatever form it is written, and searches for the way it was made. */
export function readSignature(parts: RequestParts, sight: Sight, right: Attempt, maxEffort: number): SignatureReading {
  const { claimed, credentials, knownSecrets } = sight
  if (claimed === undefined || hasOtherScheme(sight)) return { state: 'unread' }
  const decoded = decodeSignature(claimed.signature)
  if (decoded === undefined) return { state: 'unread' }

  const { hex, mistake: output } = decoded
  const context = { ...parts, claimed, digestBytes: hex.length / 2, credentials, knownSecrets, right }
  const explanation = searchMistakes(context, hex, maxEffort)
  if (explanation === undefined) return { state: 'unexplained', output }
  const isRight = explanation.mistakes.length === 0 && output === undefined
  return { state: isRight ? 'right' : 'explained', output, explanation }
}
