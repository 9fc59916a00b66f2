import { firstHeader } from '../../shared/headers.ts'
import { parseExact } from '../../shared/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { toText } from '../viewer.ts'

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

/** An entry of the journal as a finding looks at it: parsed when asked for, and once. */
export class Call {
  readonly entry: JournalEntry
  readonly id: string
  /** Virtual time in epoch milliseconds. */
  readonly at: number
  readonly operation: string | undefined
  #query: URLSearchParams | undefined
  #request: { readonly json: unknown } | undefined
  #response: { readonly json: unknown } | undefined
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

  /** The JSON that was sent; undefined when it was none. */
  get request(): unknown {
    this.#request ??= { json: parsed(this.requestText) }
    return this.#request.json
  }

  /** Id of the task that a batch was answered with. */
  get createdTask(): string | undefined {
    if (this.operation !== 'createBatchProvisioningTask' || this.isRefused) return undefined
    return /"data":\s*"?(\d{1,20})/.exec(this.entry.responseBody)?.[1]
  }

  get requestText(): string {
    return toText(this.entry.requestBody)
  }

  /** The JSON that was answered; undefined when it was none. */
  get response(): unknown {
    this.#response ??= { json: parsed(this.entry.responseBody) }
    return this.#response.json
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

function parsed(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

/** The field of a value, if it is an object that has it. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** A value of a client or a server as a string; empty for an object or a list, which may have no string at all. */
export const scalarText = (value: unknown): string =>
  typeof value === 'object' || value === undefined ? '' : String(value)

const USER_EXISTS = String(errorEntry('userExists').code)

/** Phones that a page says could not be provisioned. */
export function failedPhones(call: Call): string[] {
  const rows = fieldOf(fieldOf(call.response, 'data'), 'registerList')
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown) => {
    const code = fieldOf(row, 'code')
    return code === undefined || scalarText(code) === USER_EXISTS ? [] : [scalarText(fieldOf(row, 'phone'))]
  })
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
