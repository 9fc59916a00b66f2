import type { Change } from '../attempt.ts'
import { sha256Hex } from '../digest.ts'
import { headerValue } from '../headers.ts'
import type { SearchedMistake, Sight, VisibleMistake } from './mistake.ts'

const MAX_BYTES = 65_536
const FORM = /^[^=&{}[\]"\s]+=[^\s]*$/

const CURE =
  'send the JSON string that was hashed (requests: data=text, not data=value), with Content-Type: application/json'

/** JSON was signed, and a form was sent: `data=value` of Python's requests, `body: new URLSearchParams` of JavaScript. */
export const formBodyMistakes: readonly SearchedMistake[] = [
  {
    id: 'body-sent-as-form',
    stage: 'body',
    title: 'JSON was signed, but the same values were sent as a form (a=1&b=2)',
    cure: CURE,
    variants: function* ({ body }) {
      if (!isForm(body)) return
      const fields = Object.fromEntries(new URLSearchParams(body.toString()))
      const parsed = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, parsedOr(text)]))
      for (const value of [fields, parsed]) {
        const compact = JSON.stringify(value)
        yield payload(compact)
        yield payload(withSpaces(compact))
      }
    },
  },
]

/** What was signed cannot be made out of a form: Python's drops the values of nested objects. */
export const visibleBodyMistakes: readonly VisibleMistake[] = [
  {
    id: 'body-is-a-form',
    stage: 'request',
    whenUnexplained: true,
    title: 'The body is a form (a=1&b=2), but this API takes JSON, and JSON may have been signed',
    cure: CURE,
    detect: ({ body, headers }: Sight) =>
      isForm(body) || (headerValue(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded'),
  },
]

function isForm(body: Buffer): boolean {
  return body.length > 0 && body.length <= MAX_BYTES && FORM.test(body.toString())
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `{"a": 1, "b": 2}`, as Python writes it; strings keep their commas and colons. */
function withSpaces(compact: string): string {
  return compact.replace(
    /("(?:[^"\\]|\\.)*")|([,:])/g,
    (_, text: string | undefined, mark: string) => text ?? `${mark} `,
  )
}

function payload(text: string): Change {
  const hash = sha256Hex(text)
  return (attempt) => ({ ...attempt, payload: hash })
}
