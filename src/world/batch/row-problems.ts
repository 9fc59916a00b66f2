import type { Readings } from '../../spec/readings.ts'
import type { RegisterUserInfo } from '../../spec/wire-types.ts'

/** Rules of a row that the type does not express. Breaking one fails the row, not the request. */
const rules: readonly Rule[] = [
  {
    id: 'phone',
    broken: ({ phone }, readings) => readings['phone-form'] === 'digits' && !/^\+?\d{5,20}$/.test(phone),
    reason: 'phone takes 5 to 20 digits, with or without a leading +',
  },
  {
    id: 'email',
    broken: ({ email }) => isGiven(email) && !/^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email),
    reason: 'email is not an e-mail address',
  },
  {
    // Member guide kd_03_0010: 8 characters or more, letters and digits, no blank, no three equal characters in a row.
    id: 'password',
    broken: ({ password }) => isGiven(password) && !isPassword(password),
    reason:
      'password takes 8 characters or more with letters and digits, no blank, and no character three times in a row',
  },
]

interface Rule {
  readonly id: RowProblem
  readonly broken: (row: RegisterUserInfo, readings: Readings) => boolean
  readonly reason: string
}

/** The field of a row that breaks its rule. */
export type RowProblem = 'phone' | 'email' | 'password'

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== ''

/** One walk over the characters: a batch has a thousand passwords. */
function isPassword(text: string): boolean {
  let hasLetter = false
  let hasDigit = false
  let run = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    run = code === text.charCodeAt(at - 1) ? run + 1 : 1
    if (run === 3) return false
    if (code >= 0x30 && code <= 0x39) hasDigit = true
    else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) hasLetter = true
    else if (code <= 0x20) return false
    else if (code > 0x7f) {
      if (/\s/.test(text[at] ?? '')) return false
      hasLetter ||= /\p{L}/u.test(text[at] ?? '')
    }
  }
  return text.length >= 8 && hasLetter && hasDigit
}

/** The first rule a row breaks. */
export function findProblem(row: RegisterUserInfo, readings: Readings): RowProblem | undefined {
  for (const rule of rules) if (rule.broken(row, readings)) return rule.id
  return undefined
}

/** The rule in words. */
export const problemReason = (problem: RowProblem): string => rules.find(({ id }) => id === problem)?.reason ?? problem
