import { taskStatuses } from '../spec/operations/query-batch-provisioning.ts'
import { createPlan, MAGIC_PART } from './batch/plan.ts'
import { packRows } from './batch/rows.ts'
import { Task } from './batch/task.ts'
import { TaskRun } from './batch/task-run.ts'
import { CommandError } from './command-error.ts'
import type { Command, Commands, CommandType, ResultOf } from './commands.ts'
import { readingsOf, settingsOf } from './config.ts'
import { Faults } from './faults.ts'
import { departmentHandlers } from './management/departments.ts'
import { sessionHandlers } from './management/sessions.ts'
import { spaceHandlers } from './management/spaces.ts'
import { taskHandlers } from './management/tasks.ts'
import { userHandlers } from './management/users.ts'
import type { Handler, Handlers, State } from './state.ts'
import { tokenAt } from './tokens.ts'

/** What each command does. A handler that refuses does so before it changes anything. */
const handlers: Handlers<CommandType> = {
  ...departmentHandlers,
  ...userHandlers,
  ...spaceHandlers,
  ...taskHandlers,
  ...sessionHandlers,

  'create-task': (state, { userId, rows }, at) => {
    const batch = state.scenario.batch ?? {}
    const caller = state.readings['provisioned-department'] === 'caller' ? state.directory.findById(userId) : undefined
    const packed = packRows(rows)
    const hasMagic = packed.mayContain(MAGIC_PART)
    const task = new Task({
      id: state.ids.next(at, 1 + packed.length),
      sequence: state.sequence,
      createdAt: at,
      rows: packed,
      plan: createPlan(batch, state.settings.rowsPerSecond, at, packed, hasMagic),
      hasMagic,
      departmentId: caller?.department.id,
    })
    state.agenda.add(new TaskRun(state, task))
    state.tasks.add(task)
    if (state.tasks.isOverfull) {
      state.agenda.settle(at)
      state.tasks.forgetOldest()
    }
    return task.id
  },

  'complete-task': (state, { taskId }, at) => {
    const task = taskNamed(state, taskId)
    // Whoever asked may have been overtaken by the last row.
    if (task.isFinished && task.settled === task.total) return undefined
    refuseFinished(task)
    new TaskRun(state, task).complete(at)
    return undefined
  },

  'fail-task': (state, { taskId }, at) => {
    const task = taskNamed(state, taskId)
    if (task.statusAt(at) === taskStatuses.failed) return undefined
    refuseFinished(task)
    task.finish(at, true)
    return undefined
  },

  'issue-token': (state, { kind, lifeMs }, at) => {
    const token = tokenAt(state.config, state.sequence)
    return state.tokens.issue({ token, kind, lifeMs: lifeMs ?? state.settings.tokenLifeMs }, at).token
  },

  'use-token': (state, { token }, at) => {
    state.tokens.use(token, at)
    return undefined
  },

  'revoke-token': (state, { token }) => state.tokens.revoke(token),

  'set-clock': (state, setting) => {
    state.clock = setting
    state.agenda.settle(setting.now)
    return undefined
  },

  'set-scenario': (state, { scenario }, at) => {
    const readings = readingsOf(scenario, state.chosenReadings)
    Faults.refuseMoreThanMost(scenario.faults?.length ?? 0)
    state.tokens.refuseWithoutRoom(Object.values(state.config.credentials.tokens), at)
    const before = { scenario: state.scenario, settings: state.settings }
    state.scenario = scenario
    state.readings = readings
    state.settings = settingsOf(state.config, scenario)
    if (structureOf(before) !== structureOf(state)) state.replaceDirectory(at)
    else if (before.settings.freeCapacityGb !== state.settings.freeCapacityGb) {
      state.directory.capacity.freeGb = state.settings.freeCapacityGb
    }
    if (lifeOf(before) !== lifeOf(state)) state.issueOwnTokens(at)
    state.scheduleArrivals(at)
    state.faults.clear()
    for (const fault of scenario.faults ?? []) state.faults.add(fault, at)
    return undefined
  },

  'set-readings': (state, { readings }) => {
    state.readings = readingsOf(state.scenario, readings)
    state.chosenReadings = readings
    return undefined
  },

  'read-page': (state, _, at) => {
    state.arrivals?.readPage(at)
    return undefined
  },
  'add-fault': (state, { fault }, at) => state.faults.add(fault, at),
  'remove-fault': (state, { faultId }) => state.faults.remove(faultId),
  'clear-faults': (state) => {
    state.faults.clear()
    return undefined
  },
  'set-routes': (state, { routes }) => {
    state.routes.set(routes)
    return undefined
  },
  'meet-route': (state, { routeId, takesId = false }, at) => ({
    call: state.routes.meet(routeId),
    ...(takesId && { newId: state.ids.next(at) }),
  }),
  'meet-faults': (state, { operationId }, at) => state.faults.meet(operationId, at),
}

/**
 * Carries out a command. Whatever is due by its time happens first.
 *
 * @throws CommandError when the command cannot be carried out; the state is then as if it had not been tried.
 */
export function apply<T extends CommandType>(state: State, command: Command<T>): ResultOf<T> {
  if (!canWait(state, command.type)) state.agenda.settle(command.at)
  const handler = handlers[command.type] as Handler<T>
  const result = handler(state, command as unknown as Commands[T]['payload'], command.at)
  state.sequence += 1
  return result
}

/** Tasks that may be added before what is due has to happen: whoever looks next should not wait long. */
const TASKS_WAITING = 32

/** Whether what is due may happen after a command just as well: a new task changes nothing for those before it. */
const canWait = ({ agenda, arrivals, managementTasks, readings }: State, type: CommandType): boolean =>
  type === 'create-task' &&
  agenda.added < TASKS_WAITING &&
  arrivals === undefined &&
  !managementTasks.isBusy &&
  readings['provisioned-department'] !== 'caller'

type Configured = Pick<State, 'scenario' | 'settings'>

/** What a directory is built from; while it stays, so do the users that joined. */
const structureOf = ({
  settings: { users, departments, departmentSpaceGb },
  scenario: { directory },
}: Configured): string =>
  JSON.stringify([users, departments, departmentSpaceGb, directory?.extraDepartments, directory?.extraUsers])

/** What decides the life of the own tokens. */
const lifeOf = ({ settings: { tokenLifeMs, lastingTokens } }: Configured): string =>
  `${lastingTokens ? 'lasting' : tokenLifeMs}`

function taskNamed(state: State, taskId: string): Task {
  const task = state.tasks.get(taskId)
  if (task === undefined) throw new CommandError(`There is no task ${taskId} in sandbox ${state.config.id}.`)
  return task
}

function refuseFinished(task: Task): void {
  if (task.isFinished) throw new CommandError(`Task ${task.id} is finished already.`)
}
