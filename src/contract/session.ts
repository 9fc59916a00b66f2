import type { Sleep } from '../client/system-time.ts'
import { authorizedHeaders } from './authorize.ts'
import type { ContractCredentials } from './credentials.ts'
import { type Exchange, responseHeader } from './exchange.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import { NetworkFailure, SafetyStop, SkipCheck } from './outcome.ts'
import { type Probe, type ProbeContext, type RunFacts, usedBy } from './probe.ts'
import type { RequestSpec } from './request-spec.ts'
import { type Fetch, transmit } from './transport.ts'

export interface SessionOptions {
  readonly baseUrl: string
  readonly credentials: ContractCredentials
  readonly fetch: Fetch
  readonly facts: RunFacts
  readonly maxRequests: number
  /** Requests a second at most; 0 is as fast as the target answers. */
  readonly rps: number
  readonly timeoutMs: number
  readonly now: () => number
  readonly elapsed: () => number
  readonly sleep: Sleep
  readonly random: () => number
  readonly ledger: Ledger | undefined
  readonly onRequest: ((request: SentRequest) => void) | undefined
  readonly signal: AbortSignal | undefined
}

/** A request as the run sent it. */
export interface SentRequest {
  /** The probe that asked for it. */
  readonly probe: string
  readonly safety: Probe<unknown>['safety']
  readonly method: string
  readonly path: string
  readonly query: string | undefined
  /** Counts from 0 when a throttled request is repeated. */
  readonly repeat: number
}

const MAX_BODY_BYTES = 8 * 1024 * 1024
/** How often a request that was throttled is repeated, and how long the kit is willing to wait each time. */
const REPEATS = 3
const LONGEST_WAIT_MS = 60_000
/** Failures in a row after which the target counts as gone. */
const GIVE_UP_AFTER = 3

/** One run against one target: sends, counts, waits, remembers. */
export class Session {
  readonly facts: RunFacts
  readonly exchanges: Exchange[] = []
  readonly #options: SessionOptions
  readonly #results = new Map<Probe<unknown>, Promise<unknown>>()
  readonly #touched = new Map<Probe<unknown>, Exchange[]>()
  #requests = 0
  #nextAt = Number.NEGATIVE_INFINITY
  #failuresInARow = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.facts = options.facts
  }

  /** Requests sent so far. */
  get requests(): number {
    return this.#requests
  }

  /** Whether the target has stopped answering. */
  get isTargetGone(): boolean {
    return this.#failuresInARow >= GIVE_UP_AFTER
  }

  /** The result of a probe; it runs once, whoever asks first. */
  get<T>(probe: Probe<T>): Promise<T> {
    const known = this.#results.get(probe as Probe<unknown>)
    if (known !== undefined) return known as Promise<T>
    const result = probe.run(this.#contextOf(probe as Probe<unknown>))
    result.catch(() => undefined)
    this.#results.set(probe as Probe<unknown>, result)
    return result
  }

  /** What a probe, and nobody else, has sent. */
  exchangesOf(probe: Probe<unknown>): readonly Exchange[] {
    return this.#touched.get(probe) ?? []
  }

  #contextOf(probe: Probe<unknown>): ProbeContext {
    const { facts } = this
    const allowed = new Set([...usedBy(probe, facts.allowWrites), ...(probe.mayUse ?? [])])
    return {
      facts,
      get: (other) => {
        if (allowed.has(other as Probe<unknown>)) return this.get(other)
        throw new Error(`probe ${probe.id} uses ${other.id} without declaring it`)
      },
      send: (spec) => this.#send(spec, probe),
      sleep: (ms) => this.#wait(ms),
      record: (entry) => this.#record(entry),
    }
  }

  #record(entry: LedgerEntry): void {
    try {
      this.#options.ledger?.write({ ...entry, target: this.#options.baseUrl })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new SafetyStop(`the ledger cannot be written (${code}), and nothing is created without it`)
    }
  }

  async #send(spec: RequestSpec, probe: Probe<unknown>): Promise<Exchange> {
    if (probe.safety === 'write' && !this.facts.allowWrites) {
      throw new SafetyStop(`probe ${probe.id} would write in a run that may only read`)
    }
    for (let repeat = 0; ; repeat += 1) {
      const exchange = await this.#sendOnce(spec, probe, repeat)
      const waitMs = repeat < REPEATS ? throttledFor(exchange, repeat, this.#options.random()) : undefined
      if (waitMs !== undefined) {
        await this.#wait(waitMs)
        continue
      }
      this.exchanges.push(exchange)
      this.#touched.set(probe, [...this.exchangesOf(probe), exchange])
      return exchange
    }
  }

  async #sendOnce(spec: RequestSpec, probe: Probe<unknown>, repeat: number): Promise<Exchange> {
    const { baseUrl, credentials, now, onRequest, maxRequests } = this.#options
    if (this.#isInterrupted()) throw new SafetyStop('it was interrupted')
    if (this.isTargetGone) throw new SkipCheck('the target stopped answering')
    if (this.#requests >= maxRequests) {
      throw new SafetyStop(`the run has sent ${this.#requests} requests, all that --max-requests allows`)
    }
    await this.#pace()
    this.#requests += 1
    const { method, path, query, body } = spec
    onRequest?.({ probe: probe.id, safety: probe.safety, method, path, query, repeat })
    const url = `${baseUrl}${path}${query === undefined ? '' : `?${query}`}`
    const headers = authorizedHeaders(spec, baseUrl, credentials, now())
    try {
      const exchange = await transmit(
        spec,
        { method, url, headers, body },
        { ...this.#options, maxBodyBytes: MAX_BODY_BYTES },
      )
      this.#failuresInARow = 0
      return exchange
    } catch (error) {
      if (this.#isInterrupted()) throw new SafetyStop('it was interrupted')
      if (error instanceof NetworkFailure) this.#failuresInARow += 1
      throw error
    }
  }

  #isInterrupted(): boolean {
    return this.#options.signal?.aborted === true
  }

  async #wait(ms: number): Promise<void> {
    const { sleep, signal } = this.#options
    try {
      await sleep(ms, signal)
    } catch (error) {
      throw signal?.aborted === true ? new SafetyStop('it was interrupted') : error
    }
  }

  async #pace(): Promise<void> {
    const { rps, elapsed } = this.#options
    if (rps <= 0) return
    const wait = this.#nextAt - elapsed()
    if (wait > 0) await this.#wait(wait)
    this.#nextAt = Math.max(elapsed(), this.#nextAt) + 1000 / rps
  }
}

/** How long a throttled request waits before its repetition; undefined when the answer is no throttling. */
function throttledFor(exchange: Exchange, repeat: number, draw: number): number | undefined {
  const { status } = exchange.response
  const retryAfter = responseHeader(exchange, 'retry-after')
  if (status !== 429 && !(status === 503 && retryAfter !== undefined)) return undefined
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined
  const waitMs = seconds === undefined ? 500 * 2 ** repeat * (0.5 + draw) : seconds * 1000
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined
}
