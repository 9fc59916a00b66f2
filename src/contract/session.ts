import type { Sleep } from '../client/system-time.ts'
import { createBatchProvisioningTask } from '../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning } from '../spec/operations/query-batch-provisioning.ts'
import { authorizedHeaders } from './authorize.ts'
import type { ContractCredentials } from './credentials.ts'
import { type Exchange, responseHeader, skewOf } from './exchange.ts'
import { isAuthRefusal, isSuccess, isUnauthorized } from './judge.ts'
import type { EarlierRun, Ledger, LedgerEntry } from './ledger.ts'
import { NetworkFailure, SafetyStop, SkipCheck } from './outcome.ts'
import { type Probe, type ProbeContext, type RunFacts, usedBy } from './probe.ts'
import type { RequestSpec, TokenAuth } from './request-spec.ts'
import { type TransportOptions, transmit } from './transport.ts'

export interface SessionOptions extends Omit<TransportOptions, 'maxBodyBytes'> {
  readonly baseUrl: string
  readonly credentials: ContractCredentials
  readonly facts: RunFacts
  readonly maxRequests: number
  /** Requests a second at most; 0 is as fast as the target answers. */
  readonly rps: number
  readonly sleep: Sleep
  readonly random: () => number
  readonly ledger: Ledger | undefined
  readonly resume: EarlierRun | undefined
  readonly onRequest: ((request: SentRequest) => void) | undefined
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
/** How often a request is repeated that met a busy target, and how long the kit is willing to wait each time. */
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
  readonly #recorded: LedgerEntry[]
  readonly #touched = new Map<Probe<unknown>, Exchange[]>()
  #skewMs = 0
  /** How far the Date header of the first answer was ahead. */
  #dateSkewMs: number | undefined
  /** The first request that the access token has opened: it asks again. */
  #opened: RequestSpec | undefined
  #isTokenOver = false
  #requests = 0
  #nextAt = Number.NEGATIVE_INFINITY
  #failuresInARow = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.facts = options.facts
    this.#recorded = [...(options.resume?.entries ?? [])]
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
      recorded: () => this.#recorded,
      earlier: () => this.#options.resume?.answers.get(probe.id),
    }
  }

  #record(entry: LedgerEntry): void {
    this.#recorded.push(entry)
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
      if (this.#isTokenOver && isByToken(spec)) throw new SkipCheck(TOKEN_OVER)
      const exchange = await this.#sendByClock(spec, probe, repeat)
      await this.#watchToken(exchange, probe)
      const busy = busyness(exchange, repeat, this.#options)
      if (busy === undefined) {
        this.#failuresInARow = 0
        this.exchanges.push(exchange)
        this.#touched.set(probe, [...this.exchangesOf(probe), exchange])
        return exchange
      }
      if (repeat >= REPEATS || busy.waitMs > LONGEST_WAIT_MS || !busy.isRepeatable) {
        this.#failuresInARow += 1
        throw new NetworkFailure(`the target is busy or down: HTTP ${exchange.response.status}${busy.advice}`)
      }
      await this.#wait(busy.waitMs)
    }
  }

  /** Whether the target took the access token, and takes it no longer. */
  get isTokenOver(): boolean {
    return this.#isTokenOver
  }

  /** How far the target's clock is ahead, in milliseconds, where the run had to follow it; negative when it is behind. */
  get skewMs(): number {
    return this.#skewMs
  }

  /**
   * Sends a request once more by the clock of the target when the signature by ours is refused: X-Date must not be later
   * than the clock that judges it, and a laptop that is half a minute ahead is no fault of the target.
   */
  async #sendByClock(spec: RequestSpec, probe: Probe<unknown>, repeat: number): Promise<Exchange> {
    const exchange = await this.#sendOnce(spec, probe, repeat)
    const isPlain = spec.auth.scheme === 'signature' && Object.keys(spec.auth).length === 1
    if (!isPlain || this.#skewMs !== 0 || !isAuthRefusal(exchange)) return exchange
    this.#skewMs = skewOf(exchange, this.#options.now())
    if (this.#skewMs === 0) return exchange
    const again = await this.#sendOnce(spec, probe, repeat)
    if (isAuthRefusal(again)) this.#skewMs = 0
    return again
  }

  /** An access token may expire in the middle of a run: what it opened before it opens no more. */
  async #watchToken(exchange: Exchange, probe: Probe<unknown>): Promise<void> {
    const { spec } = exchange
    if (!isByToken(spec)) return
    if (isSuccess(exchange) && spec.method === 'GET') this.#opened ??= spec
    const first = this.#opened
    // What asks for a signature, or for another spelling, refuses a token that is good.
    const isTelling = first !== undefined && spec.auth.form === (first as { auth: TokenAuth }).auth.form
    // HTTP 400 with another code is about what was asked.
    const isRefused = isAuthRefusal(exchange) && (exchange.response.status !== 400 || isUnauthorized(exchange))
    if (!isRefused || !isTelling || isSigned(probe)) return
    if (!isAuthRefusal(await this.#sendOnce(first, probe, 0))) return
    this.#isTokenOver = true
    throw new SkipCheck(TOKEN_OVER)
  }

  async #sendOnce(spec: RequestSpec, probe: Probe<unknown>, repeat: number): Promise<Exchange> {
    const { baseUrl, credentials, onRequest, maxRequests } = this.#options
    // How old a request is the clock of the target decides.
    const isAged = spec.auth.scheme === 'signature' && (spec.auth.ageSeconds ?? 0) > 0
    const skewMs = this.#skewMs === 0 && isAged ? (this.#dateSkewMs ?? 0) : this.#skewMs
    const now = (): number => this.#options.now() + skewMs
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
        { ...this.#options, now, maxBodyBytes: MAX_BODY_BYTES },
      )
      this.#dateSkewMs ??= skewOf(exchange, now())
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

export const TOKEN_OVER =
  'the access token that was taken before is taken no longer: it has expired, or somebody has signed out'

/** Whether an operation asks for a signature. */
const isSigned = ({ operation }: Probe<unknown>): boolean =>
  [createBatchProvisioningTask, queryBatchProvisioning].some(({ operationId }) => operationId === operation)

/** Whether a request carries the configured access token as it is. */
const isByToken = (spec: RequestSpec): spec is RequestSpec & { auth: TokenAuth } =>
  spec.auth.scheme === 'token' &&
  spec.auth.token === 'access' &&
  spec.auth.value === undefined &&
  spec.auth.suffix === undefined

/** An answer that says nothing about the service but that it cannot be asked now. */
interface Busyness {
  /** Whether asking once more can do no harm: a write that a gateway gave up may have been carried out. */
  readonly isRepeatable: boolean
  readonly waitMs: number
  /** What the target says about it, for the report. */
  readonly advice: string
}

const THROTTLED = 429
/** What gateways answer in place of the service. */
const GATEWAY_STATUSES = [502, 503, 504]

/** Whether an answer came in place of the service; undefined when the service itself has answered. */
function busyness(
  exchange: Exchange,
  repeat: number,
  { now, random }: Pick<SessionOptions, 'now' | 'random'>,
): Busyness | undefined {
  const { status } = exchange.response
  if (status !== THROTTLED && !GATEWAY_STATUSES.includes(status)) return undefined
  const retryAfter = responseHeader(exchange, 'retry-after')
  const asked = retryAfter === undefined ? undefined : waitAsked(retryAfter, now())
  return {
    isRepeatable: status === THROTTLED || asked !== undefined || exchange.request.method === 'GET',
    waitMs: asked ?? 500 * 2 ** repeat * (0.5 + random()),
    advice: asked === undefined ? '' : `, to be asked again in ${Math.ceil(asked / 1000)} s`,
  }
}

/** Retry-After in milliseconds: seconds, or a date. */
function waitAsked(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
