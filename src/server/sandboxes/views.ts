import type { Fault } from '../../scenarios/scenario.ts'
import { failureText } from '../../world/batch/results.ts'
import type { Task, TaskStatus } from '../../world/batch/task.ts'
import type { XDateTime } from '../../world/clock.ts'
import type { ActiveFault } from '../../world/faults.ts'
import { subtaskId } from '../../world/ids.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'

/** What a clock shows. */
export interface ClockView {
  /** Virtual time, ISO 8601 in UTC. */
  readonly now: string
  readonly frozen: boolean
  /** Virtual seconds per real second. */
  readonly rate: number
  /** Time by which X-Date is judged: `virtual`, or `real` for clients whose clock cannot be moved along. */
  readonly xDate: XDateTime
}

/** The progress of a task, with the fields of the vendor's taskInfo. */
export interface TaskView {
  readonly taskId: string
  readonly status: TaskStatus
  readonly totalCount: number
  readonly successCount: number
  readonly failCount: number
  readonly skipCount: number
  /** Virtual time, ISO 8601 in UTC. */
  readonly createdAt: string
  /** Virtual time, ISO 8601 in UTC; null while the task runs. */
  readonly finishedAt: string | null
}

/** A task with the outcome of each row settled so far. */
export interface TaskDetail extends TaskView {
  readonly rows: readonly {
    readonly id: string
    readonly phone: string
    readonly outcome: 'success' | 'existing' | 'failed'
    readonly userId?: string
    /** Error code of a row that was skipped or failed. */
    readonly code?: string
  }[]
}

/** A fault in force or to come, with the calls it has seen. */
export type FaultView = Fault & {
  readonly faultId: string
  /** Virtual time at which it was added, ISO 8601 in UTC. */
  readonly since: string
  readonly inForce: boolean
  /** Calls it has seen: those of its operation while it was in force. */
  readonly calls: number
  /** Calls it was injected into. */
  readonly injected: number
  /** @deprecated The same as `injected`; goes with 2.0. */
  readonly struck: number
}

/** The credentials of a sandbox, as its creator gets them. */
export function toCredentialsView({ id, config: { credentials } }: Sandbox) {
  const { appId, appSecret, userId, tokens } = credentials
  return { id, appId, appSecret, userId, tokens }
}

export function toClockView({ clock }: Pick<Sandbox, 'clock'>): ClockView {
  const { now, frozen, rate, xDate } = clock.read()
  return { now: toIso(now), frozen, rate, xDate }
}

/** What people and programs know a sandbox by. */
const toIdentityView = ({ config: { name, labels }, createdAt, lastUsedAt }: Sandbox) => ({
  name: name ?? null,
  labels: labels ?? {},
  createdAt: toIso(createdAt),
  lastUsedAt: toIso(lastUsedAt),
})

/** A sandbox in a list. */
export function toSummaryView(sandbox: Sandbox) {
  const { scenario, tasks } = sandbox.read()
  const identity = toIdentityView(sandbox)
  return { id: sandbox.id, ...identity, scenario: scenario.name, clock: toClockView(sandbox), tasks: tasks.size }
}

/** A sandbox as a whole: how it is set up and what is in it. */
export function toSandboxView(sandbox: Sandbox, requests: number) {
  const { config } = sandbox
  const { scenario, settings, readings, directory, tasks, tokens, faults, sequence } = sandbox.read()
  return {
    ...toCredentialsView(sandbox),
    ...toIdentityView(sandbox),
    seed: config.seed,
    scenario: scenario.name,
    readings,
    clock: toClockView(sandbox),
    settings: {
      users: settings.users,
      departments: settings.departments,
      rowsPerSecond: settings.rowsPerSecond,
      allocateSpaceGb: settings.allocateSpaceGb,
      tokenLifeSeconds: settings.tokenLifeMs / 1000,
      tokensSlide: settings.tokensSlide,
    },
    counts: {
      users: directory.size,
      departments: directory.departments.size,
      freeCapacityGb: directory.freeCapacityGb,
      tasks: tasks.size,
      tokens: [...tokens.all()].length,
      faults: faults.all().length,
      requests,
      commands: sequence,
    },
  }
}

/** The progress of a task, with the fields of the vendor's taskInfo. */
export function toTaskView(sandbox: Sandbox, task: Task): TaskView {
  const { success, existing, failed } = task.counts
  return {
    taskId: task.id,
    status: task.statusAt(sandbox.clock.now()),
    totalCount: task.total,
    successCount: success,
    failCount: failed,
    skipCount: existing,
    createdAt: toIso(task.createdAt),
    finishedAt: task.finishedAt === undefined ? null : toIso(task.finishedAt),
  }
}

/** A task with the outcome of each row settled so far. */
export function toTaskDetail(sandbox: Sandbox, task: Task): TaskDetail {
  const rows = task.results.map((result, row) => ({
    id: subtaskId(task.id, row),
    phone: task.rows.phoneAt(row),
    outcome: result.outcome,
    ...('userId' in result && { userId: result.userId }),
    ...('error' in result && { code: failureText(result).code }),
  }))
  return { ...toTaskView(sandbox, task), rows }
}

/** A fault in force or to come, with the calls it has seen. */
export function toFaultView(sandbox: Sandbox, active: ActiveFault): FaultView {
  const { faultId, fault, since, calls, injected } = active
  const isInForce = sandbox.read().faults.isInForce(active, sandbox.clock.now())
  return { faultId, ...fault, since: toIso(since), inForce: isInForce, calls, injected, struck: injected }
}
