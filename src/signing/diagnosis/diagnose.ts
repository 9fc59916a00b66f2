import { toHeaderPairs } from '../headers.ts'
import type { Mistake, SearchedMistake, Sight } from '../mistakes/mistake.ts'
import { visibleMistakes } from '../mistakes/table.ts'
import { defaultSignedHeaders } from '../sign.ts'
import { splitTarget } from '../target.ts'
import type { SignableRequest } from '../types.ts'
import { describeClaim, describeRequests } from './describe.ts'
import type { DiagnosedMistake, DiagnoseOptions, Diagnosis } from './diagnosis.ts'
import { readSignature, type SignatureReading } from './read-signature.ts'
import { createRedactor } from './redact.ts'
import { type RequestParts, rightAttempt } from './right-attempt.ts'
import { look } from './sight.ts'
import { summarize } from './summary.ts'

const DEFAULT_MAX_EFFORT = 50_000
/** With these the server lacks the key, or a value that was signed, so a wrong signature says nothing. */
const LEAVES_SIGNATURE_OPEN = ['app-id-unknown', 'signed-header-absent', 'x-date-absent', 'x-user-id-absent']

/**
 * Finds out what is wrong with a signed request.
 *
 * First what can be seen: Authorization, AppId, X-Date, X-User-Id, the list of signed headers. Then, unless the signature
 * is right, the search: the server knows the AppSecret, so it signs the request in every known wrong way, and in two
 * wrong ways at once, until the client's signature comes out. Never throws. A search that finds nothing takes tens of
 * milliseconds; `maxEffort` bounds it.
 *
 * @example
 * const diagnosis = diagnose({ method: 'GET', url: request.url, headers: request.headers }, { appId, appSecret, now })
 * diagnosis.summary // 'The path was signed without the slash at its end: end the path with a slash in the …'
 * diagnosis.mistakes[0]?.id // 'path-no-trailing-slash'
 */
export function diagnose(request: SignableRequest, options: DiagnoseOptions): Diagnosis {
  const headers = toHeaderPairs(request.headers)
  const sight = look(headers, options)
  const target = splitTarget(request.url)
  const parts: RequestParts = { method: request.method, target, headers, body: toBuffer(request.body) }
  const right = rightAttempt(parts, sight.claimed?.signedHeaders ?? defaultSignedHeaders(headers), options.appSecret)
  const reading = readSignature(parts, sight, right, options.maxEffort ?? DEFAULT_MAX_EFFORT)

  const redact = createRedactor([options.appSecret, ...sight.knownSecrets.map(({ appSecret }) => appSecret)])
  const mistakes = nameMistakes(sight, reading, redact)
  const isOpen = reading.state === 'unexplained' && mistakes.some(({ id }) => LEAVES_SIGNATURE_OPEN.includes(id))
  const signature = isOpen ? 'unread' : reading.state
  return {
    ok: mistakes.length === 0 && signature === 'right',
    summary: summarize(mistakes, signature),
    mistakes,
    signature,
    claimed: describeClaim(sight, reading.explanation, redact),
    ...describeRequests(right, reading.explanation?.attempt, parts.body, redact),
  }
}

/** What can be seen, what the search found, how the signature is written: in the order in which a client signs. */
function nameMistakes(
  sight: Sight,
  { output, explanation }: SignatureReading,
  redact: (text: string) => string,
): DiagnosedMistake[] {
  const found = explanation?.mistakes ?? []
  const named: DiagnosedMistake[] = []
  for (const { id, title, cure, detect } of visibleMistakes) {
    if (found.some(({ includes }) => includes === id)) continue
    const seen = detect(sight)
    if (seen !== false) named.push({ id, title: seen === true ? title : `${title} (${redact(seen)})`, cure })
  }
  // Of a request that is signed by another scheme nothing else is worth saying.
  const scheme = named.filter(({ id }) => id.startsWith('scheme-'))
  if (scheme.length > 0) return scheme
  const isImplied = ({ impliedBy = [] }: SearchedMistake) => named.some(({ id }) => impliedBy.includes(id))
  const searched: Mistake[] = found.filter((mistake) => !isImplied(mistake))
  for (const { id, title, cure } of output === undefined ? searched : [...searched, output]) {
    named.push({ id, title, cure })
  }
  return named
}

function toBuffer(body: SignableRequest['body']): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  return body === undefined ? Buffer.alloc(0) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}
