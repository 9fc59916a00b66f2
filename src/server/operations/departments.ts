import { limits } from '../../spec/limits.ts'
import { createDepartment } from '../../spec/operations/create-department.ts'
import { deleteDepartment } from '../../spec/operations/delete-department.ts'
import { getDepartment } from '../../spec/operations/get-department.ts'
import { listDepartments } from '../../spec/operations/list-departments.ts'
import { updateDepartment } from '../../spec/operations/update-department.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Department } from '../../world/directory/departments.ts'
import type { State } from '../../world/state.ts'
import { departmentFor, scopeOf } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { orgIdOf, tenantIdOf } from './organisation.ts'

export const departmentHandlers = {
  listDepartments: defineHandler({
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
  }),

  getDepartment: defineHandler({
    operation: getDepartment,
    handle: ({ params: { department_id }, state, caller }) =>
      departmentView(state, departmentFor(state, caller, department_id)),
    toWire: withRootParent,
  }),

  createDepartment: defineHandler({
    operation: createDepartment,
    handle({ body: { name, parentId }, sandbox, state, caller, readings }) {
      const parent = departmentFor(state, caller, parentId)
      checkDepartmentName(name, parent, readings)
      return { data: { id: sandbox.execute('create-department', { name, parentId: parent.id, by: caller.user?.id }) } }
    },
  }),

  updateDepartment: defineHandler({
    operation: updateDepartment,
    handle({ params: { department_id }, body: { name, parentId }, sandbox, state, caller, readings }) {
      const department = departmentFor(state, caller, department_id)
      // A parent that does not change need not be one that the caller administers.
      const parent = parentId === department.parent?.id ? department.parent : departmentFor(state, caller, parentId)
      checkDepartmentName(name, parent, readings, department)
      sandbox.execute('update-department', { departmentId: department.id, name, parentId: parent.id })
      return {}
    },
  }),

  deleteDepartment: defineHandler({
    operation: deleteDepartment,
    handle({ params: { department_id }, sandbox, state, caller, readings }) {
      const { id: departmentId } = departmentFor(state, caller, department_id)
      sandbox.execute('delete-department', {
        departmentId,
        movesToParent: readings['department-deletion'] === 'to-parent',
      })
      return {}
    },
  }),
}

/** parentId of the root by default. Reading root-parent. */
const ROOT_PARENT = '0'

/** A department as the tables list it. */
export const departmentView = (state: State, { id, deptId, parent, name }: Department) => ({
  id,
  orgId: orgIdOf(state),
  deptId,
  parentId: parent?.id ?? ROOT_PARENT,
  name,
  tenantId: tenantIdOf(state),
})

/** Writes the parent of the root the way that the reading root-parent says. */
export function withRootParent<T extends { readonly parentId?: string | undefined }>(
  department: T,
  readings: Readings,
): Record<string, unknown> {
  const { parentId, ...others } = department
  if (parentId !== ROOT_PARENT || readings['root-parent'] === 'zero') return department
  return readings['root-parent'] === 'empty' ? { ...others, parentId: '' } : others
}

/**
 * Checks the name of a department below a parent. Reading department-name.
 *
 * @throws Refusal 13000102.
 */
function checkDepartmentName(
  name: string,
  parent: Department,
  readings: Readings,
  itself?: Department | undefined,
): void {
  if (name.trim() === '') throw refuse('name is empty or has only white space.')
  if (readings['department-name'] === 'any') return
  const length = [...name].length
  if (length > limits.departmentNameMax) {
    throw refuse(`name has ${length} characters; the member guide allows ${limits.departmentNameMax}.`)
  }
  if (parent.children.some((other) => other !== itself && other.name === name)) {
    throw refuse(
      `Department ${parent.id} has a sub-department of this name already; names are unique beside each other.`,
    )
  }
}

const refuse = (detail: string) =>
  new Refusal('verifyParametersFailed', { rule: 'body.name', detail, evidence: 'inferred' })
