import type { HeaderPairs } from '../shared/headers.ts'
import { specToCurl } from './curl.ts'
import type { Exchange } from './exchange.ts'
import type { Redact } from './redact.ts'
import type { ShownExchange } from './result.ts'

/** Characters of a body that a report keeps. */
const LONGEST_BODY = 4000

/** Makes an exchange fit to be shown: secrets out, long bodies cut, with the line that repeats it. */
export function showExchange({ spec, request, response }: Exchange, baseUrl: string, redact: Redact): ShownExchange {
  const headers = (pairs: HeaderPairs) =>
    pairs.map(([name, value]): [string, string] => [name, redact.header(name, value)])
  return {
    request: {
      method: request.method,
      url: redact.url(request.url),
      headers: headers(request.headers),
      ...(request.body !== undefined && { body: cut(redact.body(request.body)) }),
    },
    response: { status: response.status, headers: headers(response.headers), body: cut(redact.body(response.text)) },
    curl: redact.credentials(specToCurl(spec, baseUrl)),
  }
}

const cut = (text: string): string =>
  text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}… (${text.length} characters)` : text
