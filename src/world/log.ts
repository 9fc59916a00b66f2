import type { Command } from './commands.ts'

/** The commands of every sandbox, in order. In memory here; durable and shared logs implement the same interface. */
export interface CommandLog {
  /**
   * Adds a command behind `expectedSequence` commands.
   *
   * @throws LogConflictError when the log holds another number: somebody else wrote in between.
   */
  append(sandbox: string, expectedSequence: number, command: Command): void
  /** The commands from a sequence number on. */
  read(sandbox: string, fromSequence: number): readonly Command[]
  /** Forgets a sandbox. */
  drop(sandbox: string): void
}

export class LogConflictError extends Error {
  override name = 'LogConflictError' as const
}

/** A log that lives as long as the process. */
export class MemoryLog implements CommandLog {
  readonly #logs = new Map<string, Command[]>()

  append(sandbox: string, expectedSequence: number, command: Command): void {
    const log = this.#logs.get(sandbox) ?? []
    if (log.length !== expectedSequence) {
      throw new LogConflictError(`The log of ${sandbox} holds ${log.length} commands, not ${expectedSequence}.`)
    }
    log.push(command)
    this.#logs.set(sandbox, log)
  }

  read(sandbox: string, fromSequence: number): readonly Command[] {
    return (this.#logs.get(sandbox) ?? []).slice(fromSequence)
  }

  drop(sandbox: string): void {
    this.#logs.delete(sandbox)
  }
}
