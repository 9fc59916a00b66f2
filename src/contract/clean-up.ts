import { toCanonical } from '../client/dialect.ts'
import { isRecord } from '../shared/json.ts'
import type { Operation } from '../spec/operation.ts'
import { createDepartment } from '../spec/operations/create-department.ts'
import { deleteDepartment } from '../spec/operations/delete-department.ts'
import { deleteUser } from '../spec/operations/delete-user.ts'
import { listDepartmentSpaces } from '../spec/operations/list-department-spaces.ts'
import { listUsers } from '../spec/operations/list-users.ts'
import type { OperationId } from '../spec/wire-types.ts'
import type { Exchange } from './exchange.ts'
import { describe, isNotFound, isSuccess, recordsIn } from './judge.ts'
import type { LedgerEntry } from './ledger.ts'
import { NetworkFailure, SkipCheck } from './outcome.ts'
import { defineProbe, type PlannedRequest, type Probe, type ProbeContext } from './probe.ts'
import { tokenAuth } from './probes/identity.ts'
import { pathOf } from './probes/management/call.ts'
import { requestFor } from './request-spec.ts'

/** What became of the things that a run created. */
export interface CleanUp {
  /** What the run marked its things with. */
  readonly run: string
  readonly users: number
  readonly departments: number
  /** What is still there, with the reason. */
  readonly left: readonly string[]
}

/** Users of a page, pages that are looked at, and departments of one run at most. */
const PAGE = 100
const MOST_PAGES = 3
const MOST_DEPARTMENTS = 10
/** A department goes before its parent; the tree has five levels at most. */
const MOST_ROUNDS = 5
/** How often it waits where nothing can be deleted yet, and how long the first time: twice as long each time. */
const MOST_WAITS = 3
const WAIT_MS = 500

const times = (most: number): PlannedRequest['times'] => [0, most]

/** The requests of cleaning up, as the plan shows them. */
const requests: readonly PlannedRequest[] = [
  {
    ...listDepartmentSpaces,
    query: `keyWord={run prefix}&offset=0&limit=${PAGE}`,
    times: times(1),
  },
  {
    ...listUsers,
    query: `{run prefix or department}&offset={offset}&limit=${PAGE}`,
    times: times(MOST_PAGES + MOST_DEPARTMENTS),
  },
  { ...deleteUser, query: '', times: times(PAGE) },
  { ...deleteDepartment, query: '', times: times(MOST_DEPARTMENTS * (MOST_ROUNDS + MOST_WAITS)) },
].map(({ method, path, query, times: often }) => ({ method, path, query, times: often }))

/** Deletes what the run created, when it has reached its end. */
export const cleaning: Probe<CleanUp> = defineProbe<CleanUp>({
  id: 'clean-up',
  operation: 'deleteUser',
  safety: 'write',
  needs: ['access-token', 'writes'],
  requests,
  uses: [tokenAuth],
  run: (context) => cleanUp(context, context.facts.prefix, context.recorded()),
})

/** Deletes what an earlier run has left, by what its ledger says. */
export const cleaningOf = (run: string, entries: readonly LedgerEntry[]): Probe<CleanUp> =>
  defineProbe<CleanUp>({ ...cleaning, id: `clean-up.${run}`, run: (context) => cleanUp(context, run, entries) })

/** Looks for what an earlier run has left, and deletes nothing. */
export const lookingFor = (run: string, entries: readonly LedgerEntry[]): Probe<Leftovers> =>
  defineProbe<Leftovers>({
    ...cleaning,
    id: `clean-up.${run}.look`,
    safety: 'read',
    needs: ['access-token'],
    requests: requests.filter(({ method }) => method === 'GET'),
    run: (context) => leftoversOf(context, run, entries),
  })

/** A thing that is to be deleted. */
interface Thing {
  readonly id: string
  readonly what: string
}

type Sends = Pick<ProbeContext, 'send' | 'get'>
type Row = Readonly<Record<string, unknown>>

/** What is left of a run: users first, then departments from the bottom up. */
export interface Leftovers {
  readonly users: readonly Thing[]
  readonly departments: readonly Thing[]
}

/**
 * Finds what carries the mark of a run, or what its ledger names. Nothing else is touched: somebody who was put into a
 * department of the run stays, and so does that.
 */
async function leftoversOf(context: Sends, run: string, entries: readonly LedgerEntry[]): Promise<Leftovers> {
  if (!entries.some(({ phones, creates }) => phones.length > 0 || creates !== undefined)) {
    return { users: [], departments: [] }
  }
  const members = new Set(entries.flatMap(({ creates }) => (creates?.kind === 'user' ? [creates.name] : [])))
  const departments = await departmentsOf(context, run, entries)
  return { users: await usersOf(context, run, departments, members), departments }
}

/** Deletes what is found. */
async function cleanUp(context: ProbeContext, run: string, entries: readonly LedgerEntry[]): Promise<CleanUp> {
  const { users, departments } = await leftoversOf(context, run, entries)
  const left: string[] = []
  const note = (line: Partial<LedgerEntry>): void =>
    context.record({ run, at: context.facts.now(), operation: 'clean-up', phones: [], note: 'clean-up', ...line })

  let gone = 0
  for (const { id, what } of users) {
    note({ note: `delete user ${id}` })
    const exchange = await removal(context, deleteUser, { userId: id })
    if (isDone(exchange)) gone += 1
    else left.push(`${what}: ${describe(exchange)}`)
  }
  let rest = departments
  let waits = 0
  const refusals = new Map<string, string>()
  for (let round = 0; round < MOST_ROUNDS + MOST_WAITS && rest.length > 0; round += 1) {
    const refused: Thing[] = []
    for (const department of rest) {
      note({ note: `delete department ${department.id}` })
      const exchange = await removal(context, deleteDepartment, { department_id: department.id })
      if (isDone(exchange)) continue
      refusals.set(department.id, `${department.what}: ${describe(exchange)}`)
      refused.push(department)
    }
    const isStuck = refused.length === rest.length
    rest = refused
    if (isStuck && waits === MOST_WAITS) break
    // Users may be deleted behind the scenes, and a department go only after them.
    if (isStuck) {
      await context.sleep(WAIT_MS * 2 ** waits)
      waits += 1
    }
  }
  left.push(...rest.flatMap(({ id }) => refusals.get(id) ?? []))
  if (left.length === 0) note({ cleaned: true })
  return { run, users: gone, departments: departments.length - rest.length, left }
}

/** Whether a thing is not there any more; a target that has no such operation does not say not found. */
const isDone = (exchange: Exchange): boolean => isSuccess(exchange) || isNotFound(exchange)

const removal = async ({ send, get }: Sends, operation: Operation, params: Record<string, string>): Promise<Exchange> =>
  send(requestFor({ ...operation, path: pathOf(operation, params) }, await get(tokenAuth)))

async function listed(
  { send, get }: Sends,
  operation: Operation,
  key: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly Row[] | undefined> {
  const exchange = await send(requestFor(operation, await get(tokenAuth), { query }))
  const { json } = exchange.response
  if (!isSuccess(exchange) || !isRecord(json)) return undefined
  return recordsIn(toCanonical(operation.operationId as OperationId, json)[key])
}

/** Departments that carry the mark in their names; those that the ledger has the ids of where they cannot be listed. */
async function departmentsOf(context: Sends, run: string, entries: readonly LedgerEntry[]): Promise<readonly Thing[]> {
  const created = entries.filter(({ operation }) => operation === createDepartment.operationId)
  if (created.length === 0) return []
  const ids = created.flatMap((entry) => (entry.created === undefined ? [] : [entry.created]))
  const query = { keyWord: run, offset: '0', limit: String(PAGE) }
  const rows = await listed(context, listDepartmentSpaces, 'departments', query)
  const named = rows?.filter(({ name }) => String(name).startsWith(run)).map(({ id }) => String(id))
  const found = [...new Set(named ?? ids)].slice(0, MOST_DEPARTMENTS)
  // Those that are listed first stand above the others.
  return found.reverse().map((id) => ({ id, what: `department ${id}` }))
}

async function usersOf(
  context: Sends,
  run: string,
  departments: readonly Thing[],
  members: ReadonlySet<string>,
): Promise<readonly Thing[]> {
  const found = new Map<string, Thing>()
  const keep = (rows: readonly Row[]): void => {
    for (const { id, userId, name } of rows) {
      const isOwn = members.has(String(userId)) || String(name).includes(run)
      if (isOwn && /^[1-9]\d*$/.test(String(id))) found.set(String(id), { id: String(id), what: `user ${String(id)}` })
    }
  }
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { keyWord: run, offset: String(page * PAGE), limit: String(PAGE) }
    const rows = await listed(context, listUsers, 'list', query)
    keep(rows ?? [])
    if (rows === undefined || rows.length < PAGE) break
  }
  for (const { id } of departments) {
    keep((await listed(context, listUsers, 'list', { deptId: id, offset: '0', limit: String(PAGE) })) ?? [])
  }
  return [...found.values()].slice(0, PAGE)
}

/** What cleaning up came to; undefined when it could not be done, which a ledger outlives. */
export async function cleanedUp(get: <T>(probe: Probe<T>) => Promise<T>): Promise<CleanUp | undefined> {
  try {
    return await get(cleaning)
  } catch (error) {
    if (error instanceof SkipCheck || error instanceof NetworkFailure) return undefined
    throw error
  }
}
