import { StoreError } from './database.ts'

const TLS_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']
const URL_FORM = /^postgres(?:ql)?:\/\//i

/** Whether a store is named by a URL: many processes share it. */
export const isShared = (place: string): boolean => URL_FORM.test(place)

/**
 * Refuses what names no store, before anything is opened.
 *
 * @throws StoreError `usage`; a URL is not repeated, it may hold a password.
 */
export function checkPlace(place: string): void {
  if (place.trim() === '') throw new StoreError('usage', 'The name of a store is empty. Give a folder or postgres://….')
  if (!isShared(place)) {
    const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1]
    if (scheme === undefined) return
    throw new StoreError('usage', `A store takes a folder or postgres://…, not ${scheme}://….`)
  }
  if (!URL.canParse(place)) {
    throw new StoreError(
      'usage',
      'The URL of the store is malformed: postgres://USER:PASSWORD@HOST:PORT/DATABASE; write @, : and / of a password as %40, %3A and %2F.',
    )
  }
  const mode = new URL(place).searchParams.get('sslmode')
  if (mode !== null && !TLS_MODES.includes(mode)) {
    throw new StoreError('usage', `The URL of the store has sslmode=${mode}. Allowed: ${TLS_MODES.join(', ')}.`)
  }
}
