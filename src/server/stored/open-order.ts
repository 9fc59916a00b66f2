import type { StoreError } from '../../store/database.ts'
import { measured, type NoteStore } from '../../store/measured.ts'
import { openStore } from '../../store/open-store.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import { LOG_VERSION } from '../sandboxes/log-file.ts'
import { StoreOrder } from './store-order.ts'
import { StoredWorld, type StoredWorldDeps } from './stored-world.ts'

/**
 * Opens a store and brings the sandbox `default` to what it says, or the other way round when it is empty.
 *
 * @param place A folder, or the URL of a database.
 * @param note Told how long the store takes.
 * @throws StoreError
 */
export async function openOrder(place: string, deps: StoredWorldDeps, note: NoteStore): Promise<StoreOrder> {
  const store = await openStore(place, LOG_VERSION, (database) => measured(database, deps.time.elapsed, note))
  const stored = new StoredWorld(store, deps)
  const order = new StoreOrder(store, stored, deps.time)
  const takeDefault = () => order.take(DEFAULT_SANDBOX, async () => undefined)
  try {
    // Where two start together on an empty store, one makes the sandbox and the other one takes it.
    await takeDefault().catch((error: StoreError) => {
      if (error.kind !== 'conflict') throw error
      return takeDefault()
    })
    await order.flush()
  } catch (error) {
    await store.close()
    throw error
  }
  return order
}
