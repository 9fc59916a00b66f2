import type { RowRule } from '../../scenarios/scenario.ts'
import type { PhoneKeys } from '../directory/phone-keys.ts'

/** What a reserved phone does to its row; `skip` names an existing user whoever that is. */
export interface MagicPhone {
  readonly outcome: RowRule['outcome'] | 'skip'
  readonly error?: RowRule['error'] | undefined
  readonly seconds?: number | undefined
}

const RESERVED = /^(?:\+86|0086)?19990000(\d{3})$/
/** Keys of the first reserved phones: without a country, and with 0086. */
const FIRST_KEYS = [119990000000, 1008619990000000] as const
const RESERVED_COUNT = 1000

/** Whether one of these phones is reserved. */
export function holdMagic({ phones, numbers }: PhoneKeys): boolean {
  const [short, long] = FIRST_KEYS
  for (let row = 0; row < numbers.length; row += 1) {
    const key = numbers[row] as number
    if (key >= short && key < short + RESERVED_COUNT) return true
    if (key >= long && key < long + RESERVED_COUNT) return true
    if (key === 0 && RESERVED.test(phones.at(row))) return true
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
