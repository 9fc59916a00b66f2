import type { CanonicalLine } from '../canonical-lines.ts'
import type { QueryParameter } from '../canonical-query.ts'
import type { HmacKey } from './hmac-key.ts'

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

/** A mistake as it acts on an attempt. */
export type Change = (attempt: Attempt) => Attempt

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
  lines.push({ part: 'signed headers', text: attempt.signedNames.join(';') })
  lines.push({ part: 'body hash', text: attempt.payload })
  let laidOut: readonly CanonicalLine[] = lines
  for (const layout of attempt.layouts) laidOut = layout(laidOut)
  return laidOut
}

/** The same as one text. Kept apart from the lines because the search makes thousands of these. */
export function canonicalTextOf(attempt: Attempt): string {
  if (attempt.layouts.length > 0) return joinLines(canonicalLinesOf(attempt))
  let headers = ''
  for (const { name, value } of attempt.headers) headers += `${name}:${value}\n`
  const head = `${attempt.method}\n${attempt.path}\n${queryText(attempt.query)}\n`
  return `${head}${headers}\n${attempt.signedNames.join(';')}\n${attempt.payload}`
}

export function joinLines(lines: readonly CanonicalLine[]): string {
  return lines.map(({ text }) => text).join('\n')
}

function queryText(parts: readonly QueryPart[]): string {
  let text = ''
  for (const { name, value, equals } of parts) {
    text += `${text === '' ? '' : '&'}${name}${equals ? '=' : ''}${value}`
  }
  return text
}
