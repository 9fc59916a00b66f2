import { firstHeader, type HeaderPairs } from '../shared/headers.ts'

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
