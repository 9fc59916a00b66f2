import { isRecord } from '../../client/json.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { type Check, defineCheck } from '../check.ts'
import { codeOf, isSuccess, recordsIn, refusedParameter, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import {
  createBroken,
  createByOther,
  createLargest,
  createMain,
  createMinimal,
  createTooLarge,
  mainRows,
  mainTask,
  minimalTask,
  newSpaces,
  newUsers,
  spaceByMobile,
  taskByOther,
  userByOther,
} from '../probes/batch.ts'
import { rowsGiven, spaceList, userList } from '../probes/lists.ts'
import { usersByRole } from '../probes/roles.ts'
import { taskIdOf } from '../probes/tasks.ts'

const { operationId, id } = createBatchProvisioningTask
const list = documented('createBatch', 'Table 2, userList')

export const createChecks: readonly Check[] = [
  defineCheck({
    id: `${id}.answers`,
    title: 'MUST take a batch of users with every documented field',
    operation: operationId,
    from: documented('createBatch', 'Tables 2 and 3'),
    clause: `${operationId}: request`,
    why: 'This is what the operation is for.',
    uses: [createMain],
    async run({ get }) {
      success(await get(createMain), operationId)
    },
  }),
  defineCheck({
    id: `${id}.task-id`,
    title: 'MUST answer with the id of the task, as text of decimal digits',
    operation: operationId,
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Nothing else leads to the outcome; as a JSON number it would lose its last digits.',
    uses: [createMain],
    async run({ get }) {
      const exchange = await get(createMain)
      success(exchange, operationId)
      const { json } = exchange.response
      const data = isRecord(json) ? json['data'] : undefined
      if (typeof data !== 'string' || !/^\d+$/.test(data)) {
        fail('data with a text of digits', data === undefined ? 'no data' : `data of type ${typeof data}`, exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.task-exists`,
    title: 'MUST answer with the id of a task that can be queried at once',
    operation: operationId,
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'A client that polls right after creating must not be told that there is no such task.',
    uses: [createMain, mainTask],
    async run({ get }) {
      taskIdOf(await get(createMain))
      try {
        await get(mainTask)
      } catch (error) {
        fail('a first poll with success', error instanceof Error ? error.message : String(error))
      }
    },
  }),
  defineCheck({
    id: `${id}.new-id`,
    title: 'MUST give each task an id of its own',
    operation: operationId,
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Two batches under one id cannot be told apart.',
    uses: [createMain, createMinimal],
    async run({ get }) {
      const [one, two] = [await get(createMain), await get(createMinimal)]
      if (taskIdOf(one) === taskIdOf(two)) fail('another id', `the id ${taskIdOf(one)} again`, one, two)
    },
  }),
  defineCheck({
    id: `${id}.mandatory-is-enough`,
    title: 'MUST take a single user with firstname and phone only',
    operation: operationId,
    from: documented('createBatch', 'Table 3, Mandatory'),
    clause: `${operationId}: optional parameters`,
    why: 'Clients leave out what the page calls optional.',
    uses: [createMinimal],
    async run({ get }) {
      success(await get(createMinimal), operationId)
    },
  }),
  defineCheck({
    id: `${id}.single-user`,
    title: 'MUST take a list of one user',
    operation: operationId,
    from: list,
    clause: `${operationId}: userList`,
    why: 'Many batches are that small.',
    uses: [createMinimal],
    async run({ get }) {
      success(await get(createMinimal), operationId)
    },
  }),
  defineCheck({
    id: `${id}.whole-list`,
    title: 'MUST take the users of the list, all of them and nobody else',
    operation: operationId,
    from: list,
    clause: `${operationId}: userList`,
    why: 'A user that is lost on the way in appears in no count and in no row.',
    uses: [mainTask, minimalTask],
    async run({ get }) {
      for (const probe of [mainTask, minimalTask]) {
        const { last, phones } = await get(probe)
        const stranger = last.rows.find(({ phone }) => !phones.includes(String(phone)))
        if (stranger !== undefined)
          fail('rows of submitted phones only', `a row of ${String(stranger['phone'])}`, last.exchange)
        if (last.total !== phones.length) fail(`${phones.length} users`, `${String(last.total)}`, last.exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.phone-kept`,
    title: 'MUST keep a phone as it was submitted',
    operation: operationId,
    from: documented('createBatch', 'Table 3, phone'),
    clause: `${operationId}: userList[].phone`,
    why: 'Clients find the row of a user by the phone they sent.',
    uses: [mainTask],
    async run({ get }) {
      const { last, phones, isFinished } = await get(mainTask)
      if (!isFinished) skip('the task did not end in time')
      const shown = new Set(last.rows.map(({ phone }) => phone))
      const lost = phones.find((phone) => !shown.has(phone))
      if (lost !== undefined) fail(`a row of ${lost}`, 'none', last.exchange)
    },
  }),
  defineCheck({
    id: 'list-users.new-users',
    title: 'MUST list users that were provisioned a moment ago',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 3'),
    clause: 'listUsers: records',
    why: 'A provisioned user that nobody can find was not provisioned.',
    uses: [mainTask, newUsers],
    async run({ get }) {
      const { last, isFinished } = await get(mainTask)
      if (!isFinished) skip('the task did not end in time')
      const exchange = await get(newUsers)
      const listed = new Set(rowsGiven(exchange, userList).map(({ userId }) => userId))
      const missing = [mainRows.first, mainRows.second]
        .map((at) => last.rows[at])
        .find((row) => row !== undefined && row['code'] === undefined && !listed.has(row['userId']))
      if (missing !== undefined) fail(`a user with userId ${String(missing['userId'])}`, 'none', exchange)
    },
  }),
  defineCheck({
    id: `${id}.thousand-users`,
    title: 'MUST take 1,000 users at once',
    operation: operationId,
    from: list,
    clause: `${operationId}: userList`,
    why: 'Clients cut their lists into pieces of the documented size.',
    uses: [createLargest],
    async run({ get }) {
      success(await get(createLargest), operationId)
    },
  }),
  defineCheck({
    id: `${id}.more-than-thousand-users`,
    title: 'MUST refuse more than 1,000 users',
    operation: operationId,
    from: list,
    clause: `${operationId}: userList`,
    why: 'A list that is taken but cut loses users without a word.',
    uses: [createTooLarge],
    async run({ get }) {
      refusedParameter(await get(createTooLarge), 'a list of 1,001 users')
    },
  }),
  defineCheck({
    id: `${id}.all-or-nothing`,
    title: 'MUST provision nobody of a batch that it refuses',
    operation: operationId,
    from: documented('createBatch', 'Table 3, Mandatory'),
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
    title: 'MUST provision users under the submitted name and phone, with the id of their row',
    operation: operationId,
    from: documented('createBatch', 'Table 3, firstname and phone'),
    clause: `${operationId}: effect`,
    why: 'A provisioned user that nobody can find was not provisioned.',
    uses: [mainTask, newUsers],
    async run({ get, facts }) {
      const { last, isFinished } = await get(mainTask)
      if (!isFinished) skip('the task did not end in time')
      const exchange = await get(newUsers)
      const users = rowsGiven(exchange, userList)
      for (const at of [mainRows.first, mainRows.second, mainRows.last]) {
        const row = last.rows[at]
        if (typeof row?.['userId'] !== 'string' || row['code'] !== undefined) continue
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
    id: 'list-user-spaces.by-mobile',
    title: 'MUST find a space by the mobile number of its user',
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
    title: 'MAY let only administrators provision, and choose the department by the caller',
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
  if (!phone.includes(start) || !phone.endsWith(end)) fail(`the ends of ${phone}, masked`, mobile, exchange)
}

const endsLike = (mobile: unknown, phone: string): boolean =>
  typeof mobile === 'string' && phone.endsWith(mobile.split('*').at(-1) ?? mobile)
