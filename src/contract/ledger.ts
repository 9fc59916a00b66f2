import { closeSync } from 'node:fs'
import { appendLine, openPrivate } from '../shared/files.ts'
import { ContractUsageError } from './outcome.ts'

/** Something that a run is about to create, written down before the call. */
export interface LedgerEntry {
  /** What the run marks its things with. */
  readonly run: string
  readonly at: number
  readonly operation: string
  /** Base URL of the target; the run fills it in. */
  readonly target?: string
  readonly phones: readonly string[]
  readonly note: string
}

export interface Ledger {
  readonly write: (entry: LedgerEntry) => void
  readonly close: () => void
}

/**
 * A ledger file, one JSON object a line. Each line is on the disk before the call it announces, so a killed run leaves a
 * complete list of what it may have created.
 *
 * @throws ContractUsageError when the file cannot be written.
 */
export function openLedger(file: string): Ledger {
  const descriptor = (() => {
    try {
      return openPrivate(file, 'a')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new ContractUsageError(`the ledger ${file} cannot be written (${code}); nothing was sent`)
    }
  })()
  return {
    write(entry) {
      appendLine(descriptor, JSON.stringify(entry))
    },
    close: () => closeSync(descriptor),
  }
}
