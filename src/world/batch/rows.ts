import type { Readings } from '../../spec/readings.ts'
import type { RegisterUserInfo } from '../../spec/wire-types.ts'

/** One user of a batch, as far as it is kept: no e-mail and no password. */
export interface BatchRow {
  readonly phone: string
  /** firstname and surname. */
  readonly name: string
  /** The rule that the row breaks, if it does: it fails then. */
  readonly problem?: RowProblem | undefined
}

/** The users of a batch in the order of submission: a list of rows, or anything that reads like one. */
export interface BatchRows extends Iterable<BatchRow> {
  readonly length: number
  at(row: number): BatchRow | undefined
}

/** The rows of a request, checked by the rules that its schema does not express. */
export function toBatchRows(users: readonly RegisterUserInfo[], readings: Readings): BatchRows {
  const problemOf = problemFinder(readings)
  return new PackedRows(users.length, (row) => {
    const user = users[row] as RegisterUserInfo
    const { phone, firstname, surname } = user
    return { phone, name: surname ? `${firstname} ${surname}` : firstname, problem: problemOf(user) }
  })
}

/** The same rows in a form that takes little memory: they are kept as long as their task or one of their users. */
export const packRows = (rows: BatchRows): PackedRows =>
  rows instanceof PackedRows ? rows : new PackedRows(rows.length, (row) => rows.at(row) as BatchRow)

/**
 * Rows as one string with the places where each phone and each name ends: with an object and two strings for each of a
 * thousand rows, storing a batch took ten times as long, most of it in the garbage collector (decision 14).
 */
export class PackedRows implements BatchRows {
  readonly length: number
  readonly #text: string
  /** Ends of the phone and of the name of each row in turn. */
  readonly #ends: Uint32Array
  readonly #problems = new Map<number, RowProblem>()

  constructor(length: number, rowAt: (row: number) => BatchRow) {
    this.length = length
    this.#ends = new Uint32Array(2 * length)
    const parts: string[] = []
    let end = 0
    for (let row = 0; row < length; row += 1) {
      const { phone, name, problem } = rowAt(row)
      parts.push(phone, name)
      end += phone.length
      this.#ends[2 * row] = end
      end += name.length
      this.#ends[2 * row + 1] = end
      if (problem !== undefined) this.#problems.set(row, problem)
    }
    this.#text = parts.join('')
  }

  at(row: number): BatchRow | undefined {
    if (row < 0 || row >= this.length) return undefined
    const name = this.#text.slice(this.#ends[2 * row], this.#ends[2 * row + 1])
    const problem = this.problemAt(row)
    return problem === undefined ? { phone: this.phoneAt(row), name } : { phone: this.phoneAt(row), name, problem }
  }

  phoneAt(row: number): string {
    return this.#text.slice(row === 0 ? 0 : this.#ends[2 * row - 1], this.#ends[2 * row])
  }

  problemAt(row: number): RowProblem | undefined {
    return this.#problems.get(row)
  }

  /** Whether a string occurs in any phone or name. Quick; it may also occur across two of them. */
  mayContain(text: string): boolean {
    return this.#text.includes(text)
  }

  *[Symbol.iterator](): Iterator<BatchRow> {
    for (let row = 0; row < this.length; row += 1) yield this.at(row) as BatchRow
  }

  /** A list of rows. */
  toJSON(): BatchRow[] {
    return [...this]
  }
}

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
type RowProblem = keyof typeof rules

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
