import type { Scenario } from '../../scenarios/scenario.ts'
import type { Department } from './departments.ts'
import type { Directory } from './directory.ts'
import { roles, userStatuses } from './user.ts'

const DEFAULT_SPACE_GB = 10

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
