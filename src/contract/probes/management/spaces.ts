import { createSpace } from '../../../spec/operations/create-space.ts'
import { deleteSpace } from '../../../spec/operations/delete-space.ts'
import { getQuotaUsed } from '../../../spec/operations/get-quota-used.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { getSpaceAllocation } from '../../../spec/operations/get-space-allocation.ts'
import { listDepartmentSpaces } from '../../../spec/operations/list-department-spaces.ts'
import { listUserSpaces } from '../../../spec/operations/list-user-spaces.ts'
import { updateSpace } from '../../../spec/operations/update-space.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess, recordsIn } from '../../judge.ts'
import { skip } from '../../outcome.ts'
import { defineProbe, maybe, once, type Probe, type ProbeContext } from '../../probe.ts'
import { requestFor } from '../../request-spec.ts'
import { type Row, rowsGiven, spaceList, WHOLE } from '../lists.ts'
import { answerOf, type Call, call, done, fieldOf, idIn, isShown, lookedUntil, lookUntil, requireDone } from './call.ts'
import { first, second } from './departments.ts'
import { enabledUser, listedUser, memberIds, moveUser, one } from './users.ts'

/** Types of spaces. */
const spaceTypes = { department: '0', individual: '1' } as const

/** The space that listUserSpaces shows for a user. */
export const spaceListed = call({
  id: 'get-space.listed',
  operation: getSpace,
  uses: [listedUser],
  shown: 'type=1',
  params: async ({ get }) => ({ ownerId: idIn((await get(listedUser)).user, 'id') }),
  query: async ({ get }) =>
    (await get(listedUser)).space === undefined
      ? skip('no listed user has a listed space')
      : { type: spaceTypes.individual },
})
export const unknownSpace = call({
  id: 'get-space.unknown',
  operation: getSpace,
  params: ({ facts }) => ({ ownerId: facts.unknown.id(7) }),
  query: { type: spaceTypes.individual },
})

export const allocation = call({ id: 'get-space-allocation.now', operation: getSpaceAllocation })
export const quota = call({ id: 'get-quota-used.now', operation: getQuotaUsed, uses: [allocation] })

/** A page of listDepartmentSpaces as a whole, and in parts. */
const page = (id: string, offset: number, limit: number): Probe<Exchange> =>
  call({
    id: `list-department-spaces.${id}`,
    operation: listDepartmentSpaces,
    query: { offset: String(offset), limit: String(limit) },
  })
export const PART = 3
export const departmentSpaces = page('page', 0, 100)
export const firstPart = page('first-part', 0, PART)
export const secondPart = page('second-part', PART, PART)
export const departmentRows = (exchange: Exchange): Row[] =>
  recordsIn(answerOf(exchange, listDepartmentSpaces)['departments'])
/** The whole page once more, to tell a fault from a list that others change. */
export const departmentSpacesAgain = maybe(page('again', 0, 100))
/** A search for a name that nobody has. */
export const spacesByNoKeyword = call({
  id: 'list-department-spaces.unknown-keyword',
  operation: listDepartmentSpaces,
  shown: 'offset=0&limit=100&keyWord={a name that nobody has}',
  query: ({ facts }) => ({ offset: '0', limit: '100', keyWord: facts.unknown.name }),
})
export const spacesByKeyword = call({
  id: 'list-department-spaces.keyword',
  operation: listDepartmentSpaces,
  uses: [departmentSpaces],
  shown: 'offset=0&limit=100&keyWord={name of a department}',
  query: async ({ get }) => {
    const rows = departmentRows(await get(departmentSpaces))
    const { name = skip('no department is listed') } = rows.at(-1) ?? {}
    return { offset: '0', limit: '100', keyWord: String(name) }
  },
})

/** The life of a space: whatever there was is deleted, then one is created, resized, disabled and deleted. */
export interface SpaceLife {
  readonly create: Probe<Exchange>
  readonly created: Probe<Exchange>
  readonly resize: Probe<Exchange>
  readonly resized: Probe<Exchange>
  readonly disable: Probe<Exchange>
  readonly disabled: Probe<Exchange>
  readonly enable: Probe<Exchange>
  readonly enabled: Probe<Exchange>
}

export const SIZE = { before: 1, after: 2 } as const

function lifeOf(name: string, owner: Probe<string>, type: '0' | '1', uses: readonly Probe<unknown>[]): SpaceLife {
  const params = async ({ get }: ProbeContext) => ({ ownerId: await get(owner) })
  const looked = (id: string, behind: readonly Probe<unknown>[], until?: Call['until']): Probe<Exchange> =>
    call({
      ...(until !== undefined && { until }),
      id: `get-space.${name}-${id}`,
      operation: getSpace,
      uses: [owner, ...behind],
      shown: `type=${type}`,
      params,
      query: async ({ get }) => {
        await done(get, behind)
        return { type }
      },
    })
  const updated = (id: string, body: Row, behind: Probe<unknown>): Probe<Exchange> =>
    call({
      id: `update-space.${name}-${id}`,
      operation: updateSpace,
      uses: [owner],
      after: [behind],
      params,
      body: { type: Number(type), ...body },
    })
  const before = looked('before', uses)
  const deletion = call({
    id: `delete-space.${name}-before`,
    operation: deleteSpace,
    uses: [owner, before],
    shown: `type=${type}`,
    params,
    query: async ({ get }) => (isSuccess(await get(before)) ? { type } : skip('there was no space before')),
  })
  const clear = maybe(deletion)
  const create = call({
    id: `create-space.${name}`,
    operation: createSpace,
    uses: [owner, clear],
    params,
    body: async ({ get }) => {
      await get(clear).catch(() => undefined)
      return { capacity: String(SIZE.before), type: Number(type) }
    },
  })
  const has = (name: string, value: unknown) => (exchange: Exchange) => fieldOf(exchange, name) === String(value)
  const created = looked('created', [create], has('capacity', SIZE.before))
  const resize = updated('resize', { capacity: String(SIZE.after) }, created)
  const resized = looked('resized', [resize], has('capacity', SIZE.after))
  const disable = updated('disable', { status: '1' }, resized)
  const disabled = looked('disabled', [disable], has('status', 1))
  const enable = updated('enable', { status: '0' }, disabled)
  const enabled = looked('enabled', [enable], has('status', 0))
  return { create, created, resize, resized, disable, disabled, enable, enabled }
}

export const userSpace = lifeOf('user', one, spaceTypes.individual, [enabledUser])
export const teamSpace = lifeOf('department', first, spaceTypes.department, [])

/** The spaces in the department of the run's first user, who has one by then. */
export const spacesOfOwn = defineProbe<Exchange>({
  id: 'list-user-spaces.own-department',
  operation: 'listUserSpaces',
  safety: 'read',
  needs: ['access-token', 'writes'],
  uses: [spaceList.auth, first, second, moveUser, userSpace.create, userSpace.created],
  requests: [lookedUntil(once(listUserSpaces, 'deptId={department of the run}&offset=0&limit=100'))],
  async run(context) {
    const { get, facts } = context
    await done(get, [userSpace.create, userSpace.created])
    const isMoved = await get(moveUser).then(isSuccess, () => false)
    const query = { deptId: await get(isMoved ? second : first), ...WHOLE }
    const [own] = memberIds(facts)
    return lookUntil(
      context,
      requestFor(listUserSpaces, await get(spaceList.auth), { query }),
      (exchange) => isSuccess(exchange) && rowsGiven(exchange, spaceList).some(({ userId }) => userId === own),
    )
  },
})

/** Both kinds at once, when they are as large as they get. */
export const allocationThen = call({
  id: 'get-space-allocation.then',
  operation: getSpaceAllocation,
  after: [userSpace.resized],
})

/** The run's departments in the list of department spaces, while the first one has a disabled space. */
export const ownDepartmentSpaces = call({
  id: 'list-department-spaces.own',
  operation: listDepartmentSpaces,
  uses: [first],
  after: [second, teamSpace.disabled],
  shown: 'offset=0&limit=100&keyWord={names of the run}',
  async until(exchange, { get }) {
    if (!isSuccess(exchange)) return false
    const ids = new Set(departmentRows(exchange).map(({ id }) => id))
    return ids.has(await get(first)) && ids.has(await get(second))
  },
  query: ({ facts }) => ({ offset: '0', limit: '100', keyWord: facts.departmentPrefix }),
})

/** Deletes a space when everything that needs it has been looked at, and looks again. */
export function removeSpace(
  name: 'user' | 'department',
  uses: readonly Probe<unknown>[],
): { readonly removal: Probe<Exchange>; readonly gone: Probe<Exchange> } {
  const owner = name === 'user' ? one : first
  const life = name === 'user' ? userSpace : teamSpace
  const type = name === 'user' ? spaceTypes.individual : spaceTypes.department
  const params = async ({ get }: ProbeContext) => ({ ownerId: await get(owner) })
  const removal = call({
    id: `delete-space.${name}`,
    operation: deleteSpace,
    uses: [owner, life.enabled, ...uses],
    shown: `type=${type}`,
    params,
    query: async ({ get }) => {
      for (const probe of uses) await get(probe).catch(() => undefined)
      await get(life.enabled)
      return { type }
    },
  })
  const gone = call({
    id: `get-space.${name}-gone`,
    operation: getSpace,
    uses: [owner, removal],
    shown: `type=${type}`,
    params,
    until: async (exchange, { get }) => !isShown(exchange, await get(owner)),
    query: async ({ get }) => {
      requireDone(await get(removal), deleteSpace)
      return { type }
    },
  })
  return { removal, gone }
}
