import type { Readings } from '../../spec/readings.ts'
import type { RegisterUserInfo } from '../../spec/wire-types.ts'
import type { Characters } from '../characters.ts'
import type { TextRanges } from '../text-ranges.ts'

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

/** The users of a batch, field by field. */
export type UserFields = Readonly<Record<keyof RegisterUserInfo, TextRanges>>

type Codes = Characters['codes']

/** The rows that break a rule, by index, each with the first one it breaks. */
export function findProblems({ phone, email, password }: UserFields, readings: Readings): Record<number, RowProblem> {
  const problems: Record<number, RowProblem> = {}
  const isAnyPhone = readings['phone-form'] !== 'digits'
  const { codes } = phone.whole
  const { codes: emails } = email.whole
  const { codes: passwords } = password.whole
  /** Where a sound password begins and ends: the users of a batch often have the same. */
  let [soundFrom, soundTo] = [0, 0]
  for (let row = 0; row < phone.length; row += 1) {
    const [emailFrom, emailTo] = [email.startOf(row), email.endOf(row)]
    const [from, to] = [password.startOf(row), password.endOf(row)]
    if (!isAnyPhone && !isPhone(codes, phone.startOf(row), phone.endOf(row))) problems[row] = 'phone'
    else if (emailTo > emailFrom && !isEmail(emails, emailFrom, emailTo)) problems[row] = 'email'
    else if (to > from && !isSame(passwords, from, to, soundFrom, soundTo)) {
      if (isPassword(passwords, from, to)) [soundFrom, soundTo] = [from, to]
      else problems[row] = 'password'
    }
  }
  return problems
}

/** The rule in words. */
export const problemReason = (problem: RowProblem): string => reasons[problem]

const BLANK = 0x20
const PLUS = 0x2b
const DOT = 0x2e
const AT = 0x40
const PHONE_DIGITS = { min: 5, max: 20 }
const LOCAL_PART_MAX = 64
const PASSWORD_MIN = 8
const LAST_ASCII = 0x7f

/** Whether two texts are equal. */
function isSame(codes: Codes, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false
  for (let at = from, other = otherFrom; at < to; at += 1, other += 1) if (codes[at] !== codes[other]) return false
  return true
}

/** `^\+?\d{5,20}$` */
function isPhone(codes: Codes, from: number, to: number): boolean {
  const first = codes[from] === PLUS ? from + 1 : from
  if (to - first < PHONE_DIGITS.min || to - first > PHONE_DIGITS.max) return false
  for (let at = first; at < to; at += 1) if (!isDigit(codes[at] as number)) return false
  return true
}

/** `^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$` */
function isEmail(codes: Codes, from: number, to: number): boolean {
  let at = from
  while (at < to && isPlain(codes[at] as number)) at += 1
  if (at === from || at - from > LOCAL_PART_MAX || at === to || codes[at] !== AT) return false
  const domain = at + 1
  let label = domain
  for (at = domain; at < to; at += 1) {
    const code = codes[at] as number
    if (!isPlain(code)) return false
    if (code !== DOT) continue
    if (at === label) return false
    label = at + 1
  }
  return label > domain && label < to
}

/** Whether a character is neither @ nor a blank. */
const isPlain = (code: number): boolean => code !== AT && !isSpace(code)

/** One walk over the characters: a batch has a thousand passwords. */
function isPassword(codes: Codes, from: number, to: number): boolean {
  let hasLetter = false
  let hasDigit = false
  let run = 0
  let before = -1
  for (let at = from; at < to; at += 1) {
    const code = codes[at] as number
    run = code === before ? run + 1 : 1
    if (run === 3 || code < BLANK || isSpace(code)) return false
    before = code
    hasDigit ||= isDigit(code)
    hasLetter ||= isLetter(code)
  }
  return to - from >= PASSWORD_MIN && hasLetter && hasDigit
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const isLetter = (code: number): boolean =>
  code > LAST_ASCII ? /\p{L}/u.test(String.fromCharCode(code)) : (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** What `\s` matches. */
const isSpace = (code: number): boolean =>
  code > BLANK
    ? code > LAST_ASCII && /\s/.test(String.fromCharCode(code))
    : code === BLANK || (code >= 0x09 && code <= 0x0d)
