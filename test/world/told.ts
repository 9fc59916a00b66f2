import type { State } from '../../src/world/state.ts'

/** Everything that can be told of an organisation, as plain data. */
export function told({ directory, tasks, managementTasks }: State) {
  const everybody = { scope: directory.root, direct: false, inMobile: false, withSpace: false }
  const { users } = directory.list({ ...everybody, keyWord: undefined, spaceStatus: undefined }, 0, 10_000)
  return {
    users: users.map(({ number, name, userId, id, department, mobile, role, status, spaces }) => {
      return { number, name, userId, id, department: department.id, mobile, role, status, spaces }
    }),
    departments: directory.departments
      .all()
      .map(({ id, name, parent, spaces }) => ({ id, name, parent: parent?.id, spaces })),
    capacity: [directory.freeCapacityGb, directory.capacity.individual, directory.capacity.department],
    tasks: [...tasks.all()].map(({ id, results, finishedAt }) => ({ id, results, finishedAt })),
    managementTasks: managementTasks.page({}, 0, 1000),
  }
}
