import { PREFIX } from './api.ts'
import { byId } from './page.ts'

/** What the sign route answers. */
interface Signed {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
  readonly curl: string
  readonly canonicalRequest: string
  readonly stringToSign: string
}

let last: Signed | undefined

/** Shows a signed request in the output of the form. */
export function showSigned(signed: Signed): void {
  last = signed
  fill('signed-headers', signed.headers.map(([name, value]) => `${name}: ${value}`).join('\n'))
  fill('signed-canonical', signed.canonicalRequest)
  fill('signed-string', signed.stringToSign)
  fill('signed-curl', signed.curl)
  byId('signed').hidden = false
  byId('sent').hidden = true
}

function fill(id: string, value: string): void {
  byId(id).textContent = value
  const button = document.querySelector<HTMLElement>(`[data-copies="${id}"]`)
  if (button !== null) button.dataset['copy'] = value
}

/** Sends the request that was signed last to this server and shows the answer. */
export async function sendSigned(): Promise<void> {
  if (last === undefined) return
  const { method, url, headers, body } = last
  const { pathname, search } = new URL(url)
  // A request of the service, not of the control plane: that one wants the proof of the page.
  if (decodeURIComponent(pathname).startsWith(PREFIX)) return
  const response = await fetch(pathname + search, {
    method,
    headers: headers
      .filter(([name]) => name.toLowerCase() !== 'host')
      .map(([name, value]): [string, string] => [name, value]),
    ...(body !== undefined && method !== 'GET' && { body }),
  })
  byId('sent-status').textContent = `HTTP ${response.status}`
  byId('sent-body').textContent = pretty(await response.text())
  byId('sent').hidden = false
}

/** What stands deeper is indented no further. */
const DEEPEST = 20

/** JSON with line breaks; digits stay as they came, so ids beyond 2^53 are not rounded. What is not JSON stays as it is. */
function pretty(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  let depth = 0
  const line = (): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`
  return text.replace(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g, (token) => {
    if (token === '{' || token === '[') {
      depth += 1
      return token + line()
    }
    if (token === '}' || token === ']') {
      depth -= 1
      return line() + token
    }
    if (token === ',') return token + line()
    if (token === ':') return ': '
    return token.trim() === '' ? '' : token
  })
}
