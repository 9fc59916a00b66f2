import type { Readings } from '../../spec/readings.ts'
import type { Department } from '../../world/directory/departments.ts'
import type { State } from '../../world/state.ts'
import { orgIdOf, tenantIdOf } from './organisation.ts'

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
