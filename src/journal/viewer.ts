import { type Mark, mayHoldSecrets, mayHoldSecretsInHeaders, Redactor } from '../shared/redact.ts'
import { mayNameSecret, type SecretKind } from '../shared/secret-fields.ts'
import { toIso } from '../world/instant.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { DEFAULT_SANDBOX, type World } from '../world/world.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { FinishedExchange, JournalDetail, JournalSummary, ShownExchange } from './journal-view.ts'

const decoder = new TextDecoder('utf-8')

/** What a viewer knows secrets from. */
export interface ViewerDeps {
  readonly world: World
  readonly controlToken?: string | undefined
}

/** The form of an authorization code: only words of this form are looked for among them. */
const AUTH_CODE = /^[0-9a-f]{128}$/

/** Shows entries of the journal of a sandbox. Nothing that leaves the journal goes another way. */
export class Viewer {
  /** Knows the secrets of the sandbox. */
  readonly #common: Redactor
  /** What an exchange holds is looked for once, however many of its strings are shown. */
  readonly #redactors = new WeakMap<JournalEntry, Redactor>()

  constructor({ world, controlToken }: ViewerDeps, sandbox: Sandbox | undefined, mark?: Mark) {
    // What belongs to no sandbox is answered by the default one.
    const answering = sandbox ?? world.get(DEFAULT_SANDBOX)
    const secrets = answering === undefined ? [] : secretsOf(answering)
    if (controlToken !== undefined) secrets.push([controlToken, 'controlToken'])
    this.#common = new Redactor({
      secrets,
      mark,
      tokenKind: (word) => {
        if (word.length === 128 && AUTH_CODE.test(word)) return world.ofAuthCode(word) && 'secret'
        const owner = world.ofToken(word)
        return owner && kindOfToken(owner.read().tokens.get(word)?.kind)
      },
    })
  }

  /** One line of the journal. */
  summary(entry: JournalEntry): JournalSummary {
    const { requestId, at, durationMs, operation, method, status, rule, error, diagnosis, faults } = entry
    const redactor = diagnosis === undefined ? this.anyRedactor() : this.redactor(entry)
    return {
      requestId,
      at: toIso(at),
      durationMs: Math.round(durationMs * 1000) / 1000,
      operation: operation ?? null,
      route: entry.route ?? null,
      passedOnTo: entry.passedOnTo ?? null,
      method,
      target: redactor.target(entry.target),
      status,
      rule,
      error: error ?? null,
      diagnosis: diagnosis === undefined ? null : redactor.text(diagnosis),
      faults,
    }
  }

  /** A whole exchange, with the diagnosis of its signature. */
  detail(entry: JournalEntry): JournalDetail {
    const redactor = this.redactor(entry)
    return {
      ...this.summary(entry),
      ...exchangeOf(entry, redactor),
      ...(entry.isCut && { truncated: 'The journal keeps the first 256 KiB of each body.' }),
      signature: redactor.deep(entry.search?.latest ?? null),
    }
  }

  exchange(entry: JournalEntry): ShownExchange {
    return exchangeOf(entry, this.redactor(entry))
  }

  /** An exchange whose parts are made when they are read: for whoever looks for something that most have at the beginning. */
  lazyExchange(entry: JournalEntry): ShownExchange {
    const viewer = this
    return {
      request: {
        get method() {
          return viewer.redactor(entry).text(entry.method)
        },
        get target() {
          return viewer.redactor(entry).target(entry.target)
        },
        get headers() {
          return viewer.redactor(entry).headers(entry.requestHeaders)
        },
        get body() {
          return viewer.redactor(entry).body(toText(entry.requestBody))
        },
      },
      response: {
        status: entry.status,
        get headers() {
          return viewer.redactor(entry).headers(Object.entries(entry.responseHeaders))
        },
        get body() {
          // What the headers hold, such as a cookie, is taken out of the body too.
          viewer.redactor(entry).learnHeaders(Object.entries(entry.responseHeaders))
          return viewer.redactor(entry).body(entry.responseBody)
        },
      },
    }
  }

  /** Whether a piece of a part of an exchange is shown as it is, for certain; see {@link Redactor.showsPiece}. */
  showsPiece(entry: JournalEntry, { part, text, start, end }: Piece): boolean {
    if (part !== 'target' && mayHoldSecretsInHeaders(Object.entries(entry.responseHeaders))) return false
    return this.redactor(entry).showsPiece(text, start, end, namesNone(entry, part, text))
  }

  /** An exchange as the terminal shows it. */
  line(exchange: FinishedExchange): FinishedExchange {
    const redactor = this.anyRedactor()
    const { target, diagnosis } = exchange
    return {
      ...exchange,
      target: redactor.target(target),
      diagnosis: diagnosis === undefined ? undefined : redactor.text(diagnosis),
    }
  }

  /** A redactor that knows the secrets of the sandbox. */
  anyRedactor(): Redactor {
    return this.#common.copy()
  }

  /** A redactor that knows every secret of an entry. */
  redactor(entry: JournalEntry): Redactor {
    const known = this.#redactors.get(entry)
    if (known !== undefined) return known
    const redactor = this.anyRedactor()
    redactor.learnHeaders(entry.requestHeaders)
    redactor.learnTarget(entry.target)
    redactor.learnBody(toText(entry.requestBody))
    this.#redactors.set(entry, redactor)
    return redactor
  }
}

/** What may be shown as it is, if nothing in it names a secret. */
export type PlainPart = 'target' | 'requestBody' | 'responseBody'

/** A piece of the text of such a part. */
export interface Piece {
  readonly part: PlainPart
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Whether a part names no secret, for certain: what was sent and answered does not change, and is asked about again. */
function namesNone(entry: JournalEntry, part: PlainPart, text: string): boolean {
  const known = judged[part].get(entry)
  if (known !== undefined) return known
  const names = part === 'target' ? mayHoldSecrets(text) : mayNameSecret(text)
  judged[part].set(entry, !names)
  return !names
}

const judged: Readonly<Record<PlainPart, WeakMap<JournalEntry, boolean>>> = {
  target: new WeakMap(),
  requestBody: new WeakMap(),
  responseBody: new WeakMap(),
}

function exchangeOf(entry: JournalEntry, redactor: Redactor): ShownExchange {
  return {
    request: {
      method: redactor.text(entry.method),
      target: redactor.target(entry.target),
      headers: redactor.headers(entry.requestHeaders),
      body: redactor.body(toText(entry.requestBody)),
    },
    response: {
      status: entry.status,
      headers: redactor.headers(Object.entries(entry.responseHeaders)),
      body: redactor.body(entry.responseBody),
    },
  }
}

function secretsOf({ config: { credentials } }: Sandbox): [string, SecretKind][] {
  const tokens = Object.entries(credentials.tokens).map(([kind, token]): [string, SecretKind] => [
    token,
    kindOfToken(kind),
  ])
  return [...tokens, [credentials.appSecret, 'appSecret']]
}

const kindOfToken = (kind: string | undefined): SecretKind => (kind === 'app' ? 'appAccessToken' : 'accessToken')

/** A body as a string. One with zero bytes is binary: what it says in another encoding could not be searched for secrets. */
export function toText(bytes: Uint8Array): string {
  // Most calls have no body, and even to decode nothing takes time.
  if (bytes.length === 0) return ''
  return bytes.includes(0) ? `[${bytes.length} bytes that are binary]` : decoder.decode(bytes)
}
