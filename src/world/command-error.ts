import type { ErrorName } from '../spec/errors.ts'

/** Why a command is refused, for whoever answers a client. */
export interface CommandErrorOptions {
  /** The error of the service; `verifyParametersFailed` when absent. */
  readonly error?: ErrorName
  /** Readable id of the rule that was broken. */
  readonly rule?: string
}

/** Thrown when a command cannot be carried out; the state is as it was before, and nothing is logged. */
export class CommandError extends Error {
  override name = 'CommandError' as const
  readonly error: ErrorName
  readonly rule: string

  constructor(message: string, { error = 'verifyParametersFailed', rule = 'command' }: CommandErrorOptions = {}) {
    super(message)
    this.error = error
    this.rule = rule
  }
}
