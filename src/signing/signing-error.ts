export type SigningErrorCode =
  | 'app-id-malformed'
  | 'app-secret-empty'
  | 'x-date-absent'
  | 'x-date-malformed'
  | 'x-user-id-absent'
  | 'x-user-id-malformed'
  | 'signed-headers-incomplete'
  | 'signed-header-malformed'
  | 'signed-header-absent'

/**
 * Thrown by `sign` when a request cannot be signed so that a server would accept it. The message says what is wrong
 * and what to do. Never thrown by `verify`, `parseAuthorization` or `diagnose`: those answer with a reason.
 */
export class SigningError extends Error {
  override readonly name = 'SigningError'
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Whether a value is a {@link SigningError}, also when it comes from another copy of this package. */
export function isSigningError(value: unknown): value is SigningError {
  return value instanceof Error && value.name === 'SigningError' && 'code' in value
}
