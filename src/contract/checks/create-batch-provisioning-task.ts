import { documented, example } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { asks, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { bodyOf, isRefusal, refusedParameter, success } from '../judge.ts'
import { fail, SkipCheck, skip } from '../outcome.ts'
import type { RunFacts } from '../probe.ts'
import { createAgain, createLargest, createMinimal, createTooLarge, largestTask, minimalTask } from '../probes/batch.ts'
import { createMain, createTwin, mainTask } from '../probes/main-task.ts'
import { finished, isMasked, storedPhone, taskIdOf } from '../probes/tasks.ts'

const { operationId, id } = createBatchProvisioningTask
const list = documented('createBatch', 'Table 2, userList')

/** Whether the target took the batch that has rows of one phone and rows that break rules of single users. */
const isMixedTaken = ({ request: { body } }: Exchange, { prefix }: RunFacts): boolean =>
  body?.includes(`${prefix}u5`) === true

export const createChecks = checksOf(operationId, [
  {
    id: `${id}.answers`,
    title: 'take a batch of users with every documented field',
    from: documented('createBatch', 'Tables 2 and 3'),
    clause: `${operationId}: request`,
    why: 'This is what the operation is for.',
    ...asks([createMain], ([exchange], { facts, notice }) => {
      success(exchange, operationId)
      if (!isMixedTaken(exchange, facts)) {
        notice('a batch with rows that break the rules of single users is refused as a whole')
      }
    }),
  },
  {
    id: `${id}.task-id`,
    title: 'answer with the id of the task, as a string',
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Nothing else leads to the outcome; as a JSON number it would lose its last digits.',
    ...asks([createMain], ([exchange], { notice }) => {
      success(exchange, operationId)
      const { data } = bodyOf(exchange)
      if (typeof data !== 'string' || data.trim() === '') {
        const got = data === undefined ? 'no data' : data === '' ? 'an empty string' : `data of type ${typeof data}`
        fail('data with a string', got, exchange)
      }
      if (!/^\d+$/.test(data)) notice('the id of the task has other characters than the digits of the examples')
    }),
  },
  {
    id: `${id}.task-exists`,
    title: 'answer with the id of a task that can be queried',
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
  },
  {
    id: `${id}.new-id`,
    title: 'give each task an id of its own',
    from: documented('createBatch', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Two batches under one id cannot be told apart.',
    ...asks([createMain, createMinimal], ([one, two]) => {
      if (taskIdOf(one) === taskIdOf(two)) fail('another id', `the id ${taskIdOf(one)} again`, one, two)
    }),
  },
  {
    id: `${id}.repeated`,
    title: 'create a task for each request, for one that is sent again too',
    from: documented('createBatch', 'Function; Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Whoever submits the same users again, after some were deleted, gets the outcome of the first time and no user.',
    ...asks([createMinimal, createAgain], ([one, two]) => {
      success(two, operationId)
      if (taskIdOf(one) === taskIdOf(two)) fail('the id of another task', `the id ${taskIdOf(one)} again`, one, two)
    }),
  },
  {
    id: `${id}.mandatory-is-enough`,
    title: 'take a single user with firstname and phone only',
    from: documented('createBatch', 'Table 3, Mandatory'),
    clause: `${operationId}: optional parameters`,
    why: 'Clients leave out what the page calls optional.',
    ...asks([createMinimal], ([exchange]) => success(exchange, operationId)),
  },
  {
    id: `${id}.single-user`,
    title: 'take a list of one user',
    from: list,
    clause: `${operationId}: userList`,
    why: 'Many batches are that small.',
    ...asks([createMinimal], ([exchange]) => success(exchange, operationId)),
  },
  {
    id: `${id}.two-at-once`,
    title: 'take a task while another one may be running',
    from: documented('createBatch', 'Tables 2 and 3'),
    clause: `${operationId}: request`,
    why: 'Nothing on the page asks a client to wait; two departments provision their people at the same time.',
    ...asks([createTwin], ([exchange]) => success(exchange, operationId)),
  },
  {
    id: `${id}.whole-list`,
    title: 'take the users of the list, all of them and nobody else',
    from: list,
    clause: `${operationId}: userList`,
    why: 'A user that is lost on the way in appears in no count and in no row.',
    uses: [mainTask, minimalTask, largestTask],
    async run({ get }) {
      for (const probe of [mainTask, minimalTask, largestTask]) {
        const { last, phones } = await get(probe)
        const stranger = last.rows.find(
          ({ phone }) => !isMasked(phone) && !phones.map(storedPhone).includes(storedPhone(phone)),
        )
        if (stranger !== undefined)
          fail('rows of submitted phones only', `a row of ${String(stranger['phone'])}`, last.exchange)
        if (last.total !== phones.length) fail(`${phones.length} users`, `${String(last.total)}`, last.exchange)
      }
    },
  },
  {
    id: `${id}.phone-kept`,
    title: 'show a phone by the digits that were submitted',
    from: example('queryBatch', 'example, phone; Creating a Batch Provisioning Task, Table 3'),
    clause: `${operationId}: userList[].phone`,
    why: 'Clients find the row of a user by the phone they sent.',
    ...asks([mainTask], ([task], { notice }) => {
      const { last, phones } = finished(task)
      const shown = new Set(last.rows.map(({ phone }) => storedPhone(phone)))
      const lost = phones.find((phone) => !shown.has(storedPhone(phone)))
      if (lost !== undefined) fail(`a row of ${lost}`, 'none', last.exchange)
      const texts = new Set(last.rows.map(({ phone }) => String(phone)))
      const respelt = phones.find((phone) => !texts.has(phone) && !texts.has(phone.replace(/^\+/, '00')))
      if (respelt !== undefined) notice(`a phone such as ${respelt} is shown in another spelling`)
    }),
  },
  {
    id: `${id}.thousand-users`,
    title: 'take 1,000 users at once',
    from: list,
    clause: `${operationId}: userList`,
    why: 'Clients cut their lists into pieces of the documented size.',
    uses: [createMain, createLargest],
    async run({ get, facts }) {
      const exchange = await get(createLargest)
      // They all have one phone, so that nobody is created: a target may refuse a list for that.
      if (isRefusal(exchange) && !isMixedTaken(await get(createMain), facts)) {
        skip('the target refuses lists for their rows; a thousand rows that it takes would create a thousand users')
      }
      success(exchange, operationId)
    },
  },
  {
    id: `${id}.more-than-thousand-users`,
    title: 'refuse more than 1,000 users',
    from: list,
    clause: `${operationId}: userList`,
    why: 'A list that is taken but cut loses users without a word.',
    ...asks([createTooLarge], ([exchange]) => refusedParameter(exchange, 'a list of 1,001 users')),
  },
])
