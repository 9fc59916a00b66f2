import type { HeaderPairs } from './headers.ts'
import {
  isSecretName,
  kindOf,
  mayNameSecret,
  replaceFormParts,
  replaceJsonFields,
  replaceLooseFields,
  replaceParameters,
  type SecretKind,
} from './secret-fields.ts'

export const REDACTED = '[redacted]'

/** What stands in the place of a secret. */
export type Mark = (kind: SecretKind) => string

export interface RedactorOptions {
  /** Secrets that are known, wherever they turn up. */
  readonly secrets?: readonly (readonly [value: string, kind: SecretKind])[]
  /** What a word is when it is a token of this server, whichever sandbox issued it. */
  readonly tokenKind?: ((word: string) => SecretKind | undefined) | undefined
  /** `[redacted]` when absent. */
  readonly mark?: Mark | undefined
  /** Values of secret fields that may be shown, such as a placeholder. */
  readonly isShown?: ((value: string) => boolean) | undefined
}

/** Shorter values turn up by chance, in dates and counts, and would tear holes into everything. */
const SHORTEST_LEARNED = 4
/** Longer values are no secrets of this service; where they stand they are taken out all the same. */
const LONGEST_LEARNED = 256
const MOST_LEARNED = 200
/** Words that may be tokens. Escapes come first, so that the word behind `%20` or `\n` is looked up without them. */
const WORDS = /%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[a-z]|[\w.~-]{8,}/gi
const SHORTEST_TOKEN = 8
/** What a word, and an escape before it, may hold. */
const WORD_SIGN = /[\w.~%-]/

/**
 * Takes secrets out of everything that is shown: by the names of fields, parameters and headers, and by value wherever a
 * known secret turns up. Secrets that a client sent in one place are learned and taken out in every other.
 */
export class Redactor {
  #known = new Map<string, SecretKind>()
  /** Whether another redactor knows by the same map. */
  #isShared = false
  readonly #tokenKind: RedactorOptions['tokenKind']
  readonly #mark: Mark
  readonly #isShown: (value: string) => boolean
  #pattern: RegExp | undefined

  constructor({ secrets = [], tokenKind, mark = () => REDACTED, isShown = () => false }: RedactorOptions = {}) {
    this.#tokenKind = tokenKind
    this.#isShown = isShown
    this.#mark = mark
    for (const [value, kind] of secrets) this.learn(value, kind)
  }

  /** Another one that begins with what this one knows. */
  copy(): Redactor {
    const copy = new Redactor({ tokenKind: this.#tokenKind, mark: this.#mark, isShown: this.#isShown })
    copy.#known = this.#known
    copy.#isShared = true
    this.#isShared = true
    if (this.#known.size > 0) copy.#pattern = this.#compiled()
    return copy
  }

  /** Takes a value out of every string from now on. */
  learn(value: string, kind: SecretKind): void {
    if (value.length < SHORTEST_LEARNED || value.length > LONGEST_LEARNED || this.#known.size > MOST_LEARNED) return
    if (value === REDACTED || value === this.#mark(kind)) return
    for (const spelling of spellingsOf(value)) {
      if (this.#known.has(spelling)) continue
      if (this.#isShared) this.#known = new Map(this.#known)
      this.#isShared = false
      this.#pattern = undefined
      this.#known.set(spelling, kind)
    }
  }

  /** Any text, without the secrets that are known by value. */
  text(text: string): string {
    const pattern = this.#known.size === 0 ? undefined : this.#compiled()
    const cleaned = pattern === undefined ? text : text.replace(pattern, (found) => this.#mark(this.#kind(found)))
    const tokenKind = this.#tokenKind
    if (tokenKind === undefined) return cleaned
    return cleaned.replace(WORDS, (word) => {
      const kind = word.length < SHORTEST_TOKEN ? undefined : tokenKind(word)
      return kind === undefined ? word : this.#mark(kind)
    })
  }

  /** A header value. A signature stays: it is no secret and needed to compare. */
  header(name: string, value: string): string {
    const plain = name.toLowerCase()
    if (!isSecretName(plain)) return this.#address(value)
    if (isSignature(plain, value)) return this.text(value)
    const [, scheme = '', secret = ''] = /^(\s*(?:bearer[+ ]|basic\s+|at\s+|)\s*)([\s\S]*)$/i.exec(value) ?? []
    if (this.#isShown(secret.trim())) return value
    const kind = this.#tokenKind?.(secret.trim()) ?? kindOf(plain)
    for (const word of plain.includes('cookie') ? cookieValues(secret) : [secret.trim()]) this.learn(word, kind)
    return secret === '' ? value : `${scheme}${this.#mark(kind)}`
  }

  /** A header that may hold an address, such as Referer and Location, or fields of its own. */
  #address(value: string): string {
    return this.text(replaceLooseFields(replaceParameters(value, this.#replace), this.#replace))
  }

  headers(headers: HeaderPairs): [string, string][] {
    return headers.map(([name, value]) => [name, this.header(name, value)])
  }

  /** Learns the secrets of headers without writing them out. */
  learnHeaders(headers: HeaderPairs): void {
    for (const [name, value] of headers) {
      const teaches = isSecretName(name) ? !isSignature(name.toLowerCase(), value) : mayHoldSecrets(value)
      if (teaches) this.header(name, value)
    }
  }

  /** Learns the secrets of a target without writing it out. */
  learnTarget(target: string): void {
    if (mayHoldSecrets(target)) replaceParameters(target, this.#replace)
  }

  /** Path and query. */
  target(target: string): string {
    return this.text(replaceParameters(target, this.#replace))
  }

  /** A body in any format. */
  body(text: string): string {
    if (!mayNameSecret(text)) return this.text(text)
    const byParts = text.includes('name=') ? replaceFormParts(text, this.#replace) : text
    return this.text(replaceLooseFields(replaceJsonFields(byParts, this.#replace), this.#replace))
  }

  /**
   * Whether a piece of a body is shown as it is, for certain: told much sooner than by writing the body out. False when
   * that must be done to know.
   *
   * @param namesNone whether the text is known to name no secret; for a target, {@link mayHoldSecrets} has to say so
   */
  showsPiece(text: string, start: number, end: number, namesNone = !mayNameSecret(text)): boolean {
    if (!namesNone || (this.#known.size > 0 && text.search(this.#compiled()) >= 0)) return false
    let [from, to] = [start, end]
    while (from > 0 && WORD_SIGN.test(text.charAt(from - 1))) from -= 1
    while (to < text.length && WORD_SIGN.test(text.charAt(to))) to += 1
    const piece = text.slice(from, to)
    return this.text(piece) === piece
  }

  /** Learns the secrets of a body without writing it out. */
  learnBody(text: string): void {
    if (!mayNameSecret(text)) return
    if (text.includes('name=')) replaceFormParts(text, this.#replace)
    replaceLooseFields(replaceJsonFields(text, this.#replace), this.#replace)
  }

  /** Every text of a value, however deep. */
  deep(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((inner) => this.deep(inner))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.deep(inner)]))
  }

  readonly #replace = (name: string, value: string): string => {
    if (this.#isShown(value)) return value
    const kind = this.#tokenKind?.(value) ?? kindOf(name)
    this.learn(value, kind)
    return this.#mark(kind)
  }

  #kind(found: string): SecretKind {
    return this.#known.get(found) ?? 'secret'
  }

  #compiled(): RegExp {
    this.#pattern ??= new RegExp(
      [...this.#known.keys()]
        .sort((a, b) => b.length - a.length)
        .map((value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
        .join('|'),
      'g',
    )
    return this.#pattern
  }
}

/** Whether an address, or a header that may hold one, may have a secret parameter, field or password: false is certain. */
export const mayHoldSecrets = (text: string): boolean => /[%@]/.test(text) || (/[=:]/.test(text) && mayNameSecret(text))

/** Whether a header in small letters is a signature, which is no secret. */
const isSignature = (name: string, value: string): boolean =>
  name === 'authorization' && /^\s*(?:sdk-)?hmac-sha256\b/i.test(value)

/** Whether {@link Redactor.learnHeaders} may learn something. */
export const mayHoldSecretsInHeaders = (headers: HeaderPairs): boolean =>
  headers.some(([name, value]) => isSecretName(name) || mayHoldSecrets(value))

/** How a value may be written: as it is, in a URL, in one that was encoded twice, in JSON, in Base64. */
export function spellingsOf(value: string): readonly string[] {
  const known = spelled.get(value)
  if (known !== undefined) return known
  const inUrl = percentEncoded(value)
  const inJson = JSON.stringify(value).slice(1, -1)
  const all = [...new Set([value, inUrl, percentEncoded(inUrl), inJson, Buffer.from(value).toString('base64')])]
  if (spelled.size >= SPELLED_KEPT) spelled.clear()
  if (value.length <= LONGEST_LEARNED) spelled.set(value, all)
  return all
}

/** The secrets of a sandbox are looked for in each of its exchanges. */
const spelled = new Map<string, readonly string[]>()
const SPELLED_KEPT = 500

const cookieValues = (text: string): string[] => text.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())

function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}

/** A target fit to be shown where no sandbox is at hand: secret parameters are replaced. */
export const redactTarget = (target: string): string => new Redactor().target(target)
