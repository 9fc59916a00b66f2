import { limits } from '../../spec/limits.ts'
import type { Operation } from '../../spec/operation.ts'
import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import type { Exchange } from '../exchange.ts'
import { given, isSuccess, recordsIn } from '../judge.ts'
import { SkipCheck, skip } from '../outcome.ts'
import { derivedProbe, type Get, type Probe, type RunFacts } from '../probe.ts'
import { requestFor, type TokenAuth, toQuery } from '../request-spec.ts'
import { spacesAuth, tokenAuth } from './identity.ts'
import { single } from './single.ts'

type Parameters = Readonly<Record<string, string | undefined>>
export type Row = Readonly<Record<string, unknown>>

/** One of the two lists, as its probes and checks see it. */
export interface ListOperation {
  readonly operation: typeof listUsers | typeof listUserSpaces
  readonly id: 'list-users' | 'list-user-spaces'
  /** Key of the records in the words of the default readings. */
  readonly key: 'list' | 'users'
  readonly auth: Probe<TokenAuth>
  readonly page: 'listUsers' | 'listSpaces'
}

export const userList: ListOperation = {
  operation: listUsers,
  id: 'list-users',
  key: 'list',
  auth: tokenAuth,
  page: 'listUsers',
}

export const spaceList: ListOperation = {
  operation: listUserSpaces,
  id: 'list-user-spaces',
  key: 'users',
  auth: spacesAuth,
  page: 'listSpaces',
}

/** A whole page, from the beginning. */
export const WHOLE = { offset: '0', limit: String(limits.listLimitMax) }
/** Size of the small pages that are compared with the whole one; odd, so that it divides nothing. */
export const SMALL = 7
/** A department that no organisation has, as the plan shows it. */
export const UNKNOWN_DEPARTMENT = '{a department id that nobody has}'

/** A probe that asks a list for something; parameters that depend on other answers are given by a function. */
export function listProbe(
  { operation, id, auth }: ListOperation,
  name: string,
  parameters: Parameters | ((get: Get, facts: RunFacts) => Promise<Parameters>),
  uses: readonly Probe<unknown>[] = [],
  shown?: string,
): Probe<Exchange> {
  const isFixed = typeof parameters !== 'function'
  return single({
    id: `${id}.${name}`,
    operation: operation as Operation,
    needs: ['access-token'],
    uses: [auth, ...uses],
    query: isFixed ? toQuery(parameters) : shown,
    build: async ({ get, facts }) =>
      requestFor(operation, await get(auth), { query: isFixed ? parameters : await parameters(get, facts) }),
  })
}

/** The records of a list that a check rests on. */
export const rowsGiven = (exchange: Exchange, { operation, key }: ListOperation): Row[] =>
  recordsIn(given(exchange, operation.operationId)[key])

/** `total` of a list; undefined when it is absent. Reading user-list-total. */
export function totalOf(body: Row): number | undefined {
  const { total } = body
  return typeof total === 'number' ? total : undefined
}

/** A department with its exact id. */
export interface DepartmentFact {
  readonly id: string
  readonly name: string
}

const first = {
  users: listProbe(userList, 'first-page', WHOLE),
  spaces: listProbe(spaceList, 'first-page', WHOLE),
}
export const firstUsers = first.users
export const firstSpaces = first.spaces

const DIRECT = { isDirect: 'true', ...WHOLE }
/** The direct members of the organisation: those of its root department. */
export const directUsers = listProbe(userList, 'organisation-direct', DIRECT)
export const directSpaces = listProbe(spaceList, 'organisation-direct', DIRECT)

/** Whether a record belongs to a department itself: by its id where that is exact, by its name otherwise. */
export const isMember = ({ deptId, deptName }: Row, { id, name }: DepartmentFact): boolean =>
  typeof deptId === 'string' && /^\d+$/.test(deptId) ? deptId === id : deptName === name

/** A department of the list that is not the given one; undefined when there is none. */
export const departmentBeside = (rows: readonly Row[], { id }: DepartmentFact): string | undefined =>
  rows.flatMap(toDepartment).find((one) => one.id !== id)?.id

/** An id that none of the listed departments has. */
export function unknownDepartmentId(rows: readonly Row[], { unknown }: RunFacts): string {
  const seen = new Set(rows.map(({ deptId }) => String(deptId)))
  for (let n = 0; n < 10; n += 1) if (!seen.has(unknown.id(n))) return unknown.id(n)
  return skip('every id that the run drew belongs to a department')
}

const toDepartment = ({ deptId, deptName }: Row): DepartmentFact[] =>
  typeof deptId === 'string' && /^\d+$/.test(deptId) && typeof deptName === 'string'
    ? [{ id: deptId, name: deptName }]
    : []

/** Departments in a page of users: exact ids only, see reading unsafe-ids. */
async function departmentsSeen(get: Get): Promise<DepartmentFact[]> {
  const users = rowsGiven(await get(firstUsers), userList)
  const exact = users.flatMap(toDepartment)
  if (exact.length > 0 && exact.length === users.length) return exact
  return departmentsOfSpaces(get)
}

/** A department to filter by: not the root one if there is another, and with several members if there is such a one. */
export const someDepartment = derivedProbe<DepartmentFact>({
  id: 'lists.department',
  operation: 'listUsers',
  needs: ['access-token'],
  uses: [firstUsers, directUsers],
  mayUse: [firstSpaces],
  async run({ get }) {
    const ofUsers = await departmentsSeen(get)
    const [root] = rowsGiven(await get(directUsers), userList)
    const isOther = (one: DepartmentFact): boolean => root !== undefined && !isMember(root, one)
    // Users of the root department alone may be all that a faulty list shows.
    const seen = ofUsers.some(isOther) ? ofUsers : [...ofUsers, ...(await departmentsOfSpaces(get))]
    const members = new Map<string, number>()
    for (const { id } of seen) members.set(id, (members.get(id) ?? 0) + 1)
    const others = seen.filter(isOther)
    const chosen = others.find(({ id }) => (members.get(id) ?? 0) > 1) ?? others[0] ?? seen[0]
    return chosen ?? skip('the lists show no user with a department, so there is nothing to filter by')
  },
})

/** Departments in a page of spaces; none when the target lets nobody see spaces. */
async function departmentsOfSpaces(get: Get): Promise<DepartmentFact[]> {
  const spaces = await get(firstSpaces).catch((error) => {
    if (error instanceof SkipCheck) return undefined
    throw error
  })
  return spaces !== undefined && isSuccess(spaces) ? rowsGiven(spaces, spaceList).flatMap(toDepartment) : []
}

/** A listed name that no other record shares. */
export function wholeName(rows: readonly Row[]): string {
  const names = rows.flatMap(({ name }) =>
    typeof name === 'string' && name.trim() === name && name !== '' ? [name] : [],
  )
  const own = names.find((name) => names.filter((other) => other === name).length === 1)
  return own ?? names[0] ?? skip('no listed record has a name, so there is nobody to search for')
}

/** The first word that most listed names share. */
export function commonWord(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const { name } of rows) {
    const [word = ''] = typeof name === 'string' ? name.trim().split(/\s+/) : []
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? skip('no listed record has a name, so there is nothing to search for')
}

/** The longest beginning of a listed name that is not the whole of it. */
export function searchableName(rows: readonly Row[]): string {
  const names = rows.flatMap(({ name }) => (typeof name === 'string' && name.trim() === name ? [name] : []))
  const [longest = ''] = [...names].sort((a, b) => b.length - a.length)
  const part = [...longest].slice(0, -1).join('').trim()
  return part === '' ? skip('no listed record has a name of two letters, so there is nothing to search for') : part
}

/** The state that the fewest of the listed spaces are in. */
export function rarestStatus(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const { spaceStatus } of rows) {
    if (typeof spaceStatus === 'string' && spaceStatus !== '')
      counts.set(spaceStatus, (counts.get(spaceStatus) ?? 0) + 1)
  }
  const [rarest] = [...counts].sort(([, a], [, b]) => a - b)
  return rarest?.[0] ?? skip('no listed space shows a spaceStatus')
}
