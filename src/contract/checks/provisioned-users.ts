import { documented, inferred } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { asks, type Check, defineCheck } from '../check.ts'
import { codeOf, isSuccess, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { usersByRole } from '../probes/access.ts'
import { createBroken, createByOther, taskByOther } from '../probes/batch.ts'
import { rowsGiven, spaceList, userList } from '../probes/lists.ts'
import { BEYOND_ASCII, mainRow, mainRows, mainTask } from '../probes/main-task.ts'
import {
  byNameBeyondAscii,
  lookedThrough,
  newSpaces,
  newUsers,
  spaceByMobile,
  userByOther,
} from '../probes/newcomers.ts'
import { finished, hasFailed } from '../probes/tasks.ts'

const { operationId, id } = createBatchProvisioningTask

/** Checks of what a task leaves behind: users, their spaces, and where they turn up. */
export const provisionedUserChecks: readonly Check[] = [
  defineCheck({
    id: 'list-users.new-users',
    title: 'list users that were provisioned a moment ago',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 3'),
    clause: 'listUsers: records',
    why: 'A provisioned user that nobody can find was not provisioned.',
    uses: [mainTask, newUsers, lookedThrough],
    async run({ get, facts }) {
      const history = finished(await get(mainTask))
      const exchange = await get(newUsers)
      const listed = new Set(rowsGiven(exchange, userList).map(({ userId }) => userId))
      const missing = [mainRows.first, mainRows.second]
        .map((at) => mainRow(history, at, facts))
        .find((row) => row !== undefined && !hasFailed(row) && !listed.has(row['userId']))
      if (missing !== undefined) {
        // They were searched for by a part of their names, which is a guess about keyWord.
        const { userIds, isWhole } = await get(lookedThrough)
        if (userIds.has(missing['userId'])) return
        if (!isWhole)
          skip('the new users are not found by a part of their names, and the list is too long to look through')
        fail(`a user with userId ${String(missing['userId'])}`, 'none, even half a minute later', exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.all-or-nothing`,
    title: 'provision nobody of a batch that it refuses',
    operation: operationId,
    from: inferred('Creating a Batch Provisioning Task, Table 3; no page says what remains of a refused batch'),
    clause: `${operationId}: refusal`,
    why: 'Whoever corrects a refused batch and sends it again would provision its users twice.',
    uses: [createBroken, newUsers],
    async run({ get, facts }) {
      const exchange = await get(createBroken)
      if (isSuccess(exchange)) skip('the batch was not refused')
      const created = rowsGiven(await get(newUsers), userList).find(({ name }) =>
        String(name).includes(`${facts.prefix}broken`),
      )
      if (created !== undefined) fail('no user of the refused batch', `the user ${String(created['name'])}`, exchange)
    },
  }),
  defineCheck({
    id: `${id}.users-listed`,
    title: 'provision users under the submitted name and phone, with the id of their row',
    operation: operationId,
    from: documented('createBatch', 'Table 3, firstname and phone'),
    clause: `${operationId}: effect`,
    why: 'A provisioned user that nobody can find was not provisioned.',
    uses: [mainTask, newUsers],
    async run({ get, facts }) {
      const history = finished(await get(mainTask))
      const exchange = await get(newUsers)
      const users = rowsGiven(exchange, userList)
      for (const at of [mainRows.first, mainRows.second, mainRows.last]) {
        const row = mainRow(history, at, facts)
        if (typeof row?.['userId'] !== 'string' || hasFailed(row)) continue
        const user = users.find(({ userId }) => userId === row['userId'])
        if (user === undefined) continue
        if (!String(user['name']).includes(`${facts.prefix}u${at}`)) {
          fail(`the name ${facts.prefix}u${at}`, `the name ${JSON.stringify(user['name'])}`, exchange)
        }
        checkMask(user['mobile'], facts.phone(at), exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.names-kept`,
    title: 'keep the letters of a name, those beyond ASCII too',
    operation: operationId,
    from: documented('createBatch', 'Table 3, firstname; Listing Users, Table 4, name'),
    clause: `${operationId}: userList[].firstname`,
    why: 'People are found, greeted and told apart by their names.',
    uses: [mainTask, newUsers],
    async run({ get, facts }) {
      const history = finished(await get(mainTask))
      const row = mainRow(history, mainRows.last, facts)
      const exchange = await get(newUsers)
      const user = rowsGiven(exchange, userList).find(
        ({ userId }) => userId !== undefined && userId === row?.['userId'],
      )
      if (user === undefined) return skip('the user with that name is not listed')
      const name = String(user['name']).normalize('NFC')
      if (!name.includes(BEYOND_ASCII)) fail(`a name with ${BEYOND_ASCII}`, JSON.stringify(user['name']), exchange)
    },
  }),
  defineCheck({
    id: 'list-users.keyword-beyond-ascii',
    title: 'find a name with letters beyond ASCII by that name',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 1, keyWord'),
    clause: 'listUsers: keyWord',
    why: 'Most names of the world have such letters; they are sent percent-encoded, as UTF-8.',
    ...asks([mainTask, byNameBeyondAscii], ([task, exchange], { facts }) => {
      const row = mainRow(task, mainRows.last, facts)
      const found = recordsIn(success(exchange, 'listUsers')['list'])
      if (found.some(({ userId }) => userId === row?.['userId'])) return
      fail(`userId ${String(row?.['userId'])}, who has that name`, `${found.length} others`, exchange)
    }),
  }),
  defineCheck({
    id: 'list-user-spaces.by-mobile',
    title: 'find a space by the mobile number of its user',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 1, keyWord'),
    clause: 'listUserSpaces: keyWord',
    why: 'The page names name and mobile as search criteria.',
    uses: [newSpaces, spaceByMobile],
    async run({ get, facts }) {
      const own = rowsGiven(await get(newSpaces), spaceList).find(({ name }) =>
        String(name).includes(`${facts.prefix}u0`),
      )
      if (own === undefined) skip('the target gave the new user no space')
      const exchange = await get(spaceByMobile)
      const found = recordsIn(success(exchange, 'listUserSpaces')['users'])
      if (!found.some(({ userId }) => userId === own['userId'])) {
        fail(`the space of userId ${String(own['userId'])}`, `${found.length} other records`, exchange)
      }
      const stranger = found.find(({ userId, mobile }) => userId !== own['userId'] && !endsLike(mobile, facts.phone(0)))
      if (stranger !== undefined) fail('only spaces with that number', `userId ${String(stranger['userId'])}`, exchange)
    },
  }),
  defineCheck({
    id: `${id}.callers`,
    title: 'let only administrators provision, and choose the department by the caller',
    operation: operationId,
    from: inferred('The page names no role and no department; readings provisioning-role, provisioned-department'),
    clause: `${operationId}: caller`,
    why: 'It decides with whose X-User-Id an integration signs, and where its users turn up.',
    readings: ['provisioned-department'],
    uses: [usersByRole, createByOther, taskByOther, userByOther],
    async run({ get, facts, learn, undetermined }) {
      const { departmentAdministrator } = await get(usersByRole)
      const created = await get(createByOther)
      if (!isSuccess(created)) {
        return undetermined(
          'provisioned-department',
          `it needs a department administrator who may provision; the target answered code ${codeOf(created)}`,
        )
      }
      await get(taskByOther)
      const user = rowsGiven(await get(userByOther), userList).find(({ name }) =>
        String(name).includes(`${facts.prefix}u30`),
      )
      if (user === undefined || departmentAdministrator === undefined) {
        return undetermined('provisioned-department', 'the new user is not listed')
      }
      learn('provisioned-department', user['deptName'] === departmentAdministrator.department ? 'caller' : 'root')
    },
  }),
]

/** What is shown of a known number must be its own digits. */
function checkMask(mobile: unknown, phone: string, exchange: Parameters<typeof success>[0]): void {
  if (typeof mobile !== 'string' || !mobile.includes('*')) return
  const [start = '', end = ''] = [mobile.split('*')[0], mobile.split('*').at(-1)]
  if (!phone.includes(start.replace(/^\+/, '')) || !phone.endsWith(end))
    fail(`the ends of ${phone}, masked`, mobile, exchange)
}

const endsLike = (mobile: unknown, phone: string): boolean =>
  typeof mobile === 'string' && phone.endsWith(mobile.split('*').at(-1) ?? mobile)
