import type { Mutation } from '../../server/mutation.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning, taskInfo } from '../../spec/operations/query-batch-provisioning.ts'
import { defineMutants } from '../mutant.ts'
import { changeBody, fieldMutants, type Loose, leaveOut, without } from '../seams.ts'
import { changeTaskData, changeTaskInfo, type TaskData } from '../task-seam.ts'

const info = documented('queryBatch', 'Table 6')
const data = documented('queryBatch', 'Table 4')
const shown = example('queryBatch')
const status = inferred(
  'The page lists no values; the example has 2 and both task families of the service agree on 0, 1, 2',
)

type TaskInfo = TaskData['taskInfo']

const isEnd = (value: string): boolean => value === '2' || value === '3'

/** Shows another status in place of those to which something applies. */
const changeStatus = (applies: (status: string) => boolean, status: string): Mutation =>
  changeTaskInfo((found) => (applies(found.status) ? { status } : {}))

/** Changes what is told of the progress of a task at every other poll. */
function everyOtherPoll(change: (info: TaskInfo) => object): Mutation {
  let polls = 0
  return changeTaskInfo((found) => {
    polls += 1
    return polls % 2 === 0 ? change(found) : {}
  })
}

/** Status and counts of a task. */
export const queryProgressMutants = defineMutants('query-batch-provisioning', [
  ['data-missing', 'the answer has no data', data, leaveOut(queryBatchProvisioning, 'data')],
  ['data-list', 'data is a list', data, changeLooseData((found) => [found])],
  ['info-missing', 'the answer has no taskInfo', data, changeLooseData((found) => without(found, 'taskInfo'))],
  [
    'info-spread',
    'the fields of taskInfo stand beside it',
    data,
    changeLooseData(({ taskInfo: inner, ...rest }) => ({ ...rest, ...(inner as Loose) })),
  ],
  ...fieldMutants(
    'the progress of a task',
    taskInfo(),
    (change) => changeLooseData((found) => ({ ...found, taskInfo: change(found['taskInfo'] as Loose) })),
    'info-',
  ),
  [
    'task-id-other',
    'taskId is that of another task',
    info,
    changeTaskInfo(({ taskId }) => ({ taskId: (BigInt(taskId) + 4_096n).toString() })),
  ],
  [
    'status-words',
    'status is a word',
    status,
    changeTaskInfo((found) => ({ status: ['NEW', 'RUNNING', 'DONE', 'FAILED'][Number(found.status)] })),
  ],
  ['status-unknown', 'a finished task has status 5', status, changeStatus(isEnd, '5')],
  [
    'status-goes-back',
    'every other poll shows a running task as new',
    status,
    () => everyOtherPoll((found) => (found.status === '1' ? { status: '0' } : {})),
  ],
  [
    'status-reopens',
    'a finished task runs again at the next poll',
    status,
    () => {
      const ended = new Set<string>()
      return changeTaskInfo((found) => {
        if (!isEnd(found.status)) return {}
        const again = ended.has(found.taskId)
        ended.add(found.taskId)
        return again ? { status: '1' } : {}
      })
    },
  ],
  ['status-done-early', 'a task is done while rows are left', status, changeStatus((now) => now === '1', '2')],
  ['status-never-done', 'a task whose rows are all settled goes on running', status, changeStatus(isEnd, '1')],
  ['status-failed-for-done', 'a task that went well ends as failed', status, changeStatus((now) => now === '2', '3')],
  [
    'total-settled-only',
    'totalCount counts only the rows settled so far',
    info,
    changeTaskInfo(({ successCount, failCount, skipCount }) => ({
      totalCount: successCount + failCount + skipCount,
    })),
  ],
  [
    'total-off-by-one',
    'totalCount is one too high',
    info,
    changeTaskInfo(({ totalCount }) => ({ totalCount: totalCount + 1 })),
  ],
  ['total-zero', 'totalCount is 0', info, changeTaskInfo(() => ({ totalCount: 0 }))],
  [
    'success-off-by-one',
    'successCount is one too low',
    info,
    changeTaskInfo(({ successCount }) => ({ successCount: Math.max(0, successCount - 1) })),
  ],
  [
    'success-counts-all',
    'successCount counts the skipped and failed rows as well',
    info,
    changeTaskInfo(({ successCount, failCount, skipCount }) => ({
      successCount: successCount + failCount + skipCount,
    })),
  ],
  [
    'counts-swapped',
    'successCount and skipCount are exchanged',
    info,
    changeTaskInfo(({ successCount, skipCount }) => ({ successCount: skipCount, skipCount: successCount })),
  ],
  ['skip-uncounted', 'skipped rows are not counted', shown, changeTaskInfo(() => ({ skipCount: 0, failCount: 0 }))],
  [
    'existing-counted-twice',
    'an existing phone counts as skipped and as failed',
    shown,
    changeTaskInfo(({ failCount, skipCount }) => ({
      failCount: failCount + skipCount,
      skipCount: failCount + skipCount,
    })),
  ],
  ['count-negative', 'failCount is -1', info, changeTaskInfo(() => ({ failCount: -1 }))],
  [
    'counts-fall',
    'every other poll of a running task counts nothing',
    info,
    () => everyOtherPoll(({ status: now }) => (isEnd(now) ? {} : { successCount: 0, failCount: 0, skipCount: 0 })),
  ],
  [
    'count-flickers',
    'every other poll of a finished task counts one success less',
    info,
    () => {
      let polls = 0
      return changeTaskInfo(({ status: now, successCount }) => {
        polls += isEnd(now) ? 1 : 0
        return isEnd(now) ? { successCount: Math.max(0, successCount - (polls % 2)) } : {}
      })
    },
  ],
  [
    'end-shows-no-rows',
    'the rows of a finished task are gone at the second look',
    data,
    () => {
      const ended = new Set<string>()
      return changeTaskData((found) => {
        const { taskId, status: now } = found.taskInfo
        const again = ended.has(taskId)
        if (isEnd(now)) ended.add(taskId)
        return again ? { taskInfo: found.taskInfo, registerList: [] } : found
      })
    },
  ],
  ['runs-on', 'a finished task counts on from poll to poll', info, runsOn],
  ['stays-new', 'a task is new for ever, although its rows are all settled', status, changeStatus(() => true, '0')],
])

/** Changes `data` in the dialect of the readings. */
function changeLooseData(change: (data: Loose) => unknown) {
  return changeBody(queryBatchProvisioning, (body) => ({ ...body, data: change(body['data'] as Loose) }))
}

function runsOn() {
  let more = 0
  return changeTaskInfo((found) => {
    if (!isEnd(found.status)) return {}
    more += 1
    return { totalCount: found.totalCount + more - 1, successCount: found.successCount + more - 1 }
  })
}
