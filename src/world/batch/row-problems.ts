import type { Readings } from '../../spec/readings.ts'
import type { RegisterUserInfo } from '../../spec/wire-types.ts'

/** Rules of a row that the type does not express. Breaking one fails the row, not the request. */
const rules = {
  phone: {
    isKept: (phone: string) => /^\+?\d{5,20}$/.test(phone),
    reason: 'phone takes 5 to 20 digits, with or without a leading +',
  },
  email: {
    isKept: (email: string) => /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email),
    reason: 'email is not an e-mail address',
  },
  password: {
    // Member guide kd_03_0010.
    isKept: (password: string) => /^(?=.*\p{L})(?=.*\d)[^\s\p{Cc}]{8,}$/u.test(password) && !/(.)\1\1/su.test(password),
    reason:
      'password takes 8 characters or more with letters and digits, no space, and no character three times in a row',
  },
} as const

/** The field of a row that breaks its rule. */
export type RowProblem = keyof typeof rules

/** The rule in words. */
export const problemReason = (problem: RowProblem): string => rules[problem].reason

/** Finds the first rule that a user of a batch breaks. Fields that are absent or empty break none. */
export function problemFinder(readings: Readings): (user: RegisterUserInfo) => RowProblem | undefined {
  const isAnyPhone = readings['phone-form'] !== 'digits'
  /** The users of a batch often have the same first password. */
  let soundPassword: string | undefined
  return ({ phone, email, password }) => {
    if (!isAnyPhone && !rules.phone.isKept(phone)) return 'phone'
    if (email && !rules.email.isKept(email)) return 'email'
    if (!password || password === soundPassword) return undefined
    if (!rules.password.isKept(password)) return 'password'
    soundPassword = password
    return undefined
  }
}
