import { isRecord } from '../../client/json.ts'
import { documented } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { type Check, defineCheck } from '../check.ts'
import { refusedParameter, success } from '../judge.ts'
import { fail, SkipCheck, skip } from '../outcome.ts'
import { createLargest, createMinimal, createTooLarge, minimalTask } from '../probes/batch.ts'
import { createMain, mainTask } from '../probes/main-task.ts'
import { storedPhone, taskIdOf } from '../probes/tasks.ts'

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
    async run({ get, facts, notice }) {
      const exchange = await get(createMain)
      success(exchange, operationId)
      if (exchange.request.body?.includes(`${facts.prefix}u5`) !== true) {
        notice('a batch with rows that break the rules of single users is refused as a whole')
      }
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
    title: 'MUST answer with the id of a task that can be queried',
    operation: operationId,
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'A client that polls right after creating must not be told that there is no such task.',
    uses: [createMain, mainTask],
    async run({ get, notice }) {
      taskIdOf(await get(createMain))
      try {
        const { missed } = await get(mainTask)
        if (missed.length > 0) notice(`the task was found at poll ${missed.length + 1} only; clients need patience`)
      } catch (error) {
        if (error instanceof SkipCheck) fail('a poll with success', error.message)
        throw error
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
        const stranger = last.rows.find(({ phone }) => !phones.map(storedPhone).includes(storedPhone(phone)))
        if (stranger !== undefined)
          fail('rows of submitted phones only', `a row of ${String(stranger['phone'])}`, last.exchange)
        if (last.total !== phones.length) fail(`${phones.length} users`, `${String(last.total)}`, last.exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.phone-kept`,
    title: 'MUST show a phone as it was submitted, at most with 00 for +',
    operation: operationId,
    from: documented('createBatch', 'Table 3, phone'),
    clause: `${operationId}: userList[].phone`,
    why: 'Clients find the row of a user by the phone they sent.',
    uses: [mainTask],
    async run({ get }) {
      const { last, phones, isFinished } = await get(mainTask)
      if (!isFinished) skip('the task did not end in time')
      const shown = new Set(last.rows.map(({ phone }) => storedPhone(phone)))
      const lost = phones.find((phone) => !shown.has(storedPhone(phone)))
      if (lost !== undefined) fail(`a row of ${lost}`, 'none', last.exchange)
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
]
