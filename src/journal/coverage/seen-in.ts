import { type ErrorName, errorEntry, errors } from '../../spec/errors.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { Call } from '../report-card/call.ts'
import { situations } from './situations.ts'

const names = Object.keys(errors) as ErrorName[]
const errorOfCode = new Map(names.map((name) => [String(errorEntry(name).code), name]))
/** Errors whose code repeats a status: what an answer without a name, such as that of a fault, means. */
const errorOfStatus = new Map(
  names
    .filter((name) => errorEntry(name).code === errorEntry(name).status)
    .map((name) => [errorEntry(name).status, name]),
)
const stateOfStatus = new Map<string, string>(Object.entries(taskStatuses).map(([state, status]) => [status, state]))

/** Begins the id of an own route. */
export const ROUTE = 'route:'

/** Ids of everything that an exchange of a sandbox showed, each once. */
export function seenIn(entry: JournalEntry, sandbox: Sandbox | undefined): Set<string> {
  const call = new Call(entry)
  const rowsOf = (taskId: string) => sandbox?.peek().tasks.get(taskId)?.total
  const seen = new Set<string>()
  const { operation, route } = entry
  if (route !== undefined) seen.add(`${ROUTE}${route}`)
  const error = entry.error ?? (entry.status >= 400 ? errorOfStatus.get(entry.status) : undefined)
  if (error !== undefined) seen.add(`error:${error}`)
  if (operation !== undefined && (error !== undefined || !call.isRefused)) {
    seen.add(`outcome:${operation}.${error ?? 'success'}`)
  }
  if (operation === 'queryBatchProvisioning' && !call.isRefused) addTask(entry.responseBody, seen)
  for (const { id, seen: isSeen } of situations) if (isSeen(call, rowsOf)) seen.add(`situation:${id}`)
  return seen
}

const ROW_CODE = /"code":\s*"(\d+)",\s*"reason"/g
const PHONE = '"phone":'

/** Read off the text: it is searched once, where parsing a full page would cost more than answering it. */
function addTask(text: string, seen: Set<string>): void {
  const state = stateOfStatus.get(/"status":\s*"(\d)"/.exec(text)?.[1] ?? '')
  if (state !== undefined) seen.add(`task:${state}`)
  let refused = 0
  for (const [, code = ''] of text.matchAll(ROW_CODE)) {
    refused += 1
    const error = errorOfCode.get(code)
    if (error !== undefined) seen.add(`error:${error}`)
    seen.add(error === 'userExists' ? 'row:existing' : 'row:failed')
  }
  if (hasMoreThan(refused, PHONE, text)) seen.add('row:success')
}

/** Stops at the first place beyond so many: an answer may have a thousand rows, and is polled often. */
function hasMoreThan(count: number, part: string, text: string): boolean {
  let found = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    found += 1
    if (found > count) return true
  }
  return false
}
