import { type Attempt, type RequestParts, rightAttempt } from '../attempt.ts'
import { hasOtherScheme } from '../mistakes/authorization.ts'
import type { OutputMistake, SearchContext, Sight } from '../mistakes/mistake.ts'
import { decodeSignature } from '../mistakes/signature.ts'
import { visibleMistakes } from '../mistakes/table.ts'
import { defaultSignedHeaders, type SignableRequest, splitTarget, toHeaderPairs } from '../request.ts'
import { createRedactor, describeClaim, describeRequests } from './describe.ts'
import type { DiagnosedMistake, DiagnoseOptions, Diagnosis } from './diagnosis.ts'
import { type Explanation, type FoundMistake, type Sliced, searchMistakes } from './search.ts'
import { look } from './sight.ts'

/** With these the server lacks the key, or a value that was signed, so a wrong signature says nothing. */
const LEAVES_SIGNATURE_OPEN = ['app-id-unknown', 'signed-header-absent', 'x-date-absent', 'x-user-id-absent']
const DEFAULT_MAX_EFFORT = 50_000
/** Each is tried with every frequent mistake. */
const MAX_USER_IDS = 100
const MAX_HOSTS = 16
const COMPARE = "check the AppSecret, then compare your canonical request with the server's line by line"

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

/** What could be found out about the signature of a request. */
interface SignatureReading {
  readonly state: Diagnosis['signature']
  /** How the signature is written, when not as lower-case hex. */
  readonly output?: OutputMistake | undefined
  readonly explanation?: Explanation | undefined
  readonly isCutShort: boolean
}

/** What a search starts from, and the signature it looks for. */
interface SearchStart {
  readonly context: SearchContext
  /** As lower-case hex. */
  readonly wanted: string
  /** How the signature is written, when not as lower-case hex. */
  readonly output: OutputMistake | undefined
}

/** Reads the signature in whatever form it is written; undefined when there is none that could be searched for. */
function toSearchStart(
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
function* readSignature(start: SearchStart | undefined, maxEffort = DEFAULT_MAX_EFFORT): Sliced<SignatureReading> {
  if (start === undefined) return { state: 'unread', isCutShort: false }
  const { context, wanted, output } = start
  const { explanation, isCutShort } = yield* searchMistakes(context, wanted, maxEffort)
  if (explanation === undefined) return { state: 'unexplained', output, isCutShort }
  const isRight = explanation.mistakes.length === 0 && output === undefined
  return { state: isRight ? 'right' : 'explained', output, explanation, isCutShort }
}

/** The diagnosis in one sentence of ASCII, so that it can travel in a header. */
function summarize(mistakes: readonly DiagnosedMistake[], signature: Diagnosis['signature']): string {
  const [first] = mistakes
  if (first === undefined) {
    return signature === 'right'
      ? 'The signature is right.'
      : `The signature does not match, and no known mistake explains it: ${COMPARE}.`
  }
  const rest = signature === 'unexplained' ? `; besides, the signature does not match: ${COMPARE}` : ''
  if (mistakes.length === 1) return toAscii(`${first.title}: ${first.cure}${rest}.`)
  const listed = mistakes.map(({ title, cure }, index) => `(${index + 1}) ${title}: ${cure}`)
  return toAscii(`${mistakes.length} mistakes: ${listed.join('; ')}${rest}.`)
}

function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, '?')
}
