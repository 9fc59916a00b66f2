import { nearest } from '../scenarios/nearest.ts'
import type { RouteCall } from './route.ts'

/** A string in its parts: pieces that stay, and placeholders by the names of their path. */
type Part = string | { readonly keys: readonly string[] }

/** Thrown when an answer becomes larger than it may be. */
export class TemplateError extends Error {
  override name = 'TemplateError' as const
}

const OPEN = '{{'
const CLOSE = '}}'
const ESCAPED = '{{{{'
/** A placeholder names a path: words with dots between them. */
const PATH = /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/
const LONGEST_PATH = 256

/** What the first two words of a placeholder may be; `*` stands for any word, and for further ones after it. */
const known: Readonly<Record<string, readonly string[]>> = {
  request: ['method', 'target', 'path', 'query', 'headers', 'body'],
  sandbox: ['id', 'now', 'userId', 'newId'],
  route: ['id', 'call'],
}
const deep: ReadonlySet<string> = new Set(['path', 'query', 'headers', 'body'])

/** Every placeholder that may be written, for messages and docs. */
const placeholders: readonly string[] = Object.entries(known).flatMap(([root, names]) =>
  names.map((name) => {
    const rest = root === 'request' && deep.has(name) ? (name === 'body' ? '' : '.NAME') : ''
    return `${root}.${name}${rest}`
  }),
)

/** What is wrong with the placeholders of a string, in a sentence; `pathNames` are those of the path. */
export function templateProblem(text: string, pathNames: readonly string[]): string | undefined {
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at)) {
    if (text.startsWith(ESCAPED, at)) {
      at += ESCAPED.length
      continue
    }
    const end = text.indexOf(CLOSE, at)
    if (end < 0) return `a placeholder is not closed: write }} after it, or {{{{ for two braces as text.`
    const problem = nameProblem(text.slice(at + OPEN.length, end).trim(), pathNames)
    if (problem !== undefined) return problem
    at = end + CLOSE.length
  }
  return undefined
}

function nameProblem(path: string, pathNames: readonly string[]): string | undefined {
  const shown = JSON.stringify(path.slice(0, 60))
  const allowed = `Allowed: ${placeholders.join(', ')}.`
  if (path.length > LONGEST_PATH || !PATH.test(path)) return `${shown} is not a placeholder. ${allowed}`
  const [root = '', name = '', third, ...more] = path.split('.')
  const names = known[root]
  if (names === undefined || !names.includes(name)) {
    const words = placeholders.map((one) => one.replace(/\.NAME$/, ''))
    const meant = nearest(`${root}.${name}`, words)
    return `there is no placeholder ${shown}.${meant === undefined ? '' : ` Did you mean "${meant}"?`} ${allowed}`
  }
  if (root !== 'request' || !deep.has(name)) {
    return third === undefined ? undefined : `${shown}: ${root}.${name} has nothing below it.`
  }
  if (name === 'body') return undefined
  if (third === undefined || more.length > 0) return `${shown} names one value: request.${name}.NAME.`
  if (name !== 'path' || pathNames.includes(third)) return undefined
  const meant = nearest(third, pathNames)
  const hint = meant === undefined ? '' : ` Did you mean "request.path.${meant}"?`
  return `the path has no {${third}}.${hint} It has: ${pathNames.map((one) => `{${one}}`).join(', ') || 'none'}.`
}

/** The paths of all placeholders in an answer. */
export function placeholdersIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return partsOf(value).flatMap((part) => (typeof part === 'string' ? [] : [part.keys.join('.')]))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(placeholdersIn)
}

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, from)) {
    if (at > from) parts.push(text.slice(from, at))
    if (text.startsWith(ESCAPED, at)) {
      parts.push(OPEN)
      from = at + ESCAPED.length
      continue
    }
    const end = text.indexOf(CLOSE, at)
    parts.push({
      keys: text
        .slice(at + OPEN.length, end)
        .trim()
        .split('.'),
    })
    from = end + CLOSE.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/** What a filled answer may still become, in characters. */
export class Budget {
  #left: number
  readonly #most: number

  constructor(most: number) {
    this.#left = most
    this.#most = most
  }

  /** @throws TemplateError when it is used up. */
  spend(characters: number): void {
    this.#left -= characters
    if (this.#left < 0) {
      throw new TemplateError(`The answer of the route became larger than ${this.#most} characters.`)
    }
  }
}

/**
 * A value with its placeholders filled. A string that is one placeholder becomes the value itself, number or object; within
 * a string a value is written out. What did not come is left out of an object, `null` in a list, nothing within a string.
 *
 * @throws TemplateError
 */
export function fill(value: unknown, call: RouteCall, budget: Budget): unknown {
  if (typeof value === 'string') return fillText(value, call, budget)
  if (Array.isArray(value)) return value.map((item) => fill(item, call, budget) ?? null)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, fill(inner, call, budget)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

function fillText(text: string, call: RouteCall, budget: Budget): unknown {
  if (!text.includes(OPEN)) {
    budget.spend(text.length)
    return text
  }
  const parts = partsOf(text)
  const [first] = parts
  if (parts.length === 1 && typeof first === 'object') {
    const value = valueAt(call, first.keys)
    budget.spend(toText(value).length)
    return value
  }
  return parts
    .map((part) => {
      const piece = typeof part === 'string' ? part : toText(valueAt(call, part.keys))
      budget.spend(piece.length)
      return piece
    })
    .join('')
}

/** What a placeholder stands for. Only what a value has itself is found: nothing that it inherits. */
function valueAt(call: RouteCall, keys: readonly string[]): unknown {
  const [root, name, ...rest] = keys
  const isHeader = root === 'request' && name === 'headers'
  let value: unknown = call
  for (const key of [root ?? '', name ?? '', ...(isHeader ? rest.map((one) => one.toLowerCase()) : rest)]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
}
