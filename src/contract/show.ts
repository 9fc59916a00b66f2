import { toCurl } from './curl.ts'
import type { Exchange } from './exchange.ts'
import type { Redact } from './redact.ts'
import type { ShownExchange } from './result.ts'

/** Characters of a body that a report keeps. */
const LONGEST_BODY = 4000

const HIDDEN = /^(?:authorization|cookie|set-cookie|proxy-authorization)$/i

/** Makes an exchange fit to be shown: secrets out, long bodies cut, with the line that repeats it. */
export function showExchange({ spec, request, response }: Exchange, baseUrl: string, redact: Redact): ShownExchange {
  const headers = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, value]): [string, string] => [
      name,
      HIDDEN.test(name) ? hideCredentials(redact(value)) : redact(value),
    ])
  return {
    request: {
      method: request.method,
      url: redact(request.url),
      headers: headers(request.headers),
      ...(request.body !== undefined && { body: cut(redact(request.body)) }),
    },
    response: { status: response.status, headers: headers(response.headers), body: cut(redact(response.text)) },
    curl: redact.credentials(toCurl(spec, baseUrl)),
  }
}

/** Keeps the form of an Authorization header, not what it proves identity with. */
const hideCredentials = (value: string): string =>
  value.replace(/^(Bearer[+ ])(?!\$).*$/i, '$1***').replace(/(AppId=)(?!\$)[^,\s]+/i, '$1***')

const cut = (text: string): string =>
  text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}… (${text.length} characters)` : text
