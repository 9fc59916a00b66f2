import { type Change, withBody } from '../attempt.ts'
import { type JsonStyle, type JsonTree, keysOf, ordersOf, parseJsonText, writeJsonText } from './json-text.ts'
import { inStage, type SearchContext } from './mistake.ts'

/** A longer body is not re-serialised: each style costs a walk over all of it. */
const MAX_JSON_BYTES = 262_144

const COMPACT: JsonStyle = { comma: ',', colon: ':' }
const PYTHON: JsonStyle = { comma: ', ', colon: ': ' }
const PRETTY: readonly JsonStyle[] = ['  ', '    ', '\t'].map((indent) => ({ comma: ',', colon: ': ', indent }))
/** As .NET and Jackson end lines on Windows. */
const WINDOWS: JsonStyle = { comma: ',', colon: ': ', indent: '  ', newline: '\r\n' }
const JACKSON: JsonStyle = { comma: ',', colon: ' : ', indent: '  ', inlineArrays: true }
const JACKSONS: readonly JsonStyle[] = [JACKSON, { ...JACKSON, newline: '\r\n' }]
const STYLES: readonly JsonStyle[] = [COMPACT, PYTHON, ...PRETTY]
const SORTED: readonly JsonStyle[] = STYLES.map((style) => ({ ...style, sortKeys: true }))

const CURE = 'serialise once, keep that string, hash it and send it'

/** The body was sent by one JSON serialiser and signed by another. */
export const jsonBodyMistakes = inStage('body', [
  {
    id: 'body-non-ascii-escaped',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'The signed JSON had \\uXXXX escapes where the sent one has the characters themselves',
    cure: CURE,
    variants: (search) => rewrite(search, (text) => [escapeNonAscii(text), escapeNonAscii(text, true)], [COMPACT]),
  },
  {
    id: 'body-non-ascii-unescaped',
    rewritesBody: true,
    title: 'The signed JSON had characters where the sent one has \\uXXXX escapes',
    cure: CURE,
    variants: (search) => rewrite(search, (text) => [unescapeNonAscii(text)], STYLES),
  },
  {
    id: 'body-slashes-escaped',
    rewritesBody: true,
    title: 'Slashes of the JSON body were written as \\/ in the signed string only, or in the sent one only (PHP)',
    cure: `${CURE} (in PHP: JSON_UNESCAPED_SLASHES)`,
    variants: (search) =>
      rewrite(search, (text) => {
        const escaped = text.replace(/(?<!\\)\//g, '\\/')
        return [escaped, escapeNonAscii(escaped), text.replaceAll('\\/', '/')]
      }),
  },
  {
    id: 'body-html-escaped',
    rewritesBody: true,
    title:
      'The characters < > & of the JSON body were written as \\u003c in the signed string only, or in the sent one only',
    cure: `${CURE} (in Go: SetEscapeHTML(false); in .NET: UnsafeRelaxedJsonEscaping)`,
    variants: (search) =>
      rewrite(search, (text) => [
        text.replace(/[<>&]/g, (character) => unicodeEscape(character)),
        text.replace(/[<>&'+`]/g, (character) => unicodeEscape(character, true)),
        escapeNonAscii(text, true).replace(/[<>&'+`]/g, (character) => unicodeEscape(character, true)),
        text.replace(/\\u00(3c|3e|26)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      ]),
  },
  {
    id: 'body-compact-json',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'Compact JSON was signed, but JSON with spaces was sent',
    cure: CURE,
    variants: (search) => inStyles(search, [COMPACT]),
  },
  {
    id: 'body-python-json',
    likelihood: 'frequent',
    rewritesBody: true,
    title: "JSON with a space after commas and colons was signed (Python's json.dumps), but other JSON was sent",
    cure: `${CURE} (requests: data=text, not json=value)`,
    variants: (search) => [
      ...inStyles(search, [PYTHON]),
      ...rewrite(search, (text) => [escapeNonAscii(text)], [PYTHON]),
    ],
  },
  {
    id: 'body-pretty-json',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'Indented JSON was signed, but other JSON was sent',
    cure: CURE,
    variants: (search) => [
      ...inStyles(search, [...PRETTY, WINDOWS]),
      ...rewrite(search, (text) => [escapeNonAscii(text)], PRETTY),
    ],
  },
  {
    id: 'body-jackson-json',
    rewritesBody: true,
    title: "JSON of Jackson's pretty printer was signed, but other JSON was sent",
    cure: `${CURE} (in Java: one writeValueAsBytes, and the bytes as the body)`,
    variants: (search) => inStyles(search, JACKSONS),
  },
  {
    id: 'body-keys-sorted',
    rewritesBody: true,
    title: 'The keys of the JSON body were sorted for the signature, but not in what was sent',
    cure: CURE,
    variants: (search) => [
      ...inStyles(search, SORTED),
      ...rewrite(search, (text) => [escapeNonAscii(text)], SORTED.slice(0, 2)),
    ],
  },
  {
    id: 'body-keys-reordered',
    rewritesBody: true,
    likelihood: 'rare',
    title: 'The keys of the JSON body were signed in another order than they were sent',
    cure: CURE,
    variants: inOtherOrders,
  },
  {
    id: 'body-parsed-json',
    rewritesBody: true,
    title: 'The JSON body was parsed and written again for the signature, which changed numbers or escapes',
    cure: `${CURE}; ids beyond 2^53 do not survive a double`,
    variants: (search) => {
      const value = parse(search)
      if (value === undefined) return []
      return [0, 2, 4].map((indent) => withBody(JSON.stringify(value.parsed, undefined, indent)))
    },
  },
  {
    id: 'body-serialised-twice',
    rewritesBody: true,
    title: 'The body was serialised twice: a JSON string that holds the JSON was signed, or sent',
    cure: CURE,
    variants: (search) => {
      const value = parse(search)
      if (value === undefined) return []
      const inner = typeof value.parsed === 'string' ? [withBody(value.parsed)] : []
      return [withBody(JSON.stringify(search.body.toString())), ...inner]
    },
  },
])

/** In the style in which it was sent, as far as it is one of those known here, and compact. */
function* inOtherOrders(search: SearchContext): Generator<Change> {
  const body = jsonBodyOf(search)
  if (body === undefined) return
  const keys = [...keysOf(body.tree)]
  if (keys.length < 2) return
  const sent = [...STYLES, ...JACKSONS].find((style) => body.written(style) === body.text) ?? COMPACT
  for (const order of ordersOf(keys, search.body.length)) {
    const places = new Map(order.map((key, place) => [key, place]))
    const compareKeys = (a: string, b: string) => (places.get(a) ?? 0) - (places.get(b) ?? 0)
    for (const style of new Set([sent, COMPACT])) yield withBody(writeJsonText(body.tree, { ...style, compareKeys }))
  }
}

function inStyles(search: SearchContext, styles: readonly JsonStyle[]): Change[] {
  const body = jsonBodyOf(search)
  return body === undefined ? [] : styles.map((style) => withBody(body.written(style)))
}

/** Texts made from the body as sent, and from the body in other styles; a style alone is a mistake of its own. */
function rewrite(
  search: SearchContext,
  change: (text: string) => readonly string[],
  styles: readonly JsonStyle[] = [COMPACT, PYTHON],
): Change[] {
  const body = jsonBodyOf(search)
  if (body === undefined) return []
  const texts = new Set([body.text, ...styles.map(body.written)])
  return [...texts].flatMap((text) => change(text).filter((changed) => changed !== text)).map(withBody)
}

/** A JSON body as sent, and in other styles, each written once however many mistakes ask for it. */
interface JsonBody {
  readonly text: string
  readonly tree: JsonTree
  readonly written: (style: JsonStyle) => string
}

const jsonBodies = new WeakMap<SearchContext, JsonBody | undefined>()

function jsonBodyOf(search: SearchContext): JsonBody | undefined {
  if (search.body.length === 0 || search.body.length > MAX_JSON_BYTES) return undefined
  if (!jsonBodies.has(search)) jsonBodies.set(search, readJsonBody(search.body.toString()))
  return jsonBodies.get(search)
}

function readJsonBody(text: string): JsonBody | undefined {
  const tree = parseJsonText(text)
  if (tree === undefined) return undefined
  const texts = new Map<JsonStyle, string>()
  const written = (style: JsonStyle): string => {
    const known = texts.get(style) ?? writeJsonText(tree, style)
    texts.set(style, known)
    return known
  }
  return { text, tree, written }
}

function parse(search: SearchContext): { parsed: unknown } | undefined {
  if (jsonBodyOf(search) === undefined) return undefined
  try {
    return { parsed: JSON.parse(search.body.toString()) }
  } catch {
    return undefined
  }
}

/** Characters beyond ASCII stand in strings only, so they can be replaced wherever they are. */
function escapeNonAscii(text: string, upperCase = false): string {
  return text.replace(/[\u0080-\uFFFF]/g, (character) => unicodeEscape(character, upperCase))
}

function unescapeNonAscii(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|.)/g, (written, hex: string | undefined) => {
    const code = hex === undefined ? 0 : Number.parseInt(hex, 16)
    return code >= 0x80 ? String.fromCharCode(code) : written
  })
}

function unicodeEscape(character: string, upperCase = false): string {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0')
  return `\\u${upperCase ? hex.toUpperCase() : hex}`
}
