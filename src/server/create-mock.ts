import { builtInScenario } from '../scenarios/load.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { Credentials } from '../world/config.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { DEFAULT_SANDBOX, World } from '../world/world.ts'
import { mountControl } from './control/mount.ts'
import { Coverage } from './coverage/coverage.ts'
import { createApp } from './create-app.ts'
import type { SandboxDefaults } from './defaults.ts'
import type { Deps, FinishedExchange } from './deps.ts'
import { createWatchedHub } from './events/watched-hub.ts'
import type { JournalEntry } from './journal/journal.ts'
import { Journals } from './journal/journals.ts'
import { Viewer } from './journal/viewer.ts'
import { type Listening, type ListenOptions, listen } from './listen.ts'
import { Metrics } from './metrics/metrics.ts'
import { createMockSandbox, type MockSandbox, type MockSandboxOptions, openSandbox } from './mock-sandbox.ts'
import { findMutant } from './mutants/mutants.ts'
import { importNamed, parseLog } from './sandboxes/log.ts'
import { systemTime } from './system-time.ts'
import { AnswerCache } from './vendor/answer-cache.ts'

/** Choices for a mock; every one has a default. */
export interface MockOptions {
  /** Seed of everything that is random. Default 1. */
  readonly seed?: number | undefined
  /** Seeded users of an organisation, 0 to 10,000,000. Default 200. */
  readonly users?: number | undefined
  /** Departments of an organisation, the root included, 1 to 10,000. Default 12. */
  readonly departments?: number | undefined
  /** Name of a built-in scenario, or a scenario. Default `happy-path`. */
  readonly scenario?: string | Scenario | undefined
  /** Readings by id, over those of the scenario. */
  readonly readings?: Readonly<Record<string, string>> | undefined
  /** Virtual time to start with a frozen clock, in epoch milliseconds. */
  readonly now?: number | undefined
  /** Batch rows settled per virtual second. Default 500. */
  readonly speed?: number | undefined
  /** An exported log, replayed at the start into a sandbox with the id and the credentials that it names. */
  readonly log?: unknown
  /** Exchanges that the journal of a sandbox keeps. Default 1,000; 0 keeps none. */
  readonly maxJournal?: number | undefined
  /** Whether answers carry X-Mock-* headers. Default true. */
  readonly debugHeaders?: boolean | undefined
  /** The control plane under /__admin; `false` leaves it out. */
  readonly control?: false | { readonly token?: string | undefined; readonly hosts?: readonly string[] | undefined }
  /** Name of a built-in mutant: the mock departs from the documents in this one way. `koodrive-mock mutants --list`. */
  readonly mutant?: string | undefined
  /** Called with every finished exchange. */
  readonly onExchange?: ((exchange: FinishedExchange) => void) | undefined
}

/** A mock, with or without a port. */
export interface Mock {
  /** Answers in process, without a port. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Opens a port. May be called more than once. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  /** Credentials of the sandbox `default`. */
  readonly credentials: Credentials
  /** The sandbox `default`. */
  readonly defaultSandbox: MockSandbox
  /** Makes a sandbox: an organisation with credentials of its own. */
  readonly sandbox: (options?: MockSandboxOptions) => MockSandbox
  readonly world: World
  /** Closes every port; nothing is left running. */
  readonly close: () => Promise<void>
}

const DEFAULT_MAX_JOURNAL = 1000

/**
 * Creates a mock of the KooDrive service.
 *
 * @throws ReadingError, ScenarioError, MutantError when a choice does not exist.
 * @example
 * const mock = createMock({ seed: 1 })
 * const response = await mock.fetch(new Request('http://mock/koodrive/ose/v1/userList?offset=0&limit=10', {
 *   headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}` },
 * }))
 */
export function createMock(options: MockOptions = {}): Mock {
  const { seed = 1, scenario = 'happy-path', readings = {}, control = {} } = options
  const defaults: SandboxDefaults = {
    seed,
    users: options.users,
    departments: options.departments,
    scenario: typeof scenario === 'string' ? builtInScenario(scenario) : scenario,
    readings,
    now: options.now,
    speed: options.speed,
  }
  const world = new World({ seed, realNow: systemTime.now })
  world.createDefault(defaults)
  const coverage = new Coverage()
  const events = createWatchedHub(world, systemTime.elapsed)
  const metrics = new Metrics()
  const deps: Deps = {
    world,
    journals: new Journals(options.maxJournal ?? DEFAULT_MAX_JOURNAL, (owner, entry) => {
      coverage.note(owner, entry)
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
  const app = createApp(deps)
  if (control !== false) mountControl(app, deps, defaults, { token: control.token, hosts: control.hosts ?? [] })
  const defaultSandbox = openSandbox(deps, DEFAULT_SANDBOX)
  const ports = new Set<Listening>()
  return {
    world,
    get credentials() {
      return defaultSandbox.credentials
    },
    defaultSandbox,
    sandbox: (choices = {}) => createMockSandbox(deps, defaults, choices),
    async fetch(request) {
      const response = await app.fetch(request)
      request.signal.throwIfAborted()
      return response
    },
    async listen(where = {}) {
      const listening = await listen(app, where)
      ports.add(listening)
      return listening
    },
    async close() {
      events.close()
      await Promise.all([...ports].map((port) => port.close()))
      ports.clear()
    },
  }
}
