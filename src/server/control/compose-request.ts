import { codeSamples, type SampleLanguage } from '../../shared/code-sample.ts'
import { firstHeader, type HeaderPairs } from '../../shared/headers.ts'
import { formatXDate, isSigningError, sign } from '../../signing/index.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Deps } from '../deps.ts'
import { badRequest, CONTROL_PREFIX } from '../problem.ts'

/** Who a request is made by: the application, which signs, or somebody with a token. */
export const callers = ['signature', 'admin', 'deptAdmin', 'user', 'app', 'nobody'] as const
export type CallerName = (typeof callers)[number]

/** A request that is about to get the credentials of a sandbox. */
export interface Composable {
  readonly method: string
  /** Absolute, exactly as it will be sent. */
  readonly url: string
  readonly headers: HeaderPairs
  readonly body?: string | undefined
  /** Where the certificate of the server is, as {@link certificateUrlOf} says. */
  readonly certificateUrl?: string | undefined
}

/** A request as it is sent. */
export interface Composed extends Composable {
  /** Absent when nobody is named. */
  readonly authorization?: string | undefined
  readonly date?: string | undefined
  readonly canonicalRequest?: string | undefined
  readonly stringToSign?: string | undefined
  readonly curl: string
  readonly samples: Record<SampleLanguage, string>
}

/** Where a client finds the certificate that this server made for itself; undefined where it needs none for a URL. */
export function certificateUrlOf({ authority }: Deps, ownUrl: string, url: string): string | undefined {
  const { origin, protocol } = new URL(ownUrl)
  const isOwn = protocol === 'https:' && URL.canParse(url) && new URL(url).origin === origin
  return isOwn && authority() !== undefined ? `${origin}${CONTROL_PREFIX}/ca.pem` : undefined
}

/**
 * Gives a request the credentials of a sandbox: a signature dated by the time that its X-Date is judged by, a token of its own, or nothing. Headers that
 * it brings along, X-Date and X-User-Id too, stay as they are.
 *
 * @throws Problem 400 when it cannot be signed.
 */
export function composeRequest({ clock, config }: Sandbox, as: CallerName, wanted: Composable): Composed {
  const { credentials } = config
  const { url, body, certificateUrl } = wanted
  const method = wanted.method.toUpperCase()
  const given = new Set(wanted.headers.map(([name]) => name.toLowerCase()))
  const own: [string, string][] = [
    ...(as === 'signature' ? signedHeaders(formatXDate(clock.xDateNow()), credentials.userId) : []),
    ...(as === 'signature' || as === 'nobody' ? [] : [bearer(credentials.tokens[as])]),
    ...(body === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
  ]
  const headers = [...own.filter(([name]) => !given.has(name.toLowerCase())), ...wanted.headers]
  if (as !== 'signature') {
    return withPrograms(
      { method, url, headers, body, authorization: firstHeader(headers, 'authorization') },
      certificateUrl,
    )
  }
  try {
    const signed = sign({ method: wanted.method, url, headers, body }, credentials)
    const { authorization, canonicalRequest, stringToSign } = signed
    const date = firstHeader(headers, 'x-date')
    const made = { method, url, headers: signed.headers, body, authorization, date, canonicalRequest, stringToSign }
    return withPrograms(made, certificateUrl)
  } catch (error) {
    throw isSigningError(error) ? badRequest((error as Error).message) : error
  }
}

const bearer = (token: string): [string, string] => ['Authorization', `Bearer ${token}`]

const signedHeaders = (date: string, userId: string): [string, string][] => [
  ['X-Date', date],
  ['X-User-Id', userId],
]

function withPrograms(request: Omit<Composed, 'curl' | 'samples'>, certificateUrl: string | undefined): Composed {
  const samples = codeSamples({ ...request, certificateUrl })
  return { ...request, curl: samples.curl, samples }
}
