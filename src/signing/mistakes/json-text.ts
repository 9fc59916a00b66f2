const MAX_DEPTH = 100
const TOKEN = /[ \t\r\n]*([[\]{}:,]|"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null)/y
/** With more keys than this there are too many orders to try them all. */
const MAX_KEYS = 6
/** In a longer body only the likely orders are tried. */
const MAX_BYTES = 4096

/**
 * JSON read without losing a digit or an escape: numbers and strings stay the text they were. `JSON.parse` would change
 * the very things that make a re-serialised body different.
 */
export type JsonTree =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: JsonTree])[] }

/** How a serialiser writes JSON. */
export interface JsonStyle {
  readonly comma: string
  readonly colon: string
  /** Indentation of one level; everything on one line without it. */
  readonly indent?: string
  readonly sortKeys?: boolean
  /** Default: a line feed. */
  readonly newline?: '\r\n'
  /** Arrays on one line, their objects indented one level only, and a space inside empty ones: Jackson's pretty printer. */
  readonly inlineArrays?: boolean
  /** Order of the keys of every object; sortKeys counts for nothing then. */
  readonly compareKeys?: (a: string, b: string) => number
}

/** Every key of a tree, as written, each once, of objects that have more than one. */
export function keysOf(tree: JsonTree, keys: Set<string> = new Set()): Set<string> {
  if (tree.kind === 'array') for (const item of tree.items) keysOf(item, keys)
  if (tree.kind !== 'object') return keys
  for (const [key, value] of tree.entries) {
    if (tree.entries.length > 1) keys.add(key)
    keysOf(value, keys)
  }
  return keys
}

/** The tree of a JSON text; undefined when it is not JSON, or nested deeper than 100 levels. */
export function parseJsonText(text: string): JsonTree | undefined {
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  let next = 0

  function value(depth: number): JsonTree | undefined {
    const token = tokens?.[next]
    next += 1
    if (token === undefined || depth > MAX_DEPTH) return undefined
    if (token === '{') return object(depth)
    if (token === '[') return array(depth)
    return ']},:'.includes(token) ? undefined : { kind: 'text', text: token }
  }

  function array(depth: number): JsonTree | undefined {
    const items: JsonTree[] = []
    if (skip(']')) return { kind: 'array', items }
    do {
      const item = value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
    } while (skip(','))
    return skip(']') ? { kind: 'array', items } : undefined
  }

  function object(depth: number): JsonTree | undefined {
    const entries: [string, JsonTree][] = []
    if (skip('}')) return { kind: 'object', entries }
    do {
      const key = tokens?.[next]
      next += 1
      const entry = key?.startsWith('"') && skip(':') ? value(depth + 1) : undefined
      if (key === undefined || entry === undefined) return undefined
      entries.push([key, entry])
    } while (skip(','))
    return skip('}') ? { kind: 'object', entries } : undefined
  }

  function skip(token: string): boolean {
    if (tokens?.[next] !== token) return false
    next += 1
    return true
  }

  const tree = value(0)
  return next === tokens.length ? tree : undefined
}

/** Writes a tree in a style; strings and numbers as they were. */
export function writeJsonText(tree: JsonTree, style: JsonStyle, margin = ''): string {
  if (tree.kind === 'text') return tree.text
  const { comma, colon, indent, inlineArrays = false } = style
  const inner = `${margin}${indent ?? ''}`
  if (tree.kind === 'array') {
    if (inlineArrays)
      return enclose(
        '[',
        tree.items.map((item) => writeJsonText(item, style, margin)),
        ']',
        ', ',
        ' ',
      )
    const items = tree.items.map((item) => writeJsonText(item, style, inner))
    return enclose('[', items, ']', ...breaks(style, comma, margin))
  }
  const entries = ordered(tree.entries, style)
  const written = entries.map(([key, value]) => `${key}${colon}${writeJsonText(value, style, inner)}`)
  if (inlineArrays && written.length === 0) return '{ }'
  return enclose('{', written, '}', ...breaks(style, comma, margin))
}

type Entries = (JsonTree & { kind: 'object' })['entries']

function ordered(entries: Entries, { compareKeys, sortKeys }: JsonStyle): Entries {
  if (compareKeys !== undefined) return [...entries].sort(([a], [b]) => compareKeys(a, b))
  return sortKeys ? [...entries].sort(([a], [b]) => (a < b ? -1 : 1)) : entries
}

/** What stands between two parts, inside the opening bracket and before the closing one. */
function breaks({ indent, newline }: JsonStyle, comma: string, margin: string): [string, string, string] {
  if (indent === undefined) return [comma, '', '']
  const end = `${newline ?? '\n'}${margin}`
  const inner = `${end}${indent}`
  return [`${comma}${inner}`, inner, end]
}

function enclose(
  open: string,
  parts: readonly string[],
  close: string,
  comma: string,
  start: string,
  end = start,
): string {
  if (parts.length > 0) return `${open}${start}${parts.join(comma)}${end}${close}`
  return start === ' ' ? `${open} ${close}` : `${open}${close}`
}

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  let end = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    tokens.push(match[1] ?? '')
    end = TOKEN.lastIndex
  }
  return /^[ \t\r\n]*$/.test(text.slice(end)) ? tokens : undefined
}

/** Orders in which a client may have written the keys of a JSON body, the likely ones first. */
export function* ordersOf(keys: readonly string[], bodyBytes: number): Generator<readonly string[]> {
  yield [...keys].reverse()
  yield [...keys].sort((a, b) => bucketOf(a) - bucketOf(b))
  yield [...keys].sort((a, b) => (a < b ? 1 : -1))
  if (keys.length <= MAX_KEYS && bodyBytes <= MAX_BYTES) yield* permutationsOf(keys)
}

function* permutationsOf(keys: readonly string[]): Generator<readonly string[]> {
  if (keys.length < 2) yield keys
  else
    for (const key of keys) for (const rest of permutationsOf(keys.filter((one) => one !== key))) yield [key, ...rest]
}

/** The bucket of a key, quotes aside, in a Java HashMap of the usual 16 buckets, which iterates by them. */
function bucketOf(key: string): number {
  let hash = 0
  for (const character of key.slice(1, -1)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return (hash ^ (hash >>> 16)) & 15
}
