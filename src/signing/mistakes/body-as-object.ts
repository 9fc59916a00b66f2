import { detailed } from '../attempt.ts'
import { sha256Hex } from '../digest.ts'
import { type JsonTree, parseJsonText } from './json-text.ts'
import type { SearchedMistake } from './mistake.ts'

/** A longer body is not written anew. */
const MAX_BYTES = 262_144
const PYTHON_WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' }

/** The body was sent as JSON, and hashed as a language prints the object that it was made from. */
export const bodyAsObjectMistakes: readonly SearchedMistake[] = [
  {
    id: 'body-object-printed',
    stage: 'body',
    rewritesBody: true,
    title: 'The string form of an object was hashed instead of its JSON',
    cure: 'serialise once, keep that string, hash it and send it',
    alone: true,
    variants: ({ body }) => {
      if (body.length === 0 || body.length > MAX_BYTES) return []
      const tree = parseJsonText(body.toString())
      if (tree === undefined) return []
      const forms = { 'str() of Python': python, 'toString() of Java': java, 'Print of Go': go }
      return Object.entries(forms).map(([name, print]) => {
        const payload = sha256Hex(print(tree))
        return detailed(name, (attempt) => ({ ...attempt, payload }))
      })
    },
  },
]

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
