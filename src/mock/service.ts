import { randomBytes } from 'node:crypto'
import { Coverage } from '../journal/coverage/coverage.ts'
import type { JournalEntry } from '../journal/journal-entry.ts'
import type { FinishedExchange } from '../journal/journal-view.ts'
import { Journals, UNATTRIBUTED } from '../journal/journals.ts'
import { Viewer } from '../journal/viewer.ts'
import type { RouteFunction } from '../routes/route.ts'
import { noteHost } from '../server/authentication/known-hosts.ts'
import { SearchBudget } from '../server/authentication/search-budget.ts'
import type { GuardOptions } from '../server/control/guard.ts'
import { createApp } from '../server/create-app.ts'
import type { Deps } from '../server/deps.ts'
import { createWatchedHub } from '../server/events/watcher.ts'
import type { Fallback } from '../server/fallback/fallback.ts'
import { listen } from '../server/listen.ts'
import { type Listening, type ListenOptions, OpenPorts } from '../server/listening.ts'
import { Metrics } from '../server/metrics/metrics.ts'
import type { Mutation } from '../server/mutation.ts'
import type { SandboxDefaults } from '../server/sandboxes/sandbox-options.ts'
import { systemTime } from '../server/system-time.ts'
import type { Authority } from '../server/tls/authority.ts'
import { isLoopback } from '../shared/address.ts'
import { printable } from '../shared/escape.ts'
import { once } from '../spec/once.ts'
import type { Credentials } from '../world/config.ts'
import { type FileChange, followFile } from '../world/follow-file.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { DEFAULT_SANDBOX, World } from '../world/world.ts'
import { keepIn } from './keep-in.ts'
import type { FallbackOptions, MockOptions, SandboxesChoice } from './mock-options.ts'

/** Choices that were looked at: names are replaced by what they stand for. */
export interface ServiceOptions
  extends Pick<
    MockOptions,
    | 'maxJournal'
    | 'maxJournalBytes'
    | 'store'
    | 'debugHeaders'
    | 'control'
    | 'redirectHosts'
    | 'fallback'
    | 'cors'
    | 'onExchange'
    | 'onError'
  > {
  readonly defaults: SandboxDefaults
  readonly sandboxes?: SandboxesChoice
  readonly mutation: Mutation | undefined
  /** Routes that functions answer. */
  readonly routeFunctions?: readonly RouteFunction[]
  /** Whether this process does nothing but serve. */
  readonly ownsProcess?: boolean
}

/** What serves: all that a port needs, and none of what programs hold a mock by. */
export interface Service {
  readonly deps: Deps
  readonly app: ReturnType<typeof createApp>
  /** Credentials of the sandbox `default`. */
  readonly credentials: Credentials
  /** Opens a port; see `Mock.listen`. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  /** Goes over to what a file says now: new sandboxes start with it, and others that have followed it so far do too. */
  readonly follow: (change: FileChange) => Promise<void>
  /** Closes every port and what watches. */
  readonly close: () => Promise<void>
}

/** Exchanges that the journal of a sandbox keeps. */
export const DEFAULT_MAX_JOURNAL = 1000

/** Puts a mock together. */
export function createService({ defaults: given, sandboxes, mutation, ...options }: ServiceOptions): Service {
  const defaults: { -readonly [K in keyof SandboxDefaults]: SandboxDefaults[K] } = { ...given }
  const { control = {}, maxJournal = DEFAULT_MAX_JOURNAL, onError = printError } = options
  /** Counts an exchange and tells whoever listens. */
  const note = (owner: Sandbox | undefined, entry: JournalEntry): void => {
    coverage.note(owner, entry)
    if (events.isHeard) {
      let data: object | undefined
      events.publish({
        type: 'request',
        sandbox: owner?.id ?? UNATTRIBUTED,
        get data() {
          data ??= summary(owner, entry)
          return data
        },
      })
    }
  }
  const keeping = options.store === undefined ? undefined : keepIn(options.store, { deps: () => deps, onForeign: note })
  const onForget = (sandbox: Sandbox): void => {
    deps.journals.forget(sandbox)
    keeping?.noteForgotten(sandbox)
  }
  const world = new World({
    seed: defaults.seed,
    drawHex: sandboxes?.isSeeded === true ? undefined : (_, length) => randomBytes(length / 2).toString('hex'),
    maxSandboxes: sandboxes?.maxSandboxes,
    ttlMs: sandboxes?.sandboxTtlMs,
    realNow: systemTime.now,
    onForget,
    ...keeping?.worldOptions,
  })
  world.createDefault(defaults)
  keeping?.begin(world)
  const coverage = new Coverage()
  const events = createWatchedHub(world, systemTime.elapsed, keeping?.watch)
  const metrics = new Metrics()
  let authority: Authority | undefined
  const guard: GuardOptions | undefined =
    control === false ? undefined : { token: control.token, hosts: control.hosts ?? [], pageProof: randomToken() }
  const deps: Deps = {
    world,
    journals: new Journals({
      size: maxJournal,
      maxBytes: options.maxJournalBytes,
      observe(owner, entry) {
        note(owner, entry)
        keeping?.noteExchange(owner, entry)
      },
      onClear: (owner) => keeping?.noteCleared(owner),
    }),
    coverage,
    events,
    metrics,
    time: systemTime,
    sayIn: async (language, english) => (await import('../console/texts/say.ts')).sayIn(language, english),
    fetch: async (request) => app.fetch(request),
    searches: new SearchBudget(systemTime.elapsed),
    startedAt: systemTime.elapsed(),
    isReady: () => true,
    hasControl: control !== false,
    debugHeaders: options.debugHeaders ?? true,
    redirectHosts: options.redirectHosts ?? [],
    routeFunctions: options.routeFunctions ?? [],
    corsOrigins: options.cors ?? [],
    fallback: options.fallback && toFallback(options.fallback),
    get controlToken() {
      return guard?.token
    },
    authority: () => authority?.pem,
    mutation,
    order: keeping?.order,
    isReadBack: () => maxJournal > 0 || events.isHeard || options.onExchange !== undefined,
    onExchange(exchange) {
      metrics.tally.count(exchange)
      if (options.onExchange !== undefined) options.onExchange(line(exchange))
    },
    onError(error) {
      metrics.tally.countError()
      onError(error)
    },
  }
  /** Nobody outside sees an exchange with its secrets. */
  const line = (exchange: FinishedExchange) => new Viewer(deps, world.get(exchange.sandbox ?? '')).line(exchange)
  const summary = (owner: Sandbox | undefined, entry: JournalEntry) => new Viewer(deps, owner).summary(entry)
  const loadControl = (guard: GuardOptions) =>
    once(async () => {
      const { createControlPlane } = await import('../server/control/control-plane.ts')
      const { controlRoutes } = await import('./control-routes.ts')
      return createControlPlane(deps, defaults, guard, controlRoutes)
    })
  const app = createApp(deps, guard && loadControl(guard))
  const ports = new OpenPorts()
  // Others go on with a store: whoever asked this process last shall have an answer, and not ask twice.
  const graceMs = keeping === undefined ? 0 : 5000
  const loadAuthority = async () => {
    const { createAuthority } = await import('../server/tls/authority.ts')
    authority ??= createAuthority(systemTime.now())
    return authority
  }
  return {
    deps,
    app,
    get credentials() {
      return (world.get(DEFAULT_SANDBOX) as Sandbox).config.credentials
    },
    async follow(change) {
      if (change.what === 'scenario') defaults.scenario = change.now
      else defaults.routes = change.now
      const order = await keeping?.order()
      // Those that no call of this process has met yet, too.
      await order?.refresh()
      for (const { id } of [...world.all()]) {
        const work = async () => followFile(world, id, change)
        await (order === undefined ? work() : order.take(id, work))
      }
    },
    async listen(where = {}) {
      await keeping?.order()
      const isOpen = guard !== undefined && guard.token === undefined && !isLoopback(where.host ?? '127.0.0.1')
      const controlToken = isOpen ? randomToken() : undefined
      // From now on, before the first caller can come.
      if (controlToken !== undefined && guard !== undefined) guard.token = controlToken
      const listening = await ports.add(
        listen(app, where, loadAuthority, { ownsProcess: options.ownsProcess === true, graceMs }),
      )
      // A zone is for this machine only: no URL of a program may hold it, and no client sends it.
      noteHost(world, new URL(listening.url.replace(/%25[^\]]*/, '')).host)
      return { ...listening, controlToken }
    },
    async close() {
      events.close()
      await ports.close()
      await keeping?.close()
    },
  }
}

function toFallback({ url, fetch = globalThis.fetch, credentials = false }: FallbackOptions): Fallback {
  return { url, fetch, passesCredentials: credentials, mark: `koodrive-mock-${randomToken()}` }
}

/** What nobody guesses. */
const randomToken = (): string => randomBytes(24).toString('base64url')

/** An error of the mock itself, with its stack, where nobody takes it for output. */
function printError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error)
  process.stderr.write(`koodrive-mock failed; please report this: ${text.split('\n').map(printable).join('\n')}\n`)
}
