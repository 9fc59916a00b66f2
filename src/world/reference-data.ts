import { Plan } from './batch/plan.ts'
import { Task } from './batch/task.ts'
import type { SandboxConfig } from './config.ts'
import type { Cast } from './directory/seeded-users.ts'
import { toLongId } from './long-id.ts'
import type { State } from './state.ts'
import { TextColumn } from './text-column.ts'

/** The task and the phone of the example on the page Querying Batch Provisioning. */
const TASK_ID = '1882735962480556672'
const PHONE = '12345557'
/** Number of the seeded user that has the phone. */
const OWNER = 3

/** Seeded users whose details are given: the system administrator, and the user of the reference page. */
export function castOf({ credentials, withReferenceData }: SandboxConfig): ReadonlyMap<number, Cast> {
  const cast = new Map<number, Cast>([[0, { id: credentials.userId }]])
  if (withReferenceData) cast.set(OWNER, { mobile: PHONE })
  return cast
}

/** The finished task of the reference page: one phone twice, so one user provisioned and one row skipped. */
export function addReferenceTask(state: State, now: number): void {
  const owner = state.directory.findByPhone(PHONE)
  if (owner === undefined) return
  const task = new Task({
    id: TASK_ID,
    sequence: -1,
    createdAt: now,
    rows: { phones: TextColumn.of([PHONE, PHONE]), names: TextColumn.of([owner.name, owner.name]), problems: {} },
    plan: new Plan(now, 2, 1),
    hasMagic: false,
    departmentId: undefined,
  })
  const ownerId = toLongId(owner.userId)
  task.addSuccess(ownerId)
  task.addExisting(ownerId, state.directory)
  task.finish(now, false)
  state.tasks.add(task)
}
