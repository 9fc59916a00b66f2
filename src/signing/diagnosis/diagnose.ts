import { defaultSignedHeaders, toHeaderPairs } from '../headers.ts'
import type { Sight } from '../mistakes/mistake.ts'
import { visibleMistakes } from '../mistakes/table.ts'
import { splitTarget } from '../target.ts'
import type { SignableRequest } from '../types.ts'
import { describeClaim, describeRequests } from './describe.ts'
import type { DiagnosedMistake, DiagnoseOptions, Diagnosis } from './diagnosis.ts'
import { readSignature, type SignatureReading, toSearchStart } from './read-signature.ts'
import { createRedactor } from './redact.ts'
import { type RequestParts, rightAttempt } from './right-attempt.ts'
import type { FoundMistake, Sliced } from './search.ts'
import { look } from './sight.ts'
import { summarize } from './summary.ts'

/** With these the server lacks the key, or a value that was signed, so a wrong signature says nothing. */
const LEAVES_SIGNATURE_OPEN = ['app-id-unknown', 'signed-header-absent', 'x-date-absent', 'x-user-id-absent']

/**
 * Finds out what is wrong with a signed request.
 *
 * First what can be seen: Authorization, AppId, X-Date, X-User-Id, the list of signed headers. Then, unless the signature
 * is right, the search: the server knows the AppSecret, so it signs the request in every known wrong way, in two wrong
 * ways at once and in three frequent ones, until the client's signature comes out. Never throws. A search that finds
 * nothing takes tens of milliseconds; `maxEffort` bounds it, and {@link diagnoseInSlices} lets others run meanwhile.
 *
 * @example
 * const diagnosis = diagnose({ method: 'GET', url: request.url, headers: request.headers }, { appId, appSecret, now })
 * diagnosis.summary // 'The path was signed without the slash at its end: end the path with a slash in the …'
 * diagnosis.mistakes[0]?.id // 'path-no-trailing-slash'
 */
export function diagnose(request: SignableRequest, options: DiagnoseOptions): Diagnosis {
  const slices = diagnoseInSlices(request, options)
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
  }
}

/**
 * The same as {@link diagnose}, in slices of about a millisecond: a server takes the next one when others had their turn.
 *
 * @example
 * const slices = diagnoseInSlices(request, options)
 * let slice = slices.next()
 * while (!slice.done) {
 *   await setImmediate() // from node:timers/promises
 *   slice = slices.next()
 * }
 * const diagnosis = slice.value
 */
export function* diagnoseInSlices(request: SignableRequest, options: DiagnoseOptions): Sliced<Diagnosis> {
  const { sight, right, body, start } = seen(request, options)
  const reading = yield* readSignature(start, options.maxEffort)

  const redact = createRedactor([options.appSecret, ...sight.knownSecrets.map(({ appSecret }) => appSecret)])
  const mistakes = nameMistakes(sight, reading, redact)
  const isOpen = reading.state === 'unexplained' && mistakes.some(({ id }) => LEAVES_SIGNATURE_OPEN.includes(id))
  const signature = isOpen ? 'unread' : reading.state
  return {
    ok: mistakes.length === 0 && signature === 'right',
    summary: summarize(mistakes, signature),
    mistakes,
    signature,
    isCutShort: reading.isCutShort,
    claimed: describeClaim(sight, reading.explanation, redact),
    ...describeRequests(right, reading.explanation?.attempt, body, redact),
  }
}

/** All that is known of a request before any search. */
export function seen(request: SignableRequest, options: DiagnoseOptions) {
  const headers = toHeaderPairs(request.headers)
  const body = toBuffer(request.body)
  const sight = look(headers, body, options)
  const parts: RequestParts = { method: request.method, target: splitTarget(request.url), headers, body }
  const right = rightAttempt(parts, sight.claimed?.signedHeaders ?? defaultSignedHeaders(headers), options.appSecret)
  return { sight, right, body, start: toSearchStart(parts, sight, right, options) }
}

/** What can be seen, what the search found, how the signature is written: in the order in which a client signs. */
function nameMistakes(
  sight: Sight,
  { state, output, explanation }: SignatureReading,
  redact: (text: string) => string,
): DiagnosedMistake[] {
  const found = explanation?.mistakes ?? []
  const named: DiagnosedMistake[] = []
  for (const { id, title, cure, detect, whenUnexplained = false } of visibleMistakes) {
    if (whenUnexplained && state !== 'unexplained') continue
    if (found.some(({ mistake: { includes } }) => includes === id)) continue
    const seen = detect(sight)
    if (seen === false) continue
    const shown = seen === true ? title : `${title} (${redact(seen)})`
    named.push({ id, title: shown, cure: typeof cure === 'string' ? cure : cure(sight) })
  }
  // Of a request that is signed by another scheme nothing else is worth saying.
  const scheme = named.filter(({ id }) => id.startsWith('scheme-'))
  if (scheme.length > 0) return scheme
  const isImplied = ({ mistake: { impliedBy = [] } }: FoundMistake) => named.some(({ id }) => impliedBy.includes(id))
  for (const { mistake, detail } of found.filter((one) => !isImplied(one))) {
    const { id, title, cure } = mistake
    named.push({ id, title: detail === undefined ? title : `${title} (${redact(detail)})`, cure })
  }
  if (output !== undefined) named.push({ id: output.id, title: output.title, cure: output.cure })
  return named
}

function toBuffer(body: SignableRequest['body']): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  return body === undefined ? Buffer.alloc(0) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}
