import { authenticate } from '../../server/authentication/authenticate.ts'
import type { Mutation } from '../../server/mutation.ts'
import { documented } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Task } from '../../world/batch/task.ts'
import { changeSelection } from '../list-seam.ts'
import { defineMutants } from '../mutant.ts'
import { changeBody, changeContext, changeResult, type Loose, together } from '../seams.ts'
import { changeSettledRows, changeTaskData, type TaskData } from '../task-seam.ts'

const create = documented('createBatch', 'Table 4')
const rows = documented('queryBatch', 'Table 5')
const info = documented('queryBatch', 'Table 6')
const pages = documented('queryBatch', 'Table 4')
const list = documented('listUsers', 'Table 3')

const isRunning = (task: Task): boolean => task.settled < task.total
const phonesOf = ({ total, rows }: Task): string[] => Array.from({ length: total }, (_, at) => rows.phoneAt(at))

/** Calls `react` whenever a task is created, with those that were still running then. */
const onCreate = (react: (running: readonly Task[], phones: readonly string[]) => void): Mutation =>
  changeContext(createBatchProvisioningTask, (context) => {
    react(
      [...context.state.tasks.all()].filter(isRunning),
      context.body.userList.map(({ phone }) => phone),
    )
    return context
  })

/** Tells whether a call meets another one; each waits until those that came with it are there. */
function meeting(mutate: (meets: () => boolean) => Mutation): Mutation {
  let inFlight = 0
  let hasMet = false
  return {
    ...mutate(() => hasMet),
    async authenticate(...call) {
      inFlight += 1
      hasMet ||= inFlight > 1
      await new Promise((resolve) => setImmediate(resolve))
      return authenticate(...call)
    },
    answer(answer) {
      inFlight = Math.max(0, inFlight - 1)
      if (inFlight === 0) hasMet = false
      return answer
    },
  }
}

/** What goes wrong only when calls or tasks meet: found by `contract --explore`. */
export const concurrencyMutants = defineMutants('concurrency', [
  [
    'lost-update',
    'the users of a task are lost when another one is created before it has ended',
    list,
    () => {
      const lost = new Set<string>()
      return together(
        onCreate((running) => {
          for (const phone of running.flatMap(phonesOf)) lost.add(phone)
        }),
        changeSelection(listUsers, (users) => users.filter(({ mobile }) => !lost.has(mobile))),
      )
    },
  ],
  [
    'double-user',
    'two tasks that run at once provision one phone twice',
    rows,
    () => {
      const racing = new Set<string>()
      return together(
        onCreate((running, phones) => {
          const taken = new Set(running.flatMap(phonesOf))
          for (const phone of phones) if (taken.has(phone)) racing.add(phone)
        }),
        changeSettledRows((all) =>
          all.map((row, at) => {
            const isRepeated = all.slice(0, at).some(({ phone }) => phone === row.phone)
            if (row.result.outcome !== 'existing' || !racing.has(row.phone) || isRepeated) return row
            return { ...row, result: { outcome: 'success', userId: `${BigInt(row.result.userId) + 128n}` } as never }
          }),
        ),
      )
    },
  ],
  [
    'phantom-row',
    'a task shows a row of another one that ran when it was created',
    rows,
    () => {
      let guest: Task | undefined
      const hosts = new Set<string>()
      return together(
        onCreate((running) => {
          guest = running[0]
        }),
        changeResult(createBatchProvisioningTask, (answer) => {
          if (guest !== undefined) hosts.add(answer.data)
          return answer
        }),
        changeTaskData((data) => {
          const { taskId } = data.taskInfo
          if (!hosts.has(taskId) || guest === undefined || data.registerList.length === 0) return data
          const [row] = data.registerList
          return { ...data, registerList: [...data.registerList, { ...row, phone: `${guest.rows.phoneAt(0)}9` }] }
        }),
      )
    },
  ],
  [
    'stale-list',
    'a list that was asked for once is answered the same for ever',
    list,
    () => {
      const kept = new Map<string, readonly unknown[]>()
      return changeSelection(listUsers, (users, { keyWord }) => {
        const key = String(keyWord)
        if (keyWord === undefined) return users
        if (!kept.has(key)) kept.set(key, users)
        return kept.get(key) as typeof users
      })
    },
  ],
  [
    'poll-goes-back',
    'the first poll after another task was created repeats the answer of an earlier poll',
    info,
    () => {
      const first = new Map<string, TaskData>()
      let wasCreated = false
      return together(
        onCreate(() => {
          wasCreated = true
        }),
        changeTaskData((data) => {
          const { taskId } = data.taskInfo
          const before = first.get(taskId)
          if (before === undefined) first.set(taskId, data)
          if (!wasCreated || before === undefined) return data
          wasCreated = false
          return before
        }),
      )
    },
  ],
  [
    'answers-exchanged',
    'polls of two tasks that are in flight together get the answer of the other one',
    info,
    () => {
      let last: TaskData | undefined
      return meeting((meets) =>
        changeTaskData((data) => {
          const other = last
          last = data
          return meets() && other !== undefined ? other : data
        }),
      )
    },
  ],
  [
    'one-id-for-two',
    'two tasks that are created together get one id',
    create,
    () => {
      let last: string | undefined
      return meeting((meets) =>
        changeResult(createBatchProvisioningTask, (answer) => {
          last = meets() && last !== undefined ? last : answer.data
          return { data: last }
        }),
      )
    },
  ],
  [
    'totals-shared',
    'a task that is created while others run counts their users as its own',
    info,
    () => {
      const more = new Map<string, number>()
      let others = 0
      return together(
        onCreate((running) => {
          others = running.reduce((sum, { total }) => sum + total, 0)
        }),
        changeResult(createBatchProvisioningTask, (answer) => {
          if (others > 0) more.set(answer.data, others)
          return answer
        }),
        changeTaskData((data) => {
          const { taskId, totalCount } = data.taskInfo
          return { ...data, taskInfo: { ...data.taskInfo, totalCount: totalCount + (more.get(taskId) ?? 0) } }
        }),
      )
    },
  ],
  [
    'pages-shift',
    'once another task was created, the one before it is read from its second row on, page by page',
    pages,
    () => {
      const shifted = new Set<string>()
      return together(
        onCreate((running) => {
          for (const { id } of running) shifted.add(id)
        }),
        changeTaskData((data, { pageSize }) =>
          pageSize !== undefined && shifted.has(data.taskInfo.taskId)
            ? { ...data, registerList: data.registerList.slice(1) }
            : data,
        ),
      )
    },
  ],
  [
    'existing-user-other',
    'a phone that another running task provisions is skipped with the id of somebody else',
    rows,
    () => {
      const racing = new Set<string>()
      return together(
        onCreate((running, phones) => {
          if (running.length > 0) for (const phone of phones) racing.add(phone)
        }),
        changeBody(queryBatchProvisioning, (body) => {
          const data = body['data'] as Loose
          const all = Array.isArray(data['registerList']) ? (data['registerList'] as Loose[]) : []
          const changed = all.map((row) =>
            row['code'] === '40000009' && racing.has(String(row['phone']))
              ? { ...row, userId: '1008600000999999999' }
              : row,
          )
          return { ...body, data: { ...data, registerList: changed } }
        }),
      )
    },
  ],
])
