import { type Attempt, canonicalLinesOf, joinLines } from '../attempt.ts'
import { stringToSign } from '../canonical-request.ts'
import type { Sight } from '../mistakes/mistake.ts'
import type { Diagnosis } from './diagnosis.ts'
import { compareLines } from './differences.ts'
import type { Explanation } from './search.ts'

type Redact = (text: string) => string

const HIDDEN_BODY = '(the body itself)'

/** What the client claims. The right signature is cut short: it would open the door to whoever reads a journal. */
export function describeClaim(
  { authorization, claimed }: Sight,
  explanation: Explanation | undefined,
  redact: Redact,
): Diagnosis['claimed'] {
  if (claimed === undefined) return undefined
  const { appId, signedHeaders, signature } = claimed
  const isRight = explanation?.mistakes.length === 0
  return {
    algorithm: redact(authorization?.split(' ', 1)[0] ?? ''),
    appId: redact(appId),
    signedHeaders: signedHeaders.map(redact),
    signature: redact(isRight ? `${signature.slice(0, 8)}...` : signature),
  }
}

/** Both sides. A body that was signed itself is not repeated: it may hold passwords. */
export function describeRequests(
  right: Attempt,
  made: Attempt | undefined,
  body: Buffer,
  redact: Redact,
): Pick<Diagnosis, 'expected' | 'clientCanonicalRequest' | 'clientStringToSign' | 'differences'> {
  const lines = canonicalLinesOf(right)
  const canonicalRequest = joinLines(lines)
  const expected = { canonicalRequest: redact(canonicalRequest), stringToSign: stringToSign(canonicalRequest) }
  if (made === undefined) return { expected }

  const text = made.stringToSign(joinLines(canonicalLinesOf(made)))
  const clientText = typeof text === 'string' ? text : `hex:${text.toString('hex')}`
  const isRaw = body.length > 0 && made.payload === body.toString()
  const clientLines = canonicalLinesOf(isRaw ? { ...made, payload: HIDDEN_BODY } : made)
  return {
    expected,
    clientCanonicalRequest: redact(joinLines(clientLines)),
    clientStringToSign: redact(isRaw ? clientText.replace(made.payload, () => HIDDEN_BODY) : clientText),
    differences: compareLines(lines, clientLines).map((difference) => ({
      ...difference,
      expected: difference.expected && redact(difference.expected),
      actual: difference.actual && redact(difference.actual),
    })),
  }
}
