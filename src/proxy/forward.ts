import type { ContractCredentials } from '../contract/credentials.ts'
import type { Wire } from '../server/http/wire.ts'
import { bounds } from '../shared/bounds.ts'
import { endToEnd, type HeaderPairs } from '../shared/headers.ts'
import { formatXDate, sign } from '../signing/index.ts'
import type { Operation } from '../spec/operation.ts'

/** An answer of the service, whole. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: Uint8Array
}

/** The service gave no answer that could be passed on. The message says why. */
export class ForwardError extends Error {
  override name = 'ForwardError' as const
}

/** Headers that `fetch` writes itself. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length', 'accept-encoding', 'expect'])
const identity: ReadonlySet<string> = new Set(['authorization', 'x-date', 'x-user-id', 'cookie'])

const passedOn = (headers: HeaderPairs): [string, string][] =>
  endToEnd(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()))

/**
 * The headers that go on to the service. With credentials, the client's proof of identity is replaced by one of theirs.
 *
 * @throws ForwardError when the credentials do not suffice for the operation.
 */
export function headersFor(
  operation: Operation | undefined,
  { method, headers }: Pick<Wire, 'method' | 'headers'>,
  url: string,
  body: Uint8Array,
  credentials: ContractCredentials | undefined,
  now: number,
): [string, string][] {
  const passed = passedOn(headers)
  if (credentials === undefined) return passed
  if (operation === undefined) {
    throw new ForwardError('Only documented operations are signed anew; this path and method is none of them.')
  }
  const own = passed.filter(([name]) => !identity.has(name.toLowerCase()))
  const { appId, appSecret, userId, accessToken, appAccessToken } = credentials
  const token = operation.operationId === 'listUserSpaces' ? (appAccessToken ?? accessToken) : accessToken
  if (operation.authentication === 'token' && token !== undefined) return [...own, ['Authorization', `Bearer ${token}`]]
  if (appId === undefined || appSecret === undefined || userId === undefined) {
    throw new ForwardError(`${operation.operationId} needs KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID.`)
  }
  const draft: [string, string][] = [...own, ['X-Date', formatXDate(now)], ['X-User-Id', userId]]
  const signed = sign({ method, url, headers: draft, body }, { appId, appSecret })
  return passedOn(signed.headers)
}

export interface ForwardOptions {
  readonly fetch: (request: Request) => Promise<Response>
  /** Longest time until the whole answer is there. */
  readonly timeoutMs: number
  /** Called with the bytes that are about to be held; throws ForwardError when they are too many. */
  readonly hold: (bytes: number) => void
}

/**
 * Sends a request to the service and reads its whole answer. A redirect to another host ends here: whoever followed it
 * would hand on what the service was meant to get.
 *
 * @throws ForwardError when there is no whole answer, or a redirect to another host.
 */
export async function forward(
  method: string,
  url: string,
  headers: readonly [string, string][],
  body: Uint8Array,
  { fetch, timeoutMs, hold }: ForwardOptions,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
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
    refuseForeignRedirect(url, response)
    const answer = await readAnswer(response, hold)
    const kept = passedOn([...response.headers]).filter(([name]) => name.toLowerCase() !== 'content-encoding')
    return { status: response.status, headers: kept, body: answer }
  } catch (error) {
    if (error instanceof ForwardError) throw error
    throw new ForwardError(signal.aborted ? `The service gave no answer in ${timeoutMs} ms.` : reasonOf(error))
  }
}

/** The whole answer, counted while it comes: what it says of its length and its compression is not believed. */
async function readAnswer(response: Response, hold: (bytes: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > bounds.proxyAnswerBytes.value) {
      throw new ForwardError(
        `The answer of the service is larger than ${bounds.proxyAnswerBytes.value} bytes; the rest was not read.`,
      )
    }
    hold(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuseForeignRedirect(url: string, response: Response): void {
  const location = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || location === null) return
  const there = URL.canParse(location, url) ? new URL(location, url).origin : 'an address that is none'
  if (there === new URL(url).origin) return
  response.body?.cancel().catch(() => undefined)
  throw new ForwardError(
    `The service redirects to ${there}; nothing was sent there. Give that as --target if you mean it.`,
  )
}

function reasonOf(error: unknown): string {
  const codes: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause) codes.push((at as NodeJS.ErrnoException).code ?? '')
  const code = codes.find((one) => /^[A-Z_]+$/.test(one))
  return `The service cannot be reached${code === undefined ? '' : ` (${code})`}. Check --target.`
}
