import type { RowRule } from '../../scenarios/scenario.ts'

/** What a reserved phone does to its row; `skip` names an existing user whoever that is. */
export interface MagicPhone {
  readonly outcome: RowRule['outcome'] | 'skip'
  readonly error?: RowRule['error'] | undefined
  readonly seconds?: number | undefined
}

/** Phones 19990000000 to 19990000999, with or without the country. */
const RESERVED = /^(?:\+86|0086)?19990000(\d{3})$/
/** What every reserved phone contains. */
export const MAGIC_PART = '19990000'

/**
 * The effect of a reserved phone: …009 is skipped as existing, …102 fails on its parameters, …311 fails for want of
 * space, …500 fails the whole task, …6nn takes nn seconds. Others just succeed.
 */
export function magicPhone(phone: string): MagicPhone | undefined {
  const suffix = RESERVED.exec(phone)?.[1]
  if (suffix === undefined) return undefined
  if (suffix === '009') return { outcome: 'skip' }
  if (suffix === '102') return { outcome: 'fail', error: 'verifyParametersFailed' }
  if (suffix === '311') return { outcome: 'fail', error: 'insufficientSpace' }
  if (suffix === '500') return { outcome: 'task-fails', error: 'innerServerInvokeFailure' }
  if (suffix.startsWith('6')) return { outcome: 'success', seconds: Number(suffix.slice(1)) }
  return { outcome: 'success' }
}
