import type { RowRule } from '../../scenarios/scenario.ts'
import type { TextColumn } from '../text-column.ts'

/** What a reserved phone does to its row; `skip` names an existing user whoever that is. */
export interface MagicPhone {
  readonly outcome: RowRule['outcome'] | 'skip'
  readonly error?: RowRule['error'] | undefined
  readonly seconds?: number | undefined
}

const RESERVED = /^(?:\+86|0086)?19990000(\d{3})$/
/** Digits of a phone without its country. */
const DIGITS = 11
const ONE = 0x31
const NINE = 0x39

/** Whether one of these phones is reserved. */
export function holdMagic(phones: TextColumn): boolean {
  for (let row = 0; row < phones.length; row += 1) {
    const at = phones.endOf(row) - DIGITS
    const may = phones.text.charCodeAt(at) === ONE && phones.text.charCodeAt(at + 1) === NINE
    if (may && RESERVED.test(phones.at(row))) return true
  }
  return false
}

/**
 * The effect of a reserved phone, 19990000000 to 19990000999: …009 is skipped as existing, …102 fails on its
 * parameters, …311 fails for want of space, …500 fails the whole task, …6nn takes nn seconds. Others just succeed.
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
