import { bounds } from '../shared/bounds.ts'
import { endToEnd, firstHeader, type HeaderPairs } from '../shared/headers.ts'

/** An answer of another server, whole. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: Uint8Array
}

/** Another server gave no answer that could be passed on. The message says why. */
export class ForwardError extends Error {
  override name = 'ForwardError' as const
  /** Whether it took too long. */
  readonly isTimeout: boolean

  constructor(message: string, isTimeout = false) {
    super(message)
    this.isTimeout = isTimeout
  }
}

/** Headers that `fetch` writes itself. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length', 'accept-encoding', 'expect'])

/** The headers of a request that go on to another server. */
export const passedOn = (headers: HeaderPairs): [string, string][] =>
  endToEnd(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()))

export interface ForwardOptions {
  /** How messages call the server: `The service`. */
  readonly who: string
  /** The flag that named it: `--target`. */
  readonly flag: string
  /** The flag that says whom else to trust: `--ca`. */
  readonly trustFlag: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Longest time until the whole answer is there. */
  readonly timeoutMs: number
  /** Ends the call when nobody waits for its answer any more. */
  readonly over?: AbortSignal | undefined
  /** Called with the bytes that are about to be held; throws ForwardError when they are too many. */
  readonly hold: (bytes: number) => void
}

/**
 * Sends a request to another server and reads its whole answer. A redirect to another host ends here: whoever followed
 * it would hand on what that server was meant to get.
 *
 * @throws ForwardError when there is no whole answer, or a redirect to another host.
 */
export async function forward(
  method: string,
  url: string,
  headers: readonly [string, string][],
  body: Uint8Array,
  { who, flag, trustFlag, fetch, timeoutMs, over, hold }: ForwardOptions,
): Promise<Answer> {
  const late = AbortSignal.timeout(timeoutMs)
  const signal = over === undefined ? late : AbortSignal.any([late, over])
  try {
    const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD'
    const request = new Request(url, {
      method,
      headers: [...headers],
      redirect: 'manual',
      signal,
      ...(hasBody && { body: Buffer.from(body) }),
    })
    const response = await fetch(request)
    refuseForeignRedirect(url, response, who, flag)
    const answer = await readAnswer(response, hold, who)
    const kept = passedOn([...response.headers]).filter(([name]) => name.toLowerCase() !== 'content-encoding')
    return { status: response.status, headers: kept, body: answer }
  } catch (error) {
    if (error instanceof ForwardError) throw error
    if (over?.aborted)
      throw new ForwardError(
        `The call was broken off before ${who.toLowerCase()} had answered: its client hung up, or this program was stopped.`,
      )
    if (late.aborted) throw new ForwardError(`${who} gave no answer in ${timeoutMs} ms.`, true)
    const code = codeOf(error)
    if (isOfCertificate(code)) {
      throw new ForwardError(
        `${who} has a certificate that is not trusted (${code}). Give its authority by ${trustFlag}.`,
      )
    }
    throw new ForwardError(`${who} cannot be reached${code === '' ? '' : ` (${code})`}. Check ${flag}.`)
  }
}

/** The whole answer, counted while it comes: what it says of its length and its compression is not believed. */
async function readAnswer(response: Response, hold: (bytes: number) => void, who: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > bounds.proxyAnswerBytes.value) {
      throw new ForwardError(`${who} answers more than ${bounds.proxyAnswerBytes.value} bytes; the rest was not read.`)
    }
    hold(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuseForeignRedirect(url: string, response: Response, who: string, flag: string): void {
  const location = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || location === null) return
  const there = URL.canParse(location, url) ? new URL(location, url).origin : 'an address that is none'
  if (there === new URL(url).origin) return
  response.body?.cancel().catch(() => undefined)
  throw new ForwardError(`${who} redirects to ${there}; nothing was sent there. Give that as ${flag} if you mean it.`)
}

/** The codes by which OpenSSL and Node refuse whom nobody vouches for. */
const isOfCertificate = (code: string): boolean => /^UNABLE_TO_(?:GET|VERIFY)_|SELF_SIGNED_CERT/.test(code)

/** The code of the system, somewhere among the causes; empty without one. */
function codeOf(error: unknown): string {
  const codes: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause) codes.push((at as NodeJS.ErrnoException).code ?? '')
  return codes.find((one) => /^[A-Z_]+$/.test(one)) ?? ''
}

/** A Host that a client has signed and that could not stay: a request names the server that it goes to. */
export interface RewrittenHost {
  readonly signed: string
  readonly sent: string
}

/**
 * Whether passing a request on makes its signature wrong, because that covers another Host than the one of the server it
 * goes to (Making an API Request, the signed headers).
 */
export function rewrittenHost(headers: HeaderPairs, url: string): RewrittenHost | undefined {
  const [, names = ''] =
    /hmac-sha256\b.*?SignedHeaders=([^,\s]*)/i.exec(firstHeader(headers, 'authorization') ?? '') ?? []
  const signed = firstHeader(headers, 'host')
  const sent = new URL(url).host
  const coversHost = names.toLowerCase().split(';').includes('host')
  return coversHost && signed !== undefined && signed.toLowerCase() !== sent ? { signed, sent } : undefined
}

/** What a server of ours that stands behind explains the signature by. */
export const forwardedHost = ({ signed }: RewrittenHost): [string, string] => ['X-Forwarded-Host', signed]

/** The same for people. */
export const explainHost = ({ signed, sent }: RewrittenHost, who: string): string =>
  `the client signed Host: ${signed}, but ${who} has to send Host: ${sent}, so the signature cannot be right there`
