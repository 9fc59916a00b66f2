import type { Duplex } from 'node:stream'
import { findMutant } from '../mutants/mutants.ts'
import { createMemoryConnections } from '../server/http/memory-connections.ts'
import type { Listening, ListenOptions } from '../server/listening.ts'
import { badRequest, sandboxNamed } from '../server/problem.ts'
import type { SandboxFilter } from '../server/sandboxes/find-sandboxes.ts'
import { importNamed, parseLog } from '../server/sandboxes/log.ts'
import { parseSnapshot, restoreSnapshot, takeSnapshot } from '../server/snapshots/snapshot.ts'
import type { SnapshotFile } from '../server/snapshots/snapshot-format.ts'
import type { Credentials } from '../world/config.ts'
import { DEFAULT_SANDBOX, type World } from '../world/world.ts'
import { toDefaults, toSandboxesChoice } from './mock-input.ts'
import type { MockOptions } from './mock-options.ts'
import { splitRoutes } from './mock-routes.ts'
import type { MockSandbox } from './mock-sandbox.ts'
import { createMockSandbox, openJournal, openSandbox } from './open-sandbox.ts'
import type { MockSandboxOptions } from './sandbox-options.ts'
import { createService } from './service.ts'

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
  /** Requests whose AppId or token belongs to no sandbox. */
  readonly unattributed: MockSandbox['journal']
  /**
   * A sandbox that is there, such as one of a snapshot.
   *
   * @throws Problem when there is none with this id.
   */
  readonly openSandbox: (id: string) => MockSandbox
  /** All sandboxes, or those with a label, a name or a string in them, as a JSON value that can be kept and restored. */
  readonly snapshot: (filter?: SandboxFilter) => SnapshotFile
  /**
   * Restores the sandboxes of a snapshot, as a value or as a string, each in the place of the one with its id; others stay.
   * Gives their ids.
   *
   * @throws Problem, CommandError when anything is wrong with it; nothing has changed then.
   */
  readonly restore: (snapshot: unknown) => string[]
  readonly world: World
  /** Closes every port and connection; nothing is left running. */
  readonly close: () => Promise<void>
}

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
  const defaults = toDefaults(options)
  if (options.snapshot !== undefined && options.store !== undefined) {
    throw badRequest('snapshot: a mock with a store begins with what the store holds. Call mock.restore(snapshot).')
  }
  const mutation = options.mutant === undefined ? undefined : findMutant(options.mutant).mutate()
  const { deps, app, listen, close } = createService({
    ...options,
    defaults,
    sandboxes: toSandboxesChoice(options),
    mutation,
    routeFunctions: splitRoutes(options.routes).functions,
  })
  if (options.snapshot !== undefined) restoreSnapshot(deps, parseSnapshot(options.snapshot))
  if (options.log !== undefined) importNamed(deps, parseLog(options.log))
  const defaultSandbox = openSandbox(deps, DEFAULT_SANDBOX)
  const memory = createMemoryConnections(app)
  return {
    world: deps.world,
    get credentials() {
      return defaultSandbox.credentials
    },
    defaultSandbox,
    unattributed: openJournal(deps, () => undefined),
    sandbox: (choices = {}) => createMockSandbox(deps, defaults, choices),
    openSandbox: (id) => openSandbox(deps, sandboxNamed(deps.world, id).id),
    snapshot: (filter) => takeSnapshot(deps, filter),
    restore: (snapshot) => restoreSnapshot(deps, parseSnapshot(snapshot)).map(({ id }) => id),
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init)
      const response = await app.fetch(request)
      request.signal.throwIfAborted()
      return response
    },
    connect: memory.open,
    listen,
    async close() {
      memory.close()
      await close()
    },
  }
}
