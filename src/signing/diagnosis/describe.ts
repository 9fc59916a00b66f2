import { type Attempt, canonicalLinesOf, joinLines } from '../attempt.ts'
import { type CanonicalLine, stringToSign } from '../canonical-request.ts'
import type { Sight } from '../mistakes/mistake.ts'
import { percentEncode } from '../percent-encoding.ts'
import type { Diagnosis, Difference } from './diagnosis.ts'
import type { Explanation } from './search.ts'

const HIDDEN_BODY = '(the body itself)'
/** A shorter secret stands in every string by chance; blotting it out would tell more than it hides. */
const MIN_LENGTH = 4
const MASK = '[AppSecret]'
/** What a journal and a terminal can bear. */
const MAX_TEXT = 65_536

type Redact = (text: string) => string

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

/** Line by line; lines are matched by their part when the two have not the same number of them. */
function compareLines(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  if (actual.length === 1 && expected.length > 1) {
    return [{ line: 1, part: actual[0]?.part ?? '', expected: joinLines(expected), actual: actual[0]?.text ?? '' }]
  }
  const pairs = expected.length === actual.length ? pairByPlace(expected, actual) : pairByPart(expected, actual)
  return pairs.filter((pair) => pair.expected !== pair.actual)
}

function pairByPlace(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  return expected.map(({ part, text }, index) => ({
    line: index + 1,
    part,
    expected: text,
    actual: actual[index]?.text ?? null,
  }))
}

function pairByPart(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  const pairs: Difference[] = []
  let next = 0
  for (const [index, { part, text }] of expected.entries()) {
    const found = actual.findIndex((line, place) => place >= next && line.part === part)
    if (found < 0) {
      pairs.push({ line: index + 1, part, expected: text, actual: null })
      continue
    }
    pairs.push(...onlyClient(actual, next, found))
    pairs.push({ line: index + 1, part, expected: text, actual: actual[found]?.text ?? null })
    next = found + 1
  }
  return [...pairs, ...onlyClient(actual, next, actual.length)]
}

function onlyClient(actual: readonly CanonicalLine[], from: number, to: number): Difference[] {
  return actual
    .slice(from, to)
    .map(({ part, text }, index) => ({ line: from + index + 1, part, expected: null, actual: text }))
}

/** A function that blots secrets out of a string, wherever a client may have put them, and cuts an overlong string. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = new Set(secrets.filter(({ length }) => length >= MIN_LENGTH).flatMap(spellingsOf))
  return (text) => {
    let clean = text
    for (const spelling of spellings) if (clean.includes(spelling)) clean = clean.replaceAll(spelling, MASK)
    return clean.length <= MAX_TEXT ? clean : `${clean.slice(0, MAX_TEXT)}... (${clean.length - MAX_TEXT} more)`
  }
}

/** In a header or body; in a query or path; in one that was encoded twice. */
function spellingsOf(secret: string): string[] {
  const encoded = percentEncode(secret)
  return [secret, encoded, percentEncode(encoded)]
}
