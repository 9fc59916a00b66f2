import type { Readings } from '../../spec/readings.ts'
import type { RegisterUserInfo } from '../../spec/wire-types.ts'

/** Rules of a row that the type does not express. Breaking one fails the row, not the request. */
const reasons = {
  phone: 'phone takes 5 to 20 digits, with or without a leading +',
  email: 'email is not an e-mail address',
  // Member guide kd_03_0010: 8 characters or more, letters and digits, no blank, no three equal characters in a row.
  password:
    'password takes 8 characters or more with letters and digits, no blank, and no character three times in a row',
} as const

/** The field of a row that breaks its rule. */
export type RowProblem = keyof typeof reasons

/** The rows that break a rule, by index, each with the first one it breaks. */
export function findProblems(
  rows: readonly RegisterUserInfo[],
  readings: Readings,
): Readonly<Record<number, RowProblem>> {
  const problems: Record<number, RowProblem> = {}
  const isAnyPhone = readings['phone-form'] !== 'digits'
  let soundPassword: string | undefined
  for (let row = 0; row < rows.length; row += 1) {
    const { phone, email, password } = rows[row] as RegisterUserInfo
    if (!isAnyPhone && !PHONE.test(phone)) problems[row] = 'phone'
    else if (isGiven(email) && !EMAIL.test(email)) problems[row] = 'email'
    else if (isGiven(password) && password !== soundPassword) {
      // The users of a batch often begin with one password.
      if (isPassword(password)) soundPassword = password
      else problems[row] = 'password'
    }
  }
  return problems
}

/** The rule in words. */
export const problemReason = (problem: RowProblem): string => reasons[problem]

const PHONE = /^\+?\d{5,20}$/
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== ''

/** One walk over the characters: a batch has a thousand passwords. */
function isPassword(text: string): boolean {
  let hasLetter = false
  let hasDigit = false
  let run = 0
  let before = -1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    run = code === before ? run + 1 : 1
    if (run === 3) return false
    before = code
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
