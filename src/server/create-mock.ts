import type { Duplex } from 'node:stream'
import type { Credentials } from '../world/config.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { DEFAULT_SANDBOX, World } from '../world/world.ts'
import { lazyControl } from './control/mount.ts'
import { Coverage } from './coverage/coverage.ts'
import { createApp } from './create-app.ts'
import type { Deps } from './deps.ts'
import { createWatchedHub } from './events/watched-hub.ts'
import type { FinishedExchange } from './finished-exchange.ts'
import { createMemoryConnections } from './http/memory-connections.ts'
import type { JournalEntry } from './journal/journal.ts'
import { Journals } from './journal/journals.ts'
import { Viewer } from './journal/viewer.ts'
import { listen } from './listen.ts'
import type { Listening, ListenOptions } from './listening.ts'
import { Metrics } from './metrics/metrics.ts'
import { type MockOptions, toDefaults } from './mock-options.ts'
import type { MockSandbox, MockSandboxOptions } from './mock-sandbox.ts'
import { findMutant } from './mutants/mutants.ts'
import { OpenPorts } from './open-ports.ts'
import { createMockSandbox, openSandbox } from './open-sandbox.ts'
import { importNamed, parseLog } from './sandboxes/log.ts'
import { systemTime } from './system-time.ts'
import type { Authority } from './tls/authority.ts'
import { AnswerCache } from './vendor/answer-cache.ts'

/** A mock, with or without a port. */
export interface Mock {
  /** Answers in process, without a port. Takes what `fetch` takes, so it fits wherever a client takes a `fetch`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /**
   * Opens a port, with `tls` for HTTPS. May be called more than once.
   *
   * @throws TlsError when certificate or key cannot be used; TypeError when a name fits into no certificate.
   */
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  /** Opens a connection without a port, HTTP/1.1 as over a socket; gives the client's end. */
  readonly connect: () => Duplex
  /** Credentials of the sandbox `default`. */
  readonly credentials: Credentials
  /** The sandbox `default`. */
  readonly defaultSandbox: MockSandbox
  /** Makes a sandbox: an organisation with credentials of its own. */
  readonly sandbox: (options?: MockSandboxOptions) => MockSandbox
  readonly world: World
  /** Closes every port and connection; nothing is left running. */
  readonly close: () => Promise<void>
}

const DEFAULT_MAX_JOURNAL = 1000

/**
 * Creates a mock of the KooDrive service.
 *
 * @throws Problem when an option is wrong; ReadingError, ScenarioError, MutantError when a choice does not exist.
 * @example
 * const mock = createMock({ seed: 1 })
 * const response = await mock.fetch('http://mock/koodrive/ose/v1/userList?offset=0&limit=10', {
 *   headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}` },
 * })
 */
export function createMock(options: MockOptions = {}): Mock {
  const { control = {} } = options
  const defaults = toDefaults(options)
  const world = new World({ seed: defaults.seed, realNow: systemTime.now })
  world.createDefault(defaults)
  const coverage = new Coverage()
  const events = createWatchedHub(world, systemTime.elapsed)
  const metrics = new Metrics()
  let authority: Authority | undefined
  const deps: Deps = {
    world,
    journals: new Journals(options.maxJournal ?? DEFAULT_MAX_JOURNAL, (owner, entry, shown) => {
      coverage.note(owner, entry, shown)
      if (events.isHeard) events.publish({ type: 'request', sandbox: owner.id, data: summary(owner, entry) })
    }),
    coverage,
    events,
    metrics,
    answers: new AnswerCache(),
    time: systemTime,
    startedAt: systemTime.elapsed(),
    isReady: () => true,
    debugHeaders: options.debugHeaders ?? true,
    controlToken: control === false ? undefined : control.token,
    authority: () => authority?.pem,
    mutation: options.mutant === undefined ? undefined : findMutant(options.mutant).mutate(),
    onExchange(exchange) {
      metrics.tally.count(exchange)
      if (options.onExchange !== undefined) options.onExchange(line(exchange))
    },
  }
  /** Nobody outside sees an exchange with its secrets. */
  const line = (exchange: FinishedExchange) => new Viewer(deps, world.get(exchange.sandbox ?? '')).line(exchange)
  const summary = (owner: Sandbox, entry: JournalEntry) => new Viewer(deps, owner).summary(entry)
  if (options.log !== undefined) importNamed(deps, parseLog(options.log))
  const guard = control === false ? undefined : { token: control.token, hosts: control.hosts ?? [] }
  const app = createApp(deps, guard && lazyControl(deps, defaults, guard))
  const defaultSandbox = openSandbox(deps, DEFAULT_SANDBOX)
  const ports = new OpenPorts()
  const memory = createMemoryConnections(app)
  return {
    world,
    get credentials() {
      return defaultSandbox.credentials
    },
    defaultSandbox,
    sandbox: (choices = {}) => createMockSandbox(deps, defaults, choices),
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init)
      const response = await app.fetch(request)
      request.signal.throwIfAborted()
      return response
    },
    connect: memory.open,
    listen: (where = {}) =>
      ports.add(
        listen(app, where, async () => {
          const { createAuthority } = await import('./tls/authority.ts')
          authority ??= createAuthority(systemTime.now())
          return authority
        }),
      ),
    async close() {
      events.close()
      memory.close()
      await ports.close()
    },
  }
}
