import { FIRST_INSTANT, LAST_INSTANT, toIso } from '../../world/instant.ts'

/** Options as the control plane takes them: nothing undefined, and a time in epoch milliseconds as ISO 8601. */
export function isoNow(options: { readonly now?: string | number | undefined }): Record<string, unknown> {
  const { now } = options
  const isInstant = typeof now === 'number' && now >= FIRST_INSTANT && now <= LAST_INSTANT
  const given = Object.entries({ ...options, now: isInstant ? toIso(now) : now })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
