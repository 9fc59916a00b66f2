/** What is known of a failed call, for people and logs. Secrets are not part of it. */
export interface ErrorEvidence {
  readonly method: string
  readonly path: string
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number | undefined
  /** Beginning of the body of the answer. */
  readonly body?: string | undefined
}

export interface ErrorDetails {
  readonly operation: string
  readonly evidence: ErrorEvidence
  /** Code of the service as a string, such as `13000102`. */
  readonly code?: string | undefined
  /** Id of the exchange, when the service gives one. */
  readonly requestId?: string | undefined
  /** What the service says about the cause beyond its message; the mock says what was wrong with the request. */
  readonly diagnosis?: string | undefined
  readonly cause?: unknown
}

/** A call that did not succeed. Every error of the client is one. */
export class KooDriveError extends Error {
  override name: string = 'KooDriveError'
  readonly operation: string
  readonly code: string | undefined
  readonly evidence: ErrorEvidence
  readonly requestId: string | undefined
  readonly diagnosis: string | undefined

  constructor(message: string, { operation, evidence, code, requestId, diagnosis, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause })
    this.operation = operation
    this.evidence = evidence
    this.code = code
    this.requestId = requestId
    this.diagnosis = diagnosis
  }
}

/** The proof of identity was refused: signature, token, X-Date or X-User-Id. */
export class AuthenticationError extends KooDriveError {
  override name = 'AuthenticationError'
}

/** The caller may not do this. */
export class PermissionError extends KooDriveError {
  override name = 'PermissionError'
}

/** A task, department, user or space is unknown. */
export class NotFoundError extends KooDriveError {
  override name = 'NotFoundError'
}

/** A parameter was refused, by the service or, before anything was sent, by the client. */
export class ParameterError extends KooDriveError {
  override name = 'ParameterError'
}

/** The service cannot answer now, and may say when it can. */
class UnavailableError extends KooDriveError {
  /** How long it asks to wait, in milliseconds; undefined when it does not say. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, details: ErrorDetails, retryAfterMs: number | undefined) {
    super(message, details)
    this.retryAfterMs = retryAfterMs
  }
}

/** The service failed: HTTP 5xx. */
export class ServerError extends UnavailableError {
  override name = 'ServerError'
}

/** The service asks for fewer calls: HTTP 429. */
export class ThrottledError extends UnavailableError {
  override name = 'ThrottledError'
}

/** There was no whole answer: refused connection, timeout of a call, truncated body. */
export class NetworkError extends KooDriveError {
  override name = 'NetworkError'
}

/** The answer is not what the documents describe. */
export class ProtocolError extends KooDriveError {
  override name = 'ProtocolError'
}

/**
 * Nobody knows whether a write took effect: the answer was lost. Submitting the users of a batch again is safe, because
 * a phone that has a user by then is skipped with the code 40000009 and the id of that user. Before any other write is
 * repeated, look at what it was to change.
 */
export class AmbiguousWriteError extends KooDriveError {
  override name = 'AmbiguousWriteError'
}

/** A task did not end in the time that it was given. It goes on; wait again with the same id. */
export class TimeoutError extends KooDriveError {
  override name = 'TimeoutError'
}

const names: ReadonlySet<string> = new Set([
  'KooDriveError',
  'AuthenticationError',
  'PermissionError',
  'NotFoundError',
  'ParameterError',
  'ThrottledError',
  'ServerError',
  'NetworkError',
  'ProtocolError',
  'AmbiguousWriteError',
  'TimeoutError',
])

/** Whether an error comes from the client; by name, so that two copies of the package agree. */
export const isKooDriveError = (error: unknown): error is KooDriveError =>
  error instanceof Error && names.has(error.name) && 'evidence' in error
