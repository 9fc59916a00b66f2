import type { Scenario } from '../scenarios/scenario.ts'
import { Plan } from './batch/plan.ts'
import { packRows } from './batch/rows.ts'
import { Task } from './batch/task.ts'
import type { SandboxConfig } from './config.ts'
import type { Department } from './directory/departments.ts'
import type { Directory } from './directory/directory.ts'
import type { Cast } from './directory/seeded-users.ts'
import { roles, userStatuses } from './directory/user.ts'

/** The task and the phone of the example on the page Querying Batch Provisioning. */
const TASK_ID = '1882735962480556672'
const PHONE = '12345557'
/** Number of the seeded user that has the phone. */
const OWNER = 3
const DEFAULT_SPACE_GB = 10

/** Seeded users whose details are given: the system administrator, and the user of the reference page. */
export function castOf({ credentials, withReferenceData }: SandboxConfig): ReadonlyMap<number, Cast> {
  const cast = new Map<number, Cast>([[0, { id: credentials.userId }]])
  if (withReferenceData) cast.set(OWNER, { mobile: PHONE })
  return cast
}

/** The finished task of the reference page: one phone twice, so one user provisioned and one row skipped. */
export function referenceTask(directory: Directory, now: number): Task | undefined {
  const owner = directory.findByPhone(PHONE)
  if (owner === undefined) return undefined
  const { name, userId } = owner
  const task = new Task({
    id: TASK_ID,
    sequence: -1,
    createdAt: now,
    rows: packRows([
      { phone: PHONE, name },
      { phone: PHONE, name },
    ]),
    plan: new Plan(now, 2, 1),
    hasMagic: false,
    departmentId: undefined,
  })
  task.settle({ outcome: 'success', userId })
  task.settle({ outcome: 'existing', userId })
  task.finish(now, false)
  return task
}

/** Adds the departments and users that a scenario names. */
export function populate(directory: Directory, { directory: extra }: Scenario, newId: () => string, at: number): void {
  const { departments } = directory
  const named = (nameOrId: string | undefined): Department => {
    if (nameOrId === undefined) return directory.root
    for (const department of departments.all()) {
      if (department.id === nameOrId || department.name === nameOrId) return department
    }
    return directory.root
  }
  for (const { name, id, parent } of extra?.extraDepartments ?? []) departments.add(name, id ?? newId(), named(parent))
  for (const { name, phone, department, role, status, spaceGb, spaceStatus } of extra?.extraUsers ?? []) {
    directory.joinAlone(
      { name, phone },
      {
        department: named(department),
        role: role ?? roles.commonUser,
        status: status ?? userStatuses.enabled,
        spaceGb: spaceGb ?? DEFAULT_SPACE_GB,
        spaceStatus: spaceStatus ?? '0',
      },
      at,
    )
  }
}
