/** What a terminal must not get as it is when somebody pastes or prints a line; as in `printable`, line ends too. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu

/** A value that the shell fills in when the line runs. */
export interface Variable {
  readonly variable: string
}

/** A piece of a word that is shell already, such as `"$(cat file)"`. */
export interface Raw {
  readonly raw: string
}

/** One word of a line: text that is quoted, values that are filled in, or both one after the other. */
export type Word = string | Variable | Raw | readonly (string | Variable | Raw)[]

/**
 * A word for sh, bash and zsh. Text stands for itself, whatever it holds; characters that steer a terminal are written as
 * `printf` reads them, so that a line shows what it sends. Only line ends at the end of a string stay as they are.
 */
export function quote(word: Word): string {
  const parts: (string | Variable | Raw)[] = []
  for (const part of Array.isArray(word) ? word : [word as string | Variable | Raw]) {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else if (part !== '') parts.push(part)
  }
  const quoted = parts.map((part) =>
    typeof part === 'string' ? quoteText(part) : 'raw' in part ? part.raw : `"$${part.variable}"`,
  )
  return quoted.join('') || "''"
}

function quoteText(text: string): string {
  if (text.search(STEERING) < 0) return singleQuoted(text)
  // A command substitution drops the line ends at its end, so those are written out.
  const [, start = '', ends = ''] = /^([\s\S]*?)(\n*)$/.exec(text) ?? []
  const format = start.replaceAll('\\', '\\\\').replaceAll('%', '%%').replace(STEERING, octal)
  return `"$(printf -- ${singleQuoted(format)})"${ends === '' ? '' : singleQuoted(ends)}`
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const octal = (sign: string): string =>
  sign === '\n' ? '\\n' : [...Buffer.from(sign)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')

/** A request as a line for a shell repeats it. */
export interface CurlRequest {
  readonly method: string
  readonly url: Word
  readonly headers: readonly (readonly [name: string, value: Word])[]
  /** Further options, as shell. */
  readonly options?: readonly string[] | undefined
  readonly body?: Word | undefined
  /** The body is in a file. */
  readonly bodyFile?: string | undefined
}

/** A curl line that sends a request as it is: no globbing, no cleaning of the path, no Content-Type that nobody gave. */
export function curlLine({ method, url, headers, options = [], body, bodyFile }: CurlRequest): string {
  const hasBody = body !== undefined || bodyFile !== undefined
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return [
    'curl -sS -g --path-as-is',
    method === 'HEAD' ? '--head' : `-X ${/^[A-Z]+$/.test(method) ? method : quote(method)}`,
    ...options,
    ...headers.map(([name, value]) => `-H ${value === '' ? quote(`${name};`) : quote([`${name}: `, value].flat())}`),
    ...(hasBody && !isTyped ? ["-H 'Content-Type:'"] : []),
    // --data reads a file where the text begins with @; --data-raw never does.
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    ...(bodyFile === undefined ? [] : [`--data-binary ${quote(`@${bodyFile}`)}`]),
    quote(url),
  ].join(' ')
}
