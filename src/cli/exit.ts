/** Exit codes of every command. */
export const exitCodes = { ok: 0, failure: 1, usage: 2, unavailable: 3 } as const

/** Ends the process with one line on stderr. */
export class ExitError extends Error {
  override name = 'ExitError' as const
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

export const usageError = (message: string): ExitError => new ExitError(exitCodes.usage, message)
