import { listDepartments } from '../../spec/operations/list-departments.ts'
import { scopeOf } from '../authentication/caller.ts'
import { departmentFor } from '../authentication/department.ts'
import { departmentView, withRootParent } from '../management/department-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const listDepartmentsHandler = defineHandler({
  operation: listDepartments,
  handle({ query: { departmentId, keyWord = '' }, state, caller, readings }) {
    const startsAtRoot = departmentId === undefined && readings['department-list-start'] === 'root'
    const found = startsAtRoot ? [scopeOf(state, caller)] : departmentFor(state, caller, departmentId).children
    const wanted = keyWord.toLowerCase()
    return {
      list: found
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .map((department) => departmentView(state, department)),
    }
  },
  toWire({ list }, readings) {
    if (list.length === 0 && readings['empty-result'] === 'absent') return {}
    return { list: list.map((department) => withRootParent(department, readings)) }
  },
})
