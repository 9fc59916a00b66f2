import { detailed, withBody } from '../attempt.ts'
import { headerValue } from '../request.ts'
import { type JsonTree, parseJsonText } from './json-text.ts'
import { inStage, type Sight, type VisibleMistake } from './mistake.ts'

const MAX_FORM_BYTES = 65_536
const FORM = /^[^=&{}[\]"\s]+=[^\s]*$/
/** A longer body is not written anew. */
const MAX_PRINTED_BYTES = 262_144

const CURE =
  'send the JSON string that was hashed (requests: data=text, not data=value), with Content-Type: application/json'

/** JSON was signed, and a form was sent: `data=value` of Python's requests, `body: new URLSearchParams` of JavaScript. */
export const formBodyMistakes = inStage('body', [
  {
    id: 'body-sent-as-form',
    title: 'JSON was signed, but the same values were sent as a form (a=1&b=2)',
    cure: CURE,
    variants: function* ({ body }) {
      if (!isForm(body)) return
      const fields = Object.fromEntries(new URLSearchParams(body.toString()))
      const parsed = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, parsedOr(text)]))
      for (const value of [fields, parsed]) {
        const compact = JSON.stringify(value)
        yield withBody(compact)
        yield withBody(withSpaces(compact))
      }
    },
  },
])

/** What was signed cannot be made out of a form: Python's drops the values of nested objects. */
export const visibleBodyMistakes: readonly VisibleMistake[] = [
  {
    id: 'body-is-a-form',
    whenUnexplained: true,
    title: 'The body is a form (a=1&b=2), but this API takes JSON, and JSON may have been signed',
    cure: CURE,
    detect: ({ body, headers }: Sight) =>
      isForm(body) || (headerValue(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded'),
  },
]

function isForm(body: Buffer): boolean {
  return body.length > 0 && body.length <= MAX_FORM_BYTES && FORM.test(body.toString())
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

const PYTHON_WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' }

/** The body was sent as JSON, and hashed as a language prints the object that it was made from. */
export const bodyAsObjectMistakes = inStage('body', [
  {
    id: 'body-object-printed',
    rewritesBody: true,
    title: 'The string form of an object was hashed instead of its JSON',
    cure: 'serialise once, keep that string, hash it and send it',
    alone: true,
    variants: ({ body }) => {
      if (body.length === 0 || body.length > MAX_PRINTED_BYTES) return []
      const tree = parseJsonText(body.toString())
      if (tree === undefined) return []
      const forms = { 'str() of Python': python, 'toString() of Java': java, 'Print of Go': go }
      return Object.entries(forms).map(([name, print]) => {
        return detailed(name, withBody(print(tree)))
      })
    },
  },
])

/** `{'userList': [{'firstname': 'Ada'}]}` */
function python(tree: JsonTree): string {
  if (tree.kind === 'array') return `[${tree.items.map(python).join(', ')}]`
  if (tree.kind === 'object') {
    return `{${tree.entries.map(([key, value]) => `${quoted(plain(key))}: ${python(value)}`).join(', ')}}`
  }
  return tree.text.startsWith('"') ? quoted(plain(tree.text)) : (PYTHON_WORDS[tree.text] ?? tree.text)
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`
}

/** `{userList=[{firstname=Ada}]}` */
function java(tree: JsonTree): string {
  if (tree.kind === 'array') return `[${tree.items.map(java).join(', ')}]`
  if (tree.kind === 'object') {
    return `{${tree.entries.map(([key, value]) => `${plain(key)}=${java(value)}`).join(', ')}}`
  }
  return plain(tree.text)
}

/** `map[userList:[map[firstname:Ada]]]`, its keys sorted. */
function go(tree: JsonTree): string {
  if (tree.kind === 'array') return `[${tree.items.map(go).join(' ')}]`
  if (tree.kind === 'object') {
    const written = tree.entries.map(([key, value]) => [plain(key), go(value)] as const)
    return `map[${written
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((entry) => entry.join(':'))
      .join(' ')}]`
  }
  return tree.text === 'null' ? '<nil>' : plain(tree.text)
}

/** What a token stands for: a string without its quotes, everything else as written. */
function plain(token: string): string {
  if (!token.startsWith('"')) return token
  try {
    return String(JSON.parse(token))
  } catch {
    return token
  }
}
