import { closeSync, readFileSync } from 'node:fs'
import { appendLine, appendPrivate } from '../shared/files.ts'
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
  /** What is about to be created besides batches. */
  readonly creates?: OwnThing
  /** The KooDrive id of what was created, written behind the call. */
  readonly created?: string
  /** Set when everything that the run created is deleted. */
  readonly cleaned?: true
  /** Written behind the call: what it was answered, so that a run can go on with what another one created. */
  readonly answer?: EarlierAnswer
}

/** A department by its name, or a user by the OrgID id: what a run calls its own. */
export interface OwnThing {
  readonly kind: 'department' | 'user'
  readonly name: string
}

/** An answer that a ledger keeps. */
export interface EarlierAnswer {
  /** The probe that got it. */
  readonly probe: string
  /** Which of its requests was answered so, from 0. */
  readonly attempt: number
  readonly status: number
  readonly body: string
}

/** What an earlier run has created. */
export interface EarlierRun {
  /** What it marked its things with: `kdc` and seven digits. */
  readonly run: string
  readonly answers: ReadonlyMap<string, EarlierAnswer>
  /** Everything that it wrote down: what it has left is deleted when the run that goes on reaches its end. */
  readonly entries: readonly LedgerEntry[]
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
      return appendPrivate(file)
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

const RUN = /^kdc\d{7}$/

/**
 * The entries of a ledger for one target, oldest first. A line that a killed run left half written is passed over.
 *
 * @throws ContractUsageError when the file cannot be read.
 */
export function ledgerEntries(file: string, target: string): readonly LedgerEntry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ContractUsageError(`the ledger ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  return text.split('\n').flatMap((line): LedgerEntry[] => {
    try {
      const entry = JSON.parse(line) as LedgerEntry
      const isOurs = typeof entry.run === 'string' && RUN.test(entry.run) && entry.target === target
      return isOurs && (entry.answer === undefined || isAnswer(entry.answer)) ? [entry] : []
    } catch {
      return []
    }
  })
}

/** Whether a line that somebody may have written by hand has what a run goes on with. */
function isAnswer(answer: unknown): answer is EarlierAnswer {
  const { probe, attempt, status, body } = (answer ?? {}) as Partial<Record<keyof EarlierAnswer, unknown>>
  return (
    typeof probe === 'string' && typeof attempt === 'number' && typeof status === 'number' && typeof body === 'string'
  )
}

/**
 * The last run of a ledger against a target, to go on with what it created; undefined when that run was cleaned up.
 *
 * @throws ContractUsageError when the file cannot be read or holds no run against the target.
 */
export function readLedger(file: string, target: string): EarlierRun | undefined {
  const all = ledgerEntries(file, target)
  const run = all.at(-1)?.run
  if (run === undefined) throw new ContractUsageError(`the ledger ${file} holds no run against ${target}`)
  const entries = all.filter((entry) => entry.run === run)
  if (entries.some(({ cleaned }) => cleaned === true)) return undefined
  const answers = entries.flatMap(({ answer }) => (answer === undefined ? [] : [answer]))
  return { run, answers: new Map(answers.map((answer) => [answer.probe, answer])), entries }
}
