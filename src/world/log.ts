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

class LogConflictError extends Error {
  override name = 'LogConflictError' as const
}

/** What a sandbox may log before its log is given up: commands, and rows of batches. */
export const LOG_MAX_WEIGHT = 500_000
/** What all sandboxes may log together: a command or a row takes up to some 100 bytes. */
export const LOGS_MAX_WEIGHT = 1_000_000

interface Entries {
  readonly commands: Command[]
  /** Commands so far, those given up included. */
  length: number
  /** Commands and rows that are kept. */
  weight: number
  isGivenUp: boolean
}

export interface LogBounds {
  readonly maxWeight?: number
  readonly maxTotalWeight?: number
}

/**
 * A log that lives as long as the process. A sandbox that works on and on loses its log, not the memory of the host;
 * when all logs together are too large, the largest is given up.
 */
export class MemoryLog implements CommandLog {
  readonly #logs = new Map<string, Entries>()
  readonly #maxWeight: number
  readonly #maxTotalWeight: number
  #weight = 0

  constructor({ maxWeight = LOG_MAX_WEIGHT, maxTotalWeight = LOGS_MAX_WEIGHT }: LogBounds = {}) {
    this.#maxWeight = maxWeight
    this.#maxTotalWeight = maxTotalWeight
  }

  append(sandbox: string, expectedSequence: number, command: Command): void {
    const log = this.#logs.get(sandbox) ?? { commands: [], length: 0, weight: 0, isGivenUp: false }
    if (log.length !== expectedSequence) {
      throw new LogConflictError(`The log of ${sandbox} holds ${log.length} commands, not ${expectedSequence}.`)
    }
    this.#logs.set(sandbox, log)
    log.length += 1
    if (log.isGivenUp) return
    const weight = command.type === 'create-task' ? 1 + command.rows.length : 1
    log.commands.push(command)
    log.weight += weight
    this.#weight += weight
    if (log.weight > this.#maxWeight) this.#giveUp(log)
    else if (this.#weight > this.#maxTotalWeight) this.#giveUp(this.#largest(log))
  }

  read(sandbox: string, fromSequence: number): readonly Command[] | undefined {
    const log = this.#logs.get(sandbox)
    if (log === undefined) return []
    return log.isGivenUp ? undefined : log.commands.slice(fromSequence)
  }

  drop(sandbox: string): void {
    this.#weight -= this.#logs.get(sandbox)?.weight ?? 0
    this.#logs.delete(sandbox)
  }

  #giveUp(log: Entries): void {
    this.#weight -= log.weight
    log.weight = 0
    log.commands.length = 0
    log.isGivenUp = true
  }

  #largest(first: Entries): Entries {
    let largest = first
    for (const log of this.#logs.values()) if (log.weight > largest.weight) largest = log
    return largest
  }
}
