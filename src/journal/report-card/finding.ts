import type { Call } from './call.ts'

/** `error` loses or corrupts something · `warning` breaks under load or over time · `info` is worth a thought. */
export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** What proves a finding. */
export interface Evidence {
  /** Exchanges in the order they happened. */
  readonly requestIds: readonly string[]
  /** One sentence with the numbers. */
  readonly detail: string
}

/** What a finding may know besides the calls. */
export interface FindingContext {
  /** Shortest virtual time between two polls of a task in milliseconds. */
  readonly minPollMs: number
  /** Whether the journal dropped older calls. */
  readonly isTruncated: boolean
  /** Ids that exist in the sandbox: departments, tasks, the administrator. */
  readonly knownIds: () => Iterable<string>
  /** The batches of the sandbox, their phones with commas: a lost answer does not tell whether there is one. Empty when none was lost. */
  readonly batches: readonly { readonly id: string; readonly createdAt: number; readonly phones: string }[]
  /** A target as it is shown; it differs from what was sent when that holds a secret. */
  readonly shownTarget: (call: Call) => string
}

/** A habit of clients that hurts in production, as data. */
export interface Finding {
  /** Readable and forever. */
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** What it leads to. */
  readonly why: string
  /** What to do instead. */
  readonly cure: string
  /** Looks for it in the calls of a sandbox, oldest first. */
  readonly find: (calls: readonly Call[], context: FindingContext) => readonly Evidence[]
}

export const defineFinding = (finding: Finding): Finding => finding
