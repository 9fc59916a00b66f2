import type { Credentials } from '../world/config.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { DEFAULT_SANDBOX, World } from '../world/world.ts'
import { lazyControl } from './control/mount.ts'
import { Coverage } from './coverage/coverage.ts'
import { createApp } from './create-app.ts'
import type { SandboxDefaults } from './defaults.ts'
import type { Deps } from './deps.ts'
import { createWatchedHub } from './events/watched-hub.ts'
import type { FinishedExchange } from './finished-exchange.ts'
import type { App } from './http/app.ts'
import type { JournalEntry } from './journal/journal.ts'
import { Journals } from './journal/journals.ts'
import { Viewer } from './journal/viewer.ts'
import { listen } from './listen.ts'
import type { Listening, ListenOptions } from './listening.ts'
import { Metrics } from './metrics/metrics.ts'
import type { MockOptions } from './mock-options.ts'
import type { Mutation } from './mutants/mutant.ts'
import { OpenPorts } from './open-ports.ts'
import { systemTime } from './system-time.ts'
import type { Authority } from './tls/authority.ts'
import { AnswerCache } from './vendor/answer-cache.ts'

/** Choices that were looked at: names are replaced by what they stand for. */
export interface ServiceOptions extends Pick<MockOptions, 'maxJournal' | 'debugHeaders' | 'control' | 'onExchange'> {
  readonly defaults: SandboxDefaults
  readonly mutation: Mutation | undefined
}

/** What serves: all that a port needs, and none of what programs hold a mock by. */
export interface Service {
  readonly deps: Deps
  readonly app: App
  /** Credentials of the sandbox `default`. */
  readonly credentials: Credentials
  /** Opens a port; see `Mock.listen`. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  /** Closes every port and what watches. */
  readonly close: () => Promise<void>
}

const DEFAULT_MAX_JOURNAL = 1000

/** Puts a mock together. */
export function createService({ defaults, mutation, ...options }: ServiceOptions): Service {
  const { control = {}, maxJournal = DEFAULT_MAX_JOURNAL } = options
  const world = new World({ seed: defaults.seed, realNow: systemTime.now })
  world.createDefault(defaults)
  const coverage = new Coverage()
  const events = createWatchedHub(world, systemTime.elapsed)
  const metrics = new Metrics()
  let authority: Authority | undefined
  const deps: Deps = {
    world,
    journals: new Journals(maxJournal, (owner, entry, shown) => {
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
    mutation,
    isReadBack: () => maxJournal > 0 || events.isHeard || options.onExchange !== undefined,
    onExchange(exchange) {
      metrics.tally.count(exchange)
      if (options.onExchange !== undefined) options.onExchange(line(exchange))
    },
  }
  /** Nobody outside sees an exchange with its secrets. */
  const line = (exchange: FinishedExchange) => new Viewer(deps, world.get(exchange.sandbox ?? '')).line(exchange)
  const summary = (owner: Sandbox, entry: JournalEntry) => new Viewer(deps, owner).summary(entry)
  const guard = control === false ? undefined : { token: control.token, hosts: control.hosts ?? [] }
  const app = createApp(deps, guard && lazyControl(deps, defaults, guard))
  const ports = new OpenPorts()
  return {
    deps,
    app,
    get credentials() {
      return (world.get(DEFAULT_SANDBOX) as Sandbox).config.credentials
    },
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
      await ports.close()
    },
  }
}
