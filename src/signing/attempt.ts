import {
  type CanonicalLine,
  canonicalPath,
  compareParameters,
  type QueryParameter,
  queryParameters,
  stringToSign,
} from './canonical-request.ts'
import { type HmacKey, hmacKey, hmacSha256, sha256Hex } from './digest.ts'
import { type HeaderPairs, headerValue, normalizeHeaderNames, type TargetParts } from './request.ts'

/** One parameter of the query line. */
export interface QueryPart {
  readonly name: string
  readonly value: string
  /** Whether there is an equals sign. */
  readonly equals: boolean
  /** The parameter of the request it was made from. */
  readonly source: QueryParameter
}

export interface HeaderLine {
  readonly name: string
  readonly value: string
}

/**
 * One way a client may have signed the request, step by step. The right way is one attempt; a mistake changes one step
 * of it, so that mistakes of different steps combine without knowing of each other.
 */
export interface Attempt {
  readonly method: string
  readonly path: string
  readonly query: readonly QueryPart[]
  readonly headers: readonly HeaderLine[]
  readonly signedNames: readonly string[]
  /** The last line: the hash of the body. */
  readonly payload: string
  /** Changes of the finished lines, first to last. */
  readonly layouts: readonly ((lines: readonly CanonicalLine[]) => readonly CanonicalLine[])[]
  readonly stringToSign: (canonicalRequest: string) => string | Buffer
  readonly key: HmacKey
  /** Makes the signature, as lower-case hex. */
  readonly mac: (key: HmacKey, text: string | Buffer) => string
}

export interface RequestParts {
  readonly method: string
  readonly target: TargetParts
  readonly headers: HeaderPairs
  readonly body: Buffer
}

/** The right way to sign a request, in the steps a mistake can change. A test holds it equal to `canonicalRequest`. */
export function rightAttempt(
  { method, target, headers, body }: RequestParts,
  signedHeaders: readonly string[],
  appSecret: string,
): Attempt {
  const names = normalizeHeaderNames(signedHeaders)
  const parameters = queryParameters(target.query).sort(compareParameters)
  return {
    method: method.toUpperCase(),
    path: canonicalPath(target.path),
    query: parameters.map((source) => ({ name: source.name, value: source.value, equals: true, source })),
    headers: names.map((name) => ({ name, value: headerValue(headers, name) ?? '' })),
    signedNames: names,
    payload: sha256Hex(body),
    layouts: [],
    stringToSign,
    key: hmacKey(appSecret),
    mac: hmacSha256,
  }
}

/** A mistake as it acts on an attempt. */
export interface Change {
  (attempt: Attempt): Attempt
  /** Which of several ways it is, when that helps: a character encoding, a time. ASCII. */
  readonly detail?: string
}

/** A change that says which of several ways it is. */
export function detailed(detail: string, change: (attempt: Attempt) => Attempt): Change {
  return Object.assign((attempt: Attempt) => change(attempt), { detail })
}

/** Signs another value of a header. */
export function withHeader(header: string, value: string): Change {
  return (attempt) => ({
    ...attempt,
    headers: attempt.headers.map((line) => (line.name === header ? { ...line, value } : line)),
  })
}

/** Signs another last line. */
export function withPayload(payload: string): Change {
  return (attempt) => ({ ...attempt, payload })
}

/** Signs the hash of another body. */
export function withBody(body: string | Uint8Array): Change {
  return withPayload(sha256Hex(body))
}

/** The canonical request of an attempt, line by line. */
export function canonicalLinesOf(attempt: Attempt): readonly CanonicalLine[] {
  const lines: CanonicalLine[] = [
    { part: 'method', text: attempt.method },
    { part: 'path', text: attempt.path },
    { part: 'query', text: queryText(attempt.query) },
  ]
  for (const { name, value } of attempt.headers) {
    lines.push({ part: `header ${name.toLowerCase()}`, text: `${name}:${value}` })
  }
  lines.push({ part: 'empty line', text: '' })
  lines.push({ part: 'signed headers', text: namesText(attempt.signedNames) })
  lines.push({ part: 'body hash', text: attempt.payload })
  let laidOut: readonly CanonicalLine[] = lines
  for (const layout of attempt.layouts) laidOut = layout(laidOut)
  return laidOut
}

/** The first three lines of an attempt without layouts, which most attempts of a search share. */
export function canonicalHeadOf({ method, path, query }: Attempt): string {
  return `${method}\n${path}\n${queryText(query)}\n`
}

/** What follows {@link canonicalHeadOf}. */
export function canonicalTailOf({ headers, signedNames, payload }: Attempt): string {
  return `${headersText(headers)}\n${namesText(signedNames)}\n${payload}`
}

/** The canonical request as one text. */
export function canonicalTextOf(attempt: Attempt): string {
  if (attempt.layouts.length > 0) return joinLines(canonicalLinesOf(attempt))
  return canonicalHeadOf(attempt) + canonicalTailOf(attempt)
}

export function joinLines(lines: readonly CanonicalLine[]): string {
  let joined = lines[0]?.text ?? ''
  for (let index = 1; index < lines.length; index += 1) joined += `\n${lines[index]?.text ?? ''}`
  return joined
}

const queryText = onceForEach((parts: readonly QueryPart[]): string => {
  let text = ''
  for (const { name, value, equals } of parts) {
    text += `${text === '' ? '' : '&'}${name}${equals ? '=' : ''}${value}`
  }
  return text
})

const headersText = onceForEach((lines: readonly HeaderLine[]): string => {
  let text = ''
  for (const { name, value } of lines) text += `${name}:${value}\n`
  return text
})

const namesText = onceForEach((names: readonly string[]): string => names.join(';'))

/** Attempts share their parts: a string is made once for each part, however many attempts have it. */
function onceForEach<Part extends object>(make: (part: Part) => string): (part: Part) => string {
  const texts = new WeakMap<Part, string>()
  return (part) => {
    const known = texts.get(part)
    if (known !== undefined) return known
    const text = make(part)
    texts.set(part, text)
    return text
  }
}
