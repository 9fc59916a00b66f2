/** An authorization code: redeemed once, within its time. */
export interface AuthCode {
  readonly code: string
  /** KooDrive id of the user who signed in; undefined for a well-known administrator of an organisation without users. */
  readonly userId: string
  /** Virtual epoch milliseconds. */
  readonly expiresAt: number
  isUsed: boolean
}

/** Codes that a sandbox keeps; the oldest go first. */
const CODES_KEPT = 1000

/** The authorization codes of a sandbox. Used and expired ones stay known for a while, so that a refusal can say so. */
export class AuthCodes {
  readonly #codes = new Map<string, AuthCode>()

  get(code: string): AuthCode | undefined {
    return this.#codes.get(code)
  }

  add(code: AuthCode): void {
    this.#codes.set(code.code, code)
    const oldest = this.#codes.size > CODES_KEPT ? this.#codes.keys().next().value : undefined
    if (oldest !== undefined) this.#codes.delete(oldest)
  }
}
