import type { Child } from 'hono/jsx'
import type { Translate } from '../texts/texts.ts'

/** Longer bodies are shown as they came: a page must stay light. */
const LONGEST = 65_536
/** Values of a list or object that are shown unfolded. */
const UNFOLDED = 20
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Deeper bodies are shown as they came. */
const DEEPEST = 64

/** Whether a body is shown formatted. */
export function isFormatted(text: string): boolean {
  if (text.length > LONGEST || !/^\s*[[{]/.test(text) || depthOf(text) > DEEPEST) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const token of text.match(TOKEN) ?? []) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/**
 * JSON with line breaks, colours, and long lists folded. It is written off the text itself, not off what a parser made of it:
 * digits of long ids, double names and the order of names stay as they came.
 */
export const JsonBody = ({ t, text }: { t: Translate; text: string }) => {
  const reader = new Reader(t, text.match(TOKEN) ?? [])
  return <div class="json">{reader.value(0)}</div>
}

const indent = (depth: number): string => `\n${'  '.repeat(depth)}`

class Reader {
  readonly #t: Translate
  readonly #tokens: readonly string[]
  #at = 0

  constructor(t: Translate, tokens: readonly string[]) {
    this.#t = t
    this.#tokens = tokens
  }

  value(depth: number): Child {
    const token = this.#next()
    if (token === '{' || token === '[') return this.#group(token, depth)
    return <span class={classOf(token)}>{token}</span>
  }

  #next(): string {
    this.#at += 1
    return this.#tokens[this.#at - 1] ?? ''
  }

  #group(open: '{' | '[', depth: number): Child {
    const close = open === '{' ? '}' : ']'
    const items: Child[] = []
    while (this.#tokens[this.#at] !== close && this.#at < this.#tokens.length) {
      const comma = items.length > 0 ? this.#next() : ''
      items.push([comma, indent(depth + 1), this.#item(open, depth + 1)])
    }
    this.#next()
    if (items.length === 0) return open + close
    const rest = items.slice(UNFOLDED)
    return [
      open,
      ...items.slice(0, UNFOLDED),
      rest.length > 0 && (
        <details class="fold">
          <summary>{this.#t('exchange.more', { count: rest.length })}</summary>
          {rest}
        </details>
      ),
      indent(depth),
      close,
    ]
  }

  #item(open: '{' | '[', depth: number): Child {
    if (open === '[') return this.value(depth)
    const name = this.#next()
    this.#next()
    return [<span class="j-name">{name}</span>, ': ', this.value(depth)]
  }
}

function classOf(token: string): string {
  if (token.startsWith('"')) return 'j-string'
  return /^[-\d]/.test(token) ? 'j-number' : 'j-word'
}
