import { countUsers } from '../../../spec/operations/count-users.ts'
import { createUser } from '../../../spec/operations/create-user.ts'
import { deleteUser } from '../../../spec/operations/delete-user.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { getUserMobile } from '../../../spec/operations/get-user-mobile.ts'
import { listUsers } from '../../../spec/operations/list-users.ts'
import { updateUser } from '../../../spec/operations/update-user.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess } from '../../judge.ts'
import { skip } from '../../outcome.ts'
import { defineProbe, derivedProbe, type Get, once, type Probe, type RunFacts } from '../../probe.ts'
import { requestFor } from '../../request-spec.ts'
import { tokenAuth } from '../identity.ts'
import { firstSpaces, firstUsers, type Row, rowsGiven, spaceList, userList, WHOLE } from '../lists.ts'
import { after, type Call, call, done, fieldOf, idIn, isShown, lookedUntil, lookUntil, requireDone } from './call.ts'
import { below, first, move, second } from './departments.ts'

const isExact = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d*$/.test(value)

/** Users that exist, from the list. */
export interface ListedUser {
  readonly user: Row
  /** The user's space, when the list of spaces shows it. */
  readonly space: Row | undefined
}

/** A listed user with an exact id, one with a space if there is any. */
export const listedUser = derivedProbe<ListedUser>({
  id: 'get-user.some',
  operation: 'getUser',
  needs: ['access-token'],
  uses: [firstUsers],
  mayUse: [firstSpaces],
  async run({ get }) {
    const users = rowsGiven(await get(firstUsers), userList).filter(({ id }) => isExact(id))
    const spaces = await get(firstSpaces)
      .then((exchange) => rowsGiven(exchange, spaceList))
      .catch(() => [])
    const spaceOf = ({ userId }: Row): Row[] => spaces.filter((space) => space['userId'] === userId)
    // Whoever has several spaces would have to be asked for each of them.
    const user = users.find((one) => spaceOf(one).length === 1) ?? users[0]
    if (user === undefined) return skip('listUsers shows no user with an exact id')
    return { user, space: spaceOf(user)[0] }
  },
})

const someId = async (get: Get): Promise<string> => idIn((await get(listedUser)).user, 'id')

export const userListed = call({
  id: 'get-user.listed',
  operation: getUser,
  uses: [listedUser],
  params: async ({ get }) => ({ userId: await someId(get) }),
})
export const mobileListed = call({
  id: 'get-user-mobile.listed',
  operation: getUserMobile,
  uses: [listedUser],
  params: async ({ get }) => ({ userId: await someId(get) }),
})
export const unknownUser = call({
  id: 'get-user.unknown',
  operation: getUser,
  params: ({ facts }) => ({ userId: facts.unknown.id(7) }),
})
export const unknownMobile = call({
  id: 'get-user-mobile.unknown',
  operation: getUserMobile,
  params: ({ facts }) => ({ userId: facts.unknown.id(7) }),
})

/** Roles of the run's first user: none that a target could take for granted. CreateUser and UpdateUser, `role`. */
export const ROLES = { created: 5, updated: 0 } as const

/** OrgID ids of the run's own members: drawn so that nobody has them. A target that knows its members refuses them. */
export const memberIds = ({ unknown }: RunFacts): readonly [string, string] => [unknown.id(5), unknown.id(6)]

const create = (id: string, at: 0 | 1, department: Probe<string>, uses: readonly Probe<unknown>[]): Probe<Exchange> =>
  call({
    id: `create-user.${id}`,
    operation: createUser,
    uses: [department],
    after: uses,
    creates: ({ facts }) => ({ kind: 'user', name: memberIds(facts)[at] }),
    body: async ({ get, facts }) => ({
      userId: memberIds(facts)[at],
      modifyUserInfoReq: { deptId: await get(department), role: String(ROLES.created) },
    }),
  })

export const createOne = create('one', 0, first, [])
const createOther = create('other', 1, below, [createOne])

/** Which of the run's users a list is to show, or not to show. */
interface Awaited {
  readonly shows?: 0 | 1
  readonly drops?: 0 | 1
}

/** A list is looked at again until it shows where the users are, for a few seconds: it may be brought up to date behind. */
const membersOf = (
  id: string,
  department: Probe<string>,
  uses: readonly Probe<unknown>[],
  { shows, drops }: Awaited,
): Probe<Exchange> => {
  const request = once(listUsers, 'deptId={department of the run}&offset=0&limit=100')
  return defineProbe<Exchange>({
    id: `list-users.${id}`,
    operation: 'listUsers',
    safety: 'read',
    needs: ['access-token'],
    uses: [tokenAuth, department, ...uses],
    requests: [lookedUntil(request)],
    async run(context) {
      const { get, facts } = context
      const deptId = await get(department)
      await done(get, uses)
      const spec = requestFor(listUsers, await get(tokenAuth), { query: { deptId, ...WHOLE } })
      return lookUntil(context, spec, (exchange) => {
        if (!isSuccess(exchange)) return false
        const listed = new Set(rowsGiven(exchange, userList).map(({ userId }) => userId))
        const has = (at: 0 | 1): boolean => listed.has(memberIds(facts)[at])
        return (shows === undefined || has(shows)) && (drops === undefined || !has(drops))
      })
    },
  })
}

/** The run's own departments with their users, as listUsers shows them. */
export const ownMembers = membersOf('own-department', first, [createOne], { shows: 0 })
const otherMembers = membersOf('own-below', below, [createOther], { shows: 1 })

const ownUser = (at: 0 | 1): Probe<string> =>
  derivedProbe<string>({
    id: `create-user.${at === 0 ? 'one' : 'other'}.id`,
    operation: 'createUser',
    needs: [],
    uses: at === 0 ? [createOne, ownMembers] : [createOther, otherMembers],
    async run({ get, facts }) {
      const creation = await get(at === 0 ? createOne : createOther)
      requireDone(creation, createUser)
      const wanted = memberIds(facts)[at]
      const rows = rowsGiven(await get(at === 0 ? ownMembers : otherMembers), userList)
      const row = rows.find(({ userId }) => userId === wanted)
      return row === undefined ? skip('the new user is not among those of the department') : idIn(row, 'id')
    },
  })
export const one = ownUser(0)
export const other = ownUser(1)

const look = (
  id: string,
  user: Probe<string>,
  uses: readonly Probe<unknown>[],
  until: NonNullable<Call['until']> = isSuccess,
): Probe<Exchange> =>
  call({
    id: `get-user.${id}`,
    operation: getUser,
    uses: [user, ...uses],
    until,
    params: async ({ get }) => {
      const userId = await get(user)
      await done(get, uses)
      return { userId }
    },
  })
const count = (
  id: string,
  department: Probe<string>,
  uses: readonly Probe<unknown>[],
  isRight: (total: number, get: Get) => boolean | Promise<boolean>,
): Probe<Exchange> =>
  call({
    id: `count-users.${id}`,
    operation: countUsers,
    uses: [department, ...uses],
    until: (exchange, { get }) => isRight(Number(fieldOf(exchange, 'total')), get),
    shown: 'deptId={department of the run}',
    query: async ({ get }) => {
      await done(get, uses)
      return { deptId: await get(department) }
    },
  })

export const newUser = look('new', one, [])
export const otherUser = look('other', other, [])
export const countOwn = count('own', first, [one], (total) => total > 0)
export const membersOwn = membersOf('own', first, [countOwn], { shows: 0 })

const update = (id: string, body: (get: Get) => Promise<Row>, uses: readonly Probe<unknown>[]): Probe<Exchange> =>
  call({
    id: `update-user.${id}`,
    operation: updateUser,
    uses: [one, ...uses],
    params: async ({ get }) => ({ userId: await get(one) }),
    body: async (context) => {
      await after(context, ...uses)
      return body(context.get)
    },
  })

/** One user of the run goes from the first department to the second; the id goes as the table says: a Long. */
export const moveUser = update('move', async (get) => ({ deptId: BigInt(await get(second)) }), [
  second,
  newUser,
  membersOwn,
  other,
  move,
])
export const movedUser = look(
  'moved',
  one,
  [moveUser, second],
  async (exchange, { get }) => fieldOf(exchange, 'deptId') === (await get(second)),
)
export const countLeft = count('left', first, [moveUser], (total) => total === 0)
export const membersLeft = membersOf('left', first, [countLeft], { drops: 0 })
export const countArrived = count('arrived', second, [moveUser], (total) => total > 0)
export const membersArrived = membersOf('arrived', second, [countArrived, moveUser], { shows: 0 })
const disableUser = update('disable', async () => ({ status: 1 }), [movedUser, membersLeft, membersArrived])
export const disabledUser = look('disabled', one, [disableUser], (exchange) => fieldOf(exchange, 'status') === '1')
const enableUser = update('enable', async () => ({ status: 0, role: ROLES.updated }), [disabledUser])
export const enabledUser = look('enabled', one, [enableUser], (exchange) => fieldOf(exchange, 'status') === '0')

/** Deletes the run's first user when everything that needs the user has been looked at. */
export const removeUser = (uses: readonly Probe<unknown>[]): Probe<Exchange> =>
  call({
    id: 'delete-user.own',
    operation: deleteUser,
    uses: [one, ...uses],
    params: async ({ get }) => {
      for (const probe of uses) await get(probe).catch(() => undefined)
      return { userId: await get(one) }
    },
  })
export const goneUser = (id: string, user: Probe<string>, removal: Probe<unknown>): Probe<Exchange> =>
  look(id, user, [removal], async (exchange, { get }) => !isShown(exchange, await get(user)))
export const countAfter = (removal: Probe<Exchange>): Probe<Exchange> =>
  count(
    'after',
    second,
    [removal, countArrived],
    async (total, get) => total < Number(fieldOf(await get(countArrived), 'total')),
  )
export const membersAfter = (removal: Probe<Exchange>, counted: Probe<Exchange>): Probe<Exchange> =>
  membersOf('after', second, [removal, counted], { drops: 0 })
