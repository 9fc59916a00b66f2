import type { Source } from '../batch/agenda.ts'
import { CommandError } from '../command-error.ts'
import { roles, type User, userStatuses } from '../directory/user.ts'
import { partsOf } from '../ids.ts'
import type { TaskCommands } from '../management-commands.ts'
import { type ManagementTask, managementTaskStatuses, managementTaskTypes } from '../management-stores.ts'
import { hash32, seedFor } from '../random.ts'
import type { Handlers, State } from '../state.ts'
import { memberOf, requireDeletable, userOf } from './users.ts'

/** Virtual time that a task takes to begin, and then to end. */
const START_MS = 500
const RUN_MS = 500
/** Users of an upload at most: how many and who is drawn from its id, as the mock has no OrgID to upload to. */
const UPLOAD_MAX = 5
const ORG_USER_ID_PREFIX = '10086000003'

export const taskHandlers: Handlers<keyof TaskCommands> = {
  'create-transfer-task': (state, { srcUserId, dstUserId, by }, at) => {
    const source = userOf(state, srcUserId)
    const target = userOf(state, dstUserId)
    if (source.number === target.number) {
      throw new CommandError('srcUserId and dstUserId are the same user: nobody is left to receive.', {
        rule: 'task-same-user',
      })
    }
    requireDeletable(state, source, by)
    requireSpace(target)
    const task = newTask(state, managementTaskTypes.transfer, `Transfer of ${source.name}`, by, at)
    const { id: sourceId } = source
    const { id: targetId } = target
    schedule(state, task, (now) => transfer(state, sourceId, targetId, by, now))
    return task.id
  },

  'create-import-task': (state, { resultId, by }, at) => {
    const task = newTask(state, managementTaskTypes.import, `Import ${resultId}`, by, at)
    schedule(state, task, (now) => importUpload(state, task, resultId, now))
    return task.id
  },
}

function newTask(state: State, type: number, name: string, creator: string | undefined, at: number): ManagementTask {
  const id = state.ids.next(at)
  const task: ManagementTask = {
    id,
    name,
    type,
    creator,
    // As the id has it: no two tasks have the same, so that a cursor can be a time.
    createdAt: partsOf(id).ms,
    startedAt: undefined,
    endedAt: undefined,
    status: managementTaskStatuses.new,
    failure: undefined,
    imported: 0,
    importFailures: [],
  }
  state.managementTasks.add(task)
  return task
}

/** Lets a task begin and end in its time. */
function schedule(state: State, task: ManagementTask, carryOut: (now: number) => void): void {
  const sequence = state.sequence
  const source: Source = {
    sequence,
    get nextDue() {
      if (task.endedAt !== undefined) return undefined
      return task.startedAt === undefined ? task.createdAt + START_MS : task.startedAt + RUN_MS
    },
    step(now) {
      if (task.startedAt === undefined) {
        task.startedAt = now
        task.status = managementTaskStatuses.executing
        return
      }
      task.endedAt = now
      task.status = managementTaskStatuses.success
      try {
        carryOut(now)
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        task.status = managementTaskStatuses.failed
        task.failure = error.message
      }
    },
  }
  state.agenda.add(source)
}

/** What it needs may have gone since the task was created. */
function transfer(state: State, sourceId: string, targetId: string, by: string | undefined, now: number): void {
  const source = userOf(state, sourceId)
  const target = userOf(state, targetId)
  requireDeletable(state, source, by)
  const space = requireSpace(target)
  const usedKb = source.spaces.reduce((sum, each) => sum + each.usedKb, 0)
  state.directory.remove(source)
  state.directory.changeSpace(target, space, { usedKb: space.usedKb + usedKb }, now, by)
}

function requireSpace({ id, space }: User) {
  if (space !== undefined) return space
  throw new CommandError(`User ${id} has no space to receive files.`, { error: 'spaceNotFound', rule: 'space-unknown' })
}

function importUpload(state: State, task: ManagementTask, resultId: string, now: number): void {
  const { directory, config, settings } = state
  const seed = seedFor(config.seed, `upload ${resultId}`)
  const count = 1 + (hash32(seed, 0) % UPLOAD_MAX)
  for (let row = 1; row <= count; row += 1) {
    const orgUserId = ORG_USER_ID_PREFIX + String(hash32(seed, row) % 100_000_000).padStart(8, '0')
    const member = memberOf(state, orgUserId)
    const fail = (reason: string) => task.importFailures.push({ userName: member.name, reason })
    if (directory.findById(orgUserId) !== undefined) fail('The user exists already.')
    else if (settings.allocateSpaceGb > directory.freeCapacityGb) fail('There is not enough free capacity.')
    else {
      const terms = {
        department: directory.root,
        role: roles.commonUser,
        status: userStatuses.enabled,
        spaceGb: settings.allocateSpaceGb,
        spaceStatus: '0' as const,
      }
      directory.joinAlone(member, terms, now, false, orgUserId)
      task.imported += 1
    }
  }
}
