import { listDepartmentSpaces } from '../../spec/operations/list-department-spaces.ts'
import type { Department } from '../../world/directory/departments.ts'
import { scopeOf } from '../authentication/caller.ts'
import { departmentView, withRootParent } from '../management/department-view.ts'
import { spaceTimes, spaceView } from '../management/space-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const listDepartmentSpacesHandler = defineHandler({
  operation: listDepartmentSpaces,
  handle({ query: { offset, limit, keyWord = '' }, state, caller }) {
    const wanted = keyWord.toLowerCase()
    const found = [...treeOf(scopeOf(state, caller))].filter(({ name }) => name.toLowerCase().includes(wanted))
    const from = Number(offset)
    return {
      total: found.length,
      departments: found.slice(from, from + Number(limit)).map((department) => {
        const { id, parentId, name, tenantId } = departmentView(state, department)
        const space = department.spaces.at(-1)
        const own = { id, parentId, name, tenantId }
        if (space === undefined) return own
        return {
          ...own,
          ...spaceView(state, department, space),
          status: Number(space.status),
          capacity: space.capacityGb,
          spaceUsed: space.usedKb,
          userNum: state.directory.count(department, true),
          ...spaceTimes(space),
        }
      }),
    }
  },
  toWire({ total, departments }, readings) {
    const rows =
      readings['department-space-fields'] === 'full'
        ? departments
        : departments.map(({ id, parentId, name, tenantId }) => ({ id, parentId, name, tenantId }))
    return {
      total: readings['department-space-total-type'] === 'number' ? total : String(total),
      ...((rows.length > 0 || readings['empty-result'] === 'array') && {
        departments: rows.map((row) => withRootParent(row, readings)),
      }),
    }
  },
})

/** A department and all below it, each before those below it. */
function* treeOf(department: Department): IterableIterator<Department> {
  yield department
  for (const child of department.children) yield* treeOf(child)
}
