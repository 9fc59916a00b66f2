import { orAborted } from '../client/system-time.ts'
import { hasMoreValues, parseAnswer } from '../shared/json.ts'
import type { Exchange } from './exchange.ts'
import { NetworkFailure, SafetyStop } from './outcome.ts'
import type { RequestSpec } from './request-spec.ts'

/** The only seam between the kit and a target. */
export type Fetch = (request: Request) => Promise<Response>

export interface TransportOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  /** Largest answer that is read, in bytes. */
  readonly maxBodyBytes: number
  readonly now: () => number
  readonly elapsed: () => number
  /** Ends the wait early. */
  readonly signal: AbortSignal | undefined
}

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string | undefined
}

/**
 * Sends one request and reads its answer. Redirects are never followed.
 *
 * @throws NetworkFailure when there is no whole answer.
 * @throws SafetyStop when the target redirects to another host.
 */
export async function transmit(spec: RequestSpec, wire: WireRequest, options: TransportOptions): Promise<Exchange> {
  const { timeoutMs, now, elapsed } = options
  const at = now()
  const started = elapsed()
  const patience = AbortSignal.timeout(timeoutMs)
  const signal = options.signal === undefined ? patience : AbortSignal.any([patience, options.signal])
  try {
    const request = new Request(wire.url, {
      method: wire.method,
      headers: wire.headers.map(([name, value]): [string, string] => [name, value]),
      redirect: 'manual',
      signal,
      ...(wire.body !== undefined && { body: new TextEncoder().encode(wire.body) }),
    })
    const response = await orAborted(options.fetch(request), signal)
    refuseForeignRedirect(wire.url, response)
    const text = await orAborted(readText(response, options.maxBodyBytes), signal)
    return {
      spec,
      request: { ...wire, at },
      response: { status: response.status, headers: [...response.headers], text, json: parsed(text) },
      durationMs: elapsed() - started,
    }
  } catch (error) {
    if (error instanceof NetworkFailure || error instanceof SafetyStop) throw error
    throw new NetworkFailure(explain(error, patience.aborted, timeoutMs))
  }
}

function refuseForeignRedirect(url: string, response: Response): void {
  const location = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || location === null) return
  const there = URL.canParse(location, url) ? new URL(location, url) : undefined
  if (there?.origin === new URL(url).origin) return
  void response.body?.cancel()
  throw new SafetyStop(
    `the target redirects to ${siteOf(there)}; nothing was sent there. ` +
      'Give that address as --target if it is the one you mean.',
  )
}

/** A site by its origin, which only some schemes have. */
function siteOf(there: URL | undefined): string {
  if (there === undefined) return 'an address that is none'
  return there.origin === 'null' ? `an address with ${there.protocol}` : there.origin
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes)
      throw new NetworkFailure(`the answer is larger than ${maxBytes} bytes; reading it was given up`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Values of an answer: ten times what the largest page has. A million brackets take minutes to read. */
const MOST_VALUES = 500_000

/** A byte order mark is no reason not to read what follows. RFC 8259, 8.1. */
function parsed(text: string): unknown {
  if (hasMoreValues(text, MOST_VALUES)) return undefined
  try {
    return parseAnswer(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** The reasons of a failed fetch that have a plain meaning, by the code of the error or of its cause. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'the connection was refused: nothing listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'the host name cannot be resolved'],
  [/ECONNRESET|UND_ERR_SOCKET|terminated|aborted/i, 'the connection was closed before the answer was complete'],
  [/ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/, 'the connection could not be opened in time'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/i, 'the TLS certificate is not trusted'],
  [/SSL|TLS|EPROTO/i, 'the TLS handshake failed: does the port speak HTTPS?'],
  [/HPE_|Parse Error|UND_ERR_RESPONSE/i, 'the answer is not HTTP'],
]

function explain(error: unknown, timedOut: boolean, timeoutMs: number): string {
  if (timedOut) return `there was no complete answer within ${timeoutMs} ms`
  const parts: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    parts.push([(at as NodeJS.ErrnoException).code, at.name, at.message].filter(Boolean).join(' '))
    if (at instanceof AggregateError) parts.push(...at.errors.map(String))
  }
  const text = parts.join('; ') || String(error)
  const known = reasons.find(([pattern]) => pattern.test(text))
  return known === undefined ? text : `${known[1]} (${parts.at(-1) ?? text})`
}
