import type { Command } from './commands.ts'

/** The commands of every sandbox, in order. In memory here; durable and shared logs implement the same interface. */
export interface CommandLog {
  /**
   * Adds a command behind `expectedSequence` commands.
   *
   * @throws LogConflictError when the log holds another number: somebody else wrote in between.
   */
  append(sandbox: string, expectedSequence: number, command: Command): void
  /** The commands from a sequence number on; undefined when they are too many to have been kept. */
  read(sandbox: string, fromSequence: number): readonly Command[] | undefined
  /** Forgets a sandbox. */
  drop(sandbox: string): void
}

export class LogConflictError extends Error {
  override name = 'LogConflictError' as const
}

/** What a sandbox may log before its log is given up: commands, and rows of batches. */
export const LOG_MAX_WEIGHT = 500_000

interface Entries {
  readonly commands: Command[]
  /** Commands so far, those given up included. */
  length: number
  weight: number
}

/** A log that lives as long as the process. A sandbox that works on and on loses its log, not the memory of the host. */
export class MemoryLog implements CommandLog {
  readonly #logs = new Map<string, Entries>()
  readonly #maxWeight: number

  constructor(maxWeight = LOG_MAX_WEIGHT) {
    this.#maxWeight = maxWeight
  }

  append(sandbox: string, expectedSequence: number, command: Command): void {
    const log = this.#logs.get(sandbox) ?? { commands: [], length: 0, weight: 0 }
    if (log.length !== expectedSequence) {
      throw new LogConflictError(`The log of ${sandbox} holds ${log.length} commands, not ${expectedSequence}.`)
    }
    log.length += 1
    log.weight += command.type === 'create-task' ? 1 + command.rows.length : 1
    if (log.weight <= this.#maxWeight) log.commands.push(command)
    else log.commands.length = 0
    this.#logs.set(sandbox, log)
  }

  read(sandbox: string, fromSequence: number): readonly Command[] | undefined {
    const log = this.#logs.get(sandbox)
    if (log === undefined) return []
    return log.commands.length < log.length ? undefined : log.commands.slice(fromSequence)
  }

  drop(sandbox: string): void {
    this.#logs.delete(sandbox)
  }
}
