import { firstHeader } from '../../shared/headers.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { type Facts, factsOf } from './facts.ts'

/** What an answer of queryBatchProvisioning told the client. */
export interface Poll {
  readonly taskId: string
  /** Row that the page begins with. */
  readonly from: number
  /** Row behind the last of the page. */
  readonly to: number
  readonly isFinished: boolean
  /** Rows settled by then. */
  readonly settled: number
}

const ended: readonly string[] = [taskStatuses.done, taskStatuses.failed]

/** An entry of the journal as a finding looks at it. */
export class Call {
  readonly entry: JournalEntry
  readonly id: string
  /** Virtual time in epoch milliseconds. */
  readonly at: number
  readonly operation: string | undefined
  #query: URLSearchParams | undefined
  #facts: Facts | undefined
  #mistake: { readonly text: string | undefined } | undefined
  #poll: { readonly poll: Poll | undefined } | undefined

  constructor(entry: JournalEntry) {
    this.entry = entry
    this.id = entry.requestId
    this.at = entry.at
    this.operation = entry.operation
  }

  /** Whether the client got anything but a success: a refusal, a fault, no answer at all. */
  get isRefused(): boolean {
    return this.entry.error !== undefined || this.entry.status !== 200
  }

  get query(): URLSearchParams {
    const { target } = this.entry
    const start = target.indexOf('?')
    this.#query ??= new URLSearchParams(start < 0 ? '' : target.slice(start + 1))
    return this.#query
  }

  /** Finds out everything that takes time, so that whoever asks afterwards has it at once. */
  read(): this {
    void [this.facts, this.poll, this.mistake]
    return this
  }

  get facts(): Facts {
    this.#facts ??= factsOf(this.entry, this.isRefused)
    return this.#facts
  }

  /** What was signed wrongly; undefined when nothing was. */
  get mistake(): string | undefined {
    this.#mistake ??= { text: mistakeOf(this.entry) }
    return this.#mistake.text
  }

  /** Id of the task that a batch was answered with. */
  get createdTask(): string | undefined {
    if (this.operation !== 'createBatchProvisioningTask' || this.isRefused) return undefined
    return /"data":\s*"?(\d{1,20})/.exec(this.entry.responseBody)?.[1]
  }

  /** Value of a request header by its lower-case name. */
  header(name: string): string | undefined {
    return firstHeader(this.entry.requestHeaders, name)
  }

  /** Value of a header of the answer by its lower-case name. */
  answerHeader(name: string): string | undefined {
    return Object.entries(this.entry.responseHeaders).find(([key]) => key.toLowerCase() === name)?.[1]
  }

  /** What the client learned of a task; undefined when this is no answered queryBatchProvisioning. */
  get poll(): Poll | undefined {
    this.#poll ??= {
      poll: this.operation === 'queryBatchProvisioning' && !this.isRefused ? this.#readPoll() : undefined,
    }
    return this.#poll.poll
  }

  /** Read off the text: pages that are cut off, in the journal or by a fault, still tell. */
  #readPoll(): Poll | undefined {
    const text = this.entry.responseBody
    const status = /"status":\s*"(\d)"/.exec(text)?.[1]
    if (status === undefined) return undefined
    const count = (name: string) => Number(new RegExp(`"${name}":\\s*(\\d+)`).exec(text)?.[1] ?? 0)
    const from = Number(this.query.get('cursor') || 0)
    const settled = count('successCount') + count('failCount') + count('skipCount')
    const next = /"(?:nextPageCursor|nextCursor)":\s*"(\d+)"/.exec(text)?.[1]
    return {
      taskId: this.query.get('taskId') ?? '',
      from,
      to: next === undefined ? settled : Number(next),
      isFinished: ended.includes(status),
      settled,
    }
  }
}

function mistakeOf({ rule, error, search, diagnosis = '' }: JournalEntry): string | undefined {
  if (!/(?:^|\.)signature\.(?!date-)/.test(rule) || error !== 'unauthorized') return undefined
  const named = search?.latest.mistakes.map(({ title, cure }) => `${title}: ${cure}.`).join(' ') ?? ''
  return named === '' ? diagnosis : named
}

/** Calls by a key, in order; those without a key are left out. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
