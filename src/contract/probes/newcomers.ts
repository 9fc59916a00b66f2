import { listUsers } from '../../spec/operations/list-users.ts'
import type { Exchange } from '../exchange.ts'
import { isSuccess } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, once, type Probe } from '../probe.ts'
import { requestFor } from '../request-spec.ts'
import { minimalTask, taskByOther } from './batch.ts'
import { tokenAuth } from './identity.ts'
import { rowsGiven, spaceList, userList, WHOLE } from './lists.ts'
import { mainRow, mainRows, mainTask, plainRows } from './main-task.ts'
import { single } from './single.ts'
import { isMasked } from './tasks.ts'

const MAX_LOOKS = 7
const FIRST_LOOK_MS = 250

/**
 * Everybody that this run has provisioned, found by the run prefix. A list that is brought up to date behind the
 * scenes is given half a minute.
 */
const newcomers = (list: typeof userList | typeof spaceList, isAwaited: boolean): Probe<Exchange> => {
  const { id, operation, auth } = list
  return defineProbe<Exchange>({
    id: `${id}.new-users`,
    operation: operation.operationId,
    safety: 'read',
    needs: ['access-token', 'signature', 'writes'],
    uses: [auth, mainTask, minimalTask],
    requests: [
      { ...once(operation, 'keyWord={run prefix}&offset=0&limit=100'), times: [1, isAwaited ? MAX_LOOKS : 1] },
    ],
    async run({ get, send, sleep, facts }) {
      const history = await get(mainTask)
      await get(minimalTask).catch(() => undefined)
      const awaited = plainRows.map((at) => mainRow(history, at, facts)?.['userId']).filter((one) => one !== undefined)
      const proof = await get(auth)
      for (let looks = 1; ; looks += 1) {
        const exchange = await send(requestFor(operation, proof, { query: { keyWord: facts.prefix, ...WHOLE } }))
        if (!isAwaited || looks === MAX_LOOKS || !isSuccess(exchange)) return exchange
        const listed = new Set(rowsGiven(exchange, list).map(({ userId }) => userId))
        if (awaited.every((one) => listed.has(one))) return exchange
        await sleep(FIRST_LOOK_MS * 2 ** (looks - 1))
      }
    },
  })
}

export const newUsers = newcomers(userList, true)
export const newSpaces = newcomers(spaceList, false)

/** The user whose name has letters beyond ASCII, searched for by the name as it is listed. */
export const byNameBeyondAscii = single({
  id: 'list-users.by-name-beyond-ascii',
  operation: listUsers,
  needs: ['access-token', 'signature', 'writes'],
  uses: [tokenAuth, mainTask, newUsers],
  query: 'keyWord={the name of a new user}&offset=0&limit=100',
  build: async ({ get, facts }) => {
    const row = mainRow(await get(mainTask), mainRows.last, facts)
    const user = rowsGiven(await get(newUsers), userList).find(
      ({ userId }) => userId !== undefined && userId === row?.['userId'],
    )
    const name = user?.['name']
    if (typeof name !== 'string' || !/[^ -~]/.test(name)) skip('no listed user of the run has a name beyond ASCII')
    return requestFor(listUsers, await get(tokenAuth), { query: { keyWord: String(name), ...WHOLE } })
  },
})

const MOST_PAGES = 10

/**
 * The list itself, page by page: how keyWord and name are compared no page says, so whom a part of a name does not find may
 * be there all the same.
 */
export const lookedThrough: Probe<{ readonly userIds: ReadonlySet<unknown>; readonly isWhole: boolean }> = defineProbe({
  id: 'list-users.looked-through',
  operation: listUsers.operationId,
  safety: 'read',
  needs: ['access-token', 'signature', 'writes'],
  uses: [tokenAuth, newUsers],
  requests: [{ ...once(listUsers, 'offset={offset}&limit=100'), times: [0, MOST_PAGES] }],
  async run({ get, send }) {
    await get(newUsers)
    const userIds = new Set<unknown>()
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { ...WHOLE, offset: String(page * Number(WHOLE.limit)) }
      const rows = rowsGiven(await send(requestFor(listUsers, await get(tokenAuth), { query })), userList)
      for (const { userId } of rows) userIds.add(userId)
      if (rows.length === 0) return { userIds, isWhole: userIds.size > 0 }
    }
    return { userIds, isWhole: false }
  },
})

/** User spaces by a whole mobile number. */
export const spaceByMobile = single({
  id: 'list-user-spaces.by-mobile',
  operation: spaceList.operation,
  needs: ['access-token', 'signature', 'writes'],
  uses: [spaceList.auth, mainTask],
  query: 'keyWord={a mobile number}&offset=0&limit=100',
  build: async ({ get, facts }) => {
    // The number as the target spells it.
    const { phone = facts.phone(0) } = mainRow(await get(mainTask), mainRows.first, facts) ?? {}
    const keyWord = isMasked(phone) ? facts.phone(0) : String(phone)
    return requestFor(spaceList.operation, await get(spaceList.auth), { query: { keyWord, ...WHOLE } })
  },
})

/** The user of the department administrator's task. */
export const userByOther = single({
  id: 'list-users.by-other',
  operation: listUsers,
  needs: ['access-token', 'signature', 'writes'],
  uses: [tokenAuth, taskByOther],
  query: 'keyWord={name of a new user}&offset=0&limit=100',
  build: async ({ get, facts }) => {
    const { isFinished } = await get(taskByOther)
    if (!isFinished) skip('the task of the department administrator did not end in time')
    return requestFor(listUsers, await get(tokenAuth), { query: { keyWord: `${facts.prefix}u30`, ...WHOLE } })
  },
})
