import { Hono } from 'hono'
import type { ContractCredentials } from '../contract/credentials.ts'
import { toTarget } from '../contract/options.ts'
import { ContractUsageError } from '../contract/outcome.ts'
import type { FinishedExchange } from '../journal/journal-view.ts'
import type { AppContext, AppEnv } from '../server/app-env.ts'
import { guard } from '../server/control/guard.ts'
import { type Answer, ForwardError, forward } from '../server/forward.ts'
import { type Wire, wireOf } from '../server/http/wire.ts'
import { listen } from '../server/listen.ts'
import { type Listening, type ListenOptions, OpenPorts } from '../server/listening.ts'
import { Problem } from '../server/problem.ts'
import { systemTime } from '../server/system-time.ts'
import { createAuthority } from '../server/tls/authority.ts'
import { bounds } from '../shared/bounds.ts'
import { headerText } from '../shared/escape.ts'
import { findOperation } from '../spec/find-operation.ts'
import type { Operation } from '../spec/operation.ts'
import { toIso } from '../world/instant.ts'
import { Anonymiser } from './anonymise.ts'
import { type HarSink, RecordingFailure } from './har.ts'
import { headersFor } from './headers-for.ts'
import { requestProblems, responseDeviations, signatureProblems } from './inspect.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { failed, refuse, refuseBody } from './refuse.ts'

/** What a proxy is told; only `target` is needed. */
export interface ProxyOptions {
  /** Base URL of the service, without /koodrive. */
  readonly target: string
  /** Name of the target's host, said once more, when it is not loopback. */
  readonly confirmHost?: string | undefined
  /** Replaces the client's proof of identity by one of these credentials. */
  readonly reSign?: boolean | undefined
  /** To sign anew, and to explain a wrong signature of the client. */
  readonly credentials?: ContractCredentials | undefined
  /** Where exchanges are written to, without secrets and without people. */
  readonly har?: HarSink | undefined
  /** Longest time until the whole answer of the service is there, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Called with every finished exchange; its diagnosis names what deviates from the description. */
  readonly onExchange?: ((exchange: FinishedExchange) => void) | undefined
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Epoch milliseconds, for X-Date. */
  readonly now?: (() => number) | undefined
}

export interface Proxy {
  /** Answers in process, without a port. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  readonly close: () => Promise<void>
}

/**
 * Creates a proxy in front of the real service.
 *
 * @throws ContractUsageError when the target is none, its host is not confirmed, or credentials to sign with are absent.
 */
export function createProxy(options: ProxyOptions): Proxy {
  const { baseUrl, host, isLoopback } = toTarget(options.target)
  const { confirmHost, reSign = false, credentials = {} } = options
  if (!isLoopback && confirmHost !== host) {
    throw new ContractUsageError(
      `what goes through the proxy reaches ${host}: say --confirm-host ${host} if you mean it`,
    )
  }
  if (reSign && !credentials.accessToken && !(credentials.appId && credentials.appSecret && credentials.userId)) {
    throw new ContractUsageError(
      '--re-sign needs KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID, or KOODRIVE_ACCESS_TOKEN',
    )
  }
  const relay = new Relay(baseUrl, options)
  const app = new Hono<AppEnv>()
  app.all('*', (context) => relay.answer(context))
  app.onError(failed)
  const ports = new OpenPorts()
  return {
    fetch: async (request) => app.fetch(request),
    listen: (where = {}) => ports.add(listen(app, where, async () => createAuthority(systemTime.now()))),
    async close() {
      await ports.close()
      await relay.end()
      options.har?.close()
    },
  }
}

const decoder = new TextDecoder()

/** Takes requests to the service and answers back, and looks at both. */
class Relay {
  readonly #baseUrl: string
  readonly #options: ProxyOptions
  readonly #anonymiser: Anonymiser
  readonly #now: () => number
  /** Calls that have no answer yet, with what breaks them off. */
  readonly #underWay = new Map<Promise<Response>, AbortController>()
  #count = 0
  #inFlight = 0

  constructor(baseUrl: string, options: ProxyOptions) {
    this.#baseUrl = baseUrl
    this.#options = options
    const { appSecret = '', accessToken = '', appAccessToken = '' } = options.credentials ?? {}
    const { host } = new URL(baseUrl)
    this.#anonymiser = new Anonymiser(new Pseudonyms(), [appSecret, accessToken, appAccessToken], [host])
    this.#now = options.now ?? systemTime.now
  }

  async answer({ env, req }: AppContext): Promise<Response> {
    const wire = wireOf(req.raw, env)
    try {
      // A page in a browser must not act in the name of the credentials that are here.
      if (wire.isSocket) guard(req.raw.headers, 'GET', { token: undefined, hosts: [] })
    } catch (error) {
      if (error instanceof Problem) return error.toResponse()
      throw error
    }
    const over = new AbortController()
    const stopWaiting = wire.whenGone(() => over.abort())
    const passing = this.#relay(wire, over.signal)
    this.#underWay.set(passing, over)
    try {
      return await passing
    } finally {
      stopWaiting()
      this.#underWay.delete(passing)
    }
  }

  /** Breaks off what is under way, and resolves when all of it is recorded. */
  async end(): Promise<void> {
    for (const over of this.#underWay.values()) over.abort()
    await Promise.allSettled(this.#underWay.keys())
  }

  /** Counts what is held at once; a crowd of large bodies must not take all memory. */
  async #relay(exchange: Wire, over: AbortSignal): Promise<Response> {
    let held = 0
    const hold = (bytes: number): void => {
      if (this.#inFlight + bytes > bounds.proxyBytesInFlight.value) {
        throw new ForwardError('The proxy holds as many bytes as it may at once. Send this again when others are done.')
      }
      this.#inFlight += bytes
      held += bytes
    }
    try {
      return await this.#pass(exchange, hold, over)
    } finally {
      this.#inFlight -= held
    }
  }

  async #pass(exchange: Wire, hold: (bytes: number) => void, over: AbortSignal): Promise<Response> {
    const { method, target } = exchange
    const [at, started] = [this.#now(), systemTime.elapsed()]
    this.#count += 1
    const [path = ''] = target.split('?')
    const operation = findOperation(method, path)?.operation
    const body = await exchange.body().catch(refuseBody)
    if (body instanceof Response) return body
    const problems = await this.#look(operation, exchange, body)
    let answer: Answer
    try {
      const { reSign = false, credentials = {}, fetch = globalThis.fetch, har } = this.#options
      const { timeoutMs = bounds.proxyTimeoutMs.value } = this.#options
      hold(body.length)
      reserve(har)
      const url = this.#baseUrl + target
      const headers = headersFor(operation, exchange, url, body, reSign ? credentials : undefined, at)
      answer = await forward(method, url, headers, body, {
        who: 'The service',
        flag: '--target',
        trustFlag: '--ca',
        fetch,
        timeoutMs,
        over,
        hold,
      })
    } catch (error) {
      if (!(error instanceof ForwardError)) throw error
      const refused = refuse(operation === undefined ? 'pathNotFound' : 'badGateway', error.message)
      answer = {
        status: refused.status,
        headers: [...refused.headers],
        body: new Uint8Array(await refused.arrayBuffer()),
      }
      problems.push(`proxy: ${error.message}`)
    }
    if (operation !== undefined && !problems.some((problem) => problem.startsWith('proxy:'))) {
      problems.push(...responseDeviations(operation, answer.status, decoder.decode(answer.body)))
    }
    this.#tell({ exchange, operation, body, answer, problems, at, durationMs: systemTime.elapsed() - started })
    const headers = withDiagnosis(answer, problems)
    const hasBody = answer.body.length > 0 && !BODILESS.has(answer.status)
    return new Response(hasBody ? Buffer.from(answer.body) : null, { status: answer.status, headers })
  }

  async #look(operation: Operation | undefined, exchange: Wire, body: Uint8Array): Promise<string[]> {
    if (operation === undefined) return ['request: no operation has this path and method']
    const { reSign = false, credentials = {} } = this.#options
    const signature = reSign ? [] : signatureProblems(exchange, body, this.#baseUrl, credentials, this.#now())
    return [...(await requestProblems(operation, exchange)), ...signature]
  }

  #tell({ exchange, operation, body, answer, problems, at, durationMs }: Passed): void {
    const { method } = exchange
    const anonymiser = this.#anonymiser
    // The request is read first: what it names is then known wherever the answer repeats it.
    const request = {
      method: anonymiser.method(method),
      url: this.#baseUrl + anonymiser.target(exchange.target),
      headers: anonymiser.headers(exchange.headers),
      body: anonymiser.body(decoder.decode(body)),
    }
    const response = {
      status: answer.status,
      headers: anonymiser.headers(answer.headers),
      body: anonymiser.body(decoder.decode(answer.body)),
    }
    const found = problems.map((problem) => anonymiser.remark(problem))
    const rounded = Math.round(durationMs * 1000) / 1000
    const comment = [operation?.operationId ?? 'no operation', ...found].join('; ')
    try {
      this.#options.har?.add({ at: toIso(at), durationMs: rounded, request, response, comment })
    } catch (error) {
      // The service has done its work: a full disk must not make its answer an error.
      found.push(`archive: it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'closed'})`)
    }
    this.#options.onExchange?.({
      ...{ sandbox: undefined, requestId: `proxy-${this.#count}`, operation: operation?.operationId, method },
      target: anonymiser.target(exchange.target),
      ...{ status: answer.status, durationMs, faults: [] },
      diagnosis: found.length === 0 ? undefined : found.join('; '),
    })
  }
}

/** What services refuse a signature with. Reading auth-failure-status. */
const AUTH_STATUSES: ReadonlySet<number> = new Set([400, 401, 403])

/**
 * The headers of an answer for the client. Where the signature of a refused request is wrong behind the proxy, the client
 * learns why, in place of what the service makes of it.
 */
function withDiagnosis({ status, headers }: Answer, problems: readonly string[]): [string, string][] {
  const all = headers.map(([name, value]): [string, string] => [name, value])
  const signature = problems.filter((problem) => problem.startsWith('signature: '))
  if (!AUTH_STATUSES.has(status) || signature.length === 0) return all
  const text = signature.map((problem) => problem.slice('signature: '.length)).join('; ')
  const others = all.filter(([name]) => name.toLowerCase() !== 'x-mock-diagnosis')
  return [...others, ['X-Mock-Diagnosis', headerText(`As the proxy passes this on, its signature is wrong: ${text}.`)]]
}

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

/** Room for the exchange, before the service is called: what it does must not go unrecorded. */
function reserve(har: HarSink | undefined): void {
  try {
    har?.reserve?.()
  } catch (error) {
    if (!(error instanceof RecordingFailure)) throw error
    throw new ForwardError(`Nothing was sent: ${error.message}. Free space, or start the proxy without --har.`)
  }
}

interface Passed {
  readonly exchange: Wire
  readonly operation: Operation | undefined
  readonly body: Uint8Array
  readonly answer: Answer
  readonly problems: readonly string[]
  readonly at: number
  readonly durationMs: number
}
