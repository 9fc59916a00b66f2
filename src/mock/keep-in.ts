import { randomBytes } from 'node:crypto'
import type { JournalEntry } from '../journal/journal-entry.ts'
import type { Deps } from '../server/deps.ts'
import { DeletedSandboxes } from '../server/stored/deleted-sandboxes.ts'
import type { StoreOrder } from '../server/stored/store-order.ts'
import { StoreTime } from '../server/stored/store-time.ts'
import { StoredSandbox } from '../server/stored/stored-sandbox.ts'
import { Unattributed } from '../server/stored/unattributed.ts'
import { systemTime } from '../server/system-time.ts'
import { once } from '../spec/once.ts'
import { MemoryLog } from '../world/log.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { World } from '../world/world.ts'
import type { WorldOptions } from '../world/world-options.ts'

/** What keeps the sandboxes of a service in a store. */
export interface Keeping {
  readonly worldOptions: Pick<WorldOptions, 'makeSandbox' | 'endsIdle'>
  /** The order of calls, when the store is open. Rejects with a StoreError when it cannot be opened. */
  readonly order: () => Promise<StoreOrder>
  /** Looks what other processes have done, for whoever watches. */
  readonly watch: () => void
  readonly begin: (world: World) => void
  readonly noteForgotten: (sandbox: Sandbox) => void
  readonly noteExchange: (owner: Sandbox | undefined, entry: JournalEntry) => void
  readonly noteCleared: (owner: Sandbox | undefined) => void
  readonly close: () => Promise<void>
}

export interface KeepingDeps {
  readonly deps: () => Deps
  /** Called with every exchange that another process has written. */
  readonly onForeign: (owner: Sandbox | undefined, entry: JournalEntry) => void
}

/** Keeps sandboxes in a store: a folder, or the URL of a database. It is opened at once, or with the first call. */
export function keepIn(place: string, { deps, onForeign }: KeepingDeps): Keeping {
  const deleted = new DeletedSandboxes()
  const logs = new MemoryLog()
  const unattributed = new Unattributed()
  const open = once(async () => {
    const { openOrder } = await import('../server/stored/open-order.ts')
    const { world, journals, time, onError, metrics } = deps()
    const about = { world, journals, time, deleted, logs, unattributed, onForeign, onError }
    return openOrder(place, about, (...what) => metrics.store.note(...what))
  })
  return {
    worldOptions: {
      makeSandbox: (config, createdAt) =>
        new StoredSandbox(config, drawn(12), new StoreTime(systemTime), createdAt, logs),
      endsIdle: false,
    },
    order: open,
    watch: () =>
      void open().then(
        (order) => order.watch(),
        () => undefined,
      ),
    begin(world) {
      for (const sandbox of world.all()) (sandbox as StoredSandbox).isProvisional = true
      // Whoever calls first learns what went wrong.
      setImmediate(() => void open().catch(() => undefined))
    },
    noteForgotten: ({ id }) => deleted.note(id),
    noteExchange(owner, entry) {
      if (!deps().journals.keepsAny) return
      if (owner === undefined) unattributed.note(entry)
      else (owner as StoredSandbox).exchanges.push(entry)
    },
    noteCleared(owner) {
      if (owner === undefined) unattributed.clear(deps().journals.unattributed.requests)
      else (owner as StoredSandbox).clearJournal()
    },
    async close() {
      const order = await open().catch(() => undefined)
      await order?.close()
    },
  }
}

const drawn = (bytes: number): string => randomBytes(bytes).toString('hex')
