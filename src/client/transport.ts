import { bounds } from '../shared/bounds.ts'
import type { Operation } from '../spec/operation.ts'
import { type RawAnswer, readAnswer } from './answer.ts'
import {
  AmbiguousWriteError,
  AuthenticationError,
  type KooDriveError,
  NetworkError,
  ProtocolError,
  ServerError,
  ThrottledError,
} from './errors.ts'
import { networkFetch } from './network.ts'
import type { ClientOptions } from './options.ts'
import { orAborted, type Sleep, systemTime } from './system-time.ts'
import { type Call, evidenceOf, toRequest } from './wire.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Longest Retry-After that the client waits out by itself. */
const LONGEST_RETRY_AFTER_MS = 60_000
/** Differences of clocks below this are not worth learning. */
const SKEW_MS = 2000

/** Failures before a single byte was sent: nothing can have taken effect. */
const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/

/** Operations that change something else when they are repeated. A PUT sets the same values again. */
const isWrite = ({ method, operationId }: Operation): boolean =>
  (method === 'POST' && operationId !== 'preverifyBatchImport') || method === 'DELETE'

/** What to do when nobody knows whether a write took effect. */
const adviceFor = ({ operationId }: Operation): string =>
  operationId === 'createBatchProvisioningTask'
    ? 'Nobody knows whether the task was created. Submit the same users again: whoever exists by then is skipped with code 40000009 and the id of the user.'
    : 'Nobody knows whether it took effect. Look at what it was to change before you repeat it.'

/** Sends calls: signs, waits, repeats what may be repeated, and turns every failure into an error with a name. */
export class Transport {
  readonly #client: ClientOptions
  readonly #fetch: (request: Request) => Promise<Response>
  readonly #now: () => number
  readonly #random: () => number
  readonly #sleep: Sleep
  #skewMs = 0

  constructor(client: ClientOptions) {
    this.#client = client
    this.#fetch = client.fetch ?? networkFetch(client)
    this.#now = client.now ?? systemTime.now
    this.#random = client.random ?? systemTime.random
    this.#sleep = client.sleep ?? systemTime.sleep
  }

  /** Milliseconds by the clock that the client goes by. */
  now(): number {
    return this.#now()
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#sleep(ms, signal)
  }

  /**
   * Carries out a call and gives the body of its success.
   *
   * @throws KooDriveError of some kind, or the reason of the signal.
   */
  async call(call: Call): Promise<Record<string, unknown>> {
    const { retries = 3 } = this.#client
    for (let attempt = 0, hasLearned = false; ; attempt += 1) {
      const outcome = await this.#try(call)
      if (!(outcome instanceof Error)) return outcome
      if (!hasLearned && outcome instanceof SkewedError) {
        hasLearned = true
        continue
      }
      const error = outcome instanceof SkewedError ? outcome.error : outcome
      const wait = attempt < retries ? this.#waitBefore(call, error, attempt) : undefined
      if (wait === undefined) throw finalError(call, error)
      await this.#sleep(wait, call.options.signal)
    }
  }

  async #try(call: Call): Promise<Record<string, unknown> | KooDriveError | SkewedError> {
    const { signal } = call.options
    signal?.throwIfAborted()
    const patience = AbortSignal.timeout(this.#client.timeoutMs ?? 30_000)
    const either = signal === undefined ? patience : AbortSignal.any([patience, signal])
    const request = toRequest(call, this.#client, this.#now() + this.#skewMs, either)
    let answer: RawAnswer
    try {
      const response = await orAborted(this.#fetch(request), either)
      answer = { status: response.status, headers: response.headers, text: await orAborted(readText(response), either) }
    } catch (cause) {
      if (signal?.aborted === true && !isWrite(call.operation)) throw signal.reason
      return new NetworkError(`${call.operation.operationId}: ${whyOf(cause, patience.aborted)}`, {
        operation: call.operation.operationId,
        evidence: evidenceOf(call),
        cause,
      })
    }
    const read = readAnswer(call, answer)
    if (read instanceof AuthenticationError && this.#learn(request, answer)) return new SkewedError(read)
    return read
  }

  /** Takes over the clock of the service when it differs; whether there was anything to learn. */
  #learn(request: Request, { headers }: RawAnswer): boolean {
    if (this.#client.learnClockSkew !== true || !request.headers.has('x-date')) return false
    const theirs = Date.parse(headers.get('date') ?? '')
    const skew = theirs - this.#now()
    if (Number.isNaN(skew) || Math.abs(skew - this.#skewMs) < SKEW_MS) return false
    this.#skewMs = skew
    return true
  }

  /** How long to wait before the next try; undefined when there must be none. */
  #waitBefore({ operation }: Call, error: KooDriveError, attempt: number): number | undefined {
    const backOff = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + this.#random() / 2)
    const asked = error instanceof ThrottledError || error instanceof ServerError ? error.retryAfterMs : undefined
    if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return undefined
    if (error instanceof ThrottledError) return asked ?? backOff
    if (error instanceof ServerError) {
      if (isWrite(operation)) return error.evidence.status === 503 ? asked : undefined
      return asked ?? backOff
    }
    if (error instanceof NetworkError) return isWrite(operation) && !wasNeverSent(error) ? undefined : backOff
    // Cut short or replaced on its way: the next answer may be whole.
    if (error instanceof ProtocolError && !isWrite(operation)) return backOff
    return undefined
  }
}

/** The text of an answer, counted while it comes: it may never end, or be much larger than it was compressed. */
async function readText({ body }: Response): Promise<string> {
  if (body === null) return ''
  const most = bounds.clientAnswerBytes.value
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > most) {
      void reader.cancel().catch(() => undefined)
      throw new Error(`the answer is larger than ${most} bytes; reading it was given up`)
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

/** The signature was refused, and the clock of the service is known now: worth another try. */
class SkewedError extends Error {
  readonly error: AuthenticationError

  constructor(error: AuthenticationError) {
    super(error.message)
    this.error = error
  }
}

const wasNeverSent = (error: KooDriveError): boolean => NEVER_SENT.test(whyOf(error.cause, false))

/** The error that a caller sees: a write whose outcome nobody knows says so. */
function finalError(call: Call, error: KooDriveError): KooDriveError {
  const isUnclear =
    (error instanceof NetworkError && !wasNeverSent(error)) ||
    (error instanceof ServerError && !(error.evidence.status === 503 && error.retryAfterMs !== undefined)) ||
    error instanceof ProtocolError
  if (!isWrite(call.operation) || !isUnclear) return error
  return new AmbiguousWriteError(`${error.message}. ${adviceFor(call.operation)}`, {
    operation: error.operation,
    evidence: error.evidence,
    code: error.code,
    requestId: error.requestId,
    diagnosis: error.diagnosis,
    cause: error,
  })
}

function whyOf(cause: unknown, timedOut: boolean): string {
  if (timedOut) return 'no complete answer in time'
  const parts: string[] = []
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException
    parts.push(code === undefined ? at.message : `${at.message} (${code})`)
  }
  return parts.join(': ') || String(cause)
}
