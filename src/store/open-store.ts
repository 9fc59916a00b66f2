import type { Database } from './database.ts'
import { checkPlace, isShared } from './place.ts'
import { Store } from './store.ts'

/**
 * Opens a store by what names it: a folder, or the URL of a database.
 *
 * @param watch Puts something before the database, to measure it.
 * @throws StoreError
 */
export async function openStore(
  place: string,
  logVersion: number,
  watch: (database: Database) => Database = (database) => database,
): Promise<Store> {
  checkPlace(place)
  const database: Database = isShared(place)
    ? await (await import('./postgres.ts')).openPostgres(place)
    : await (await import('./pglite.ts')).openPglite(place)
  try {
    return await Store.open(watch(database), logVersion)
  } catch (error) {
    await database.close()
    throw error
  }
}
