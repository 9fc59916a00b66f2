import type { Readings } from '../../spec/readings.ts'
import { type Department, isWithin } from '../../world/directory/departments.ts'
import { roles } from '../../world/directory/user.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { Refusal } from '../refusal.ts'

/** Who X-User-Id names; undefined when nobody of the organisation has that id. */
export function callerOfUser(sandbox: Sandbox, userId: string): Caller | undefined {
  // Whoever is seeded is known without settling what is due.
  const user = sandbox.peek().directory.findById(userId) ?? sandbox.read().directory.findById(userId)
  if (user !== undefined) return { kind: 'user', role: user.role, department: user.department, user }
  const { directory, config } = sandbox.peek()
  const isWithoutUsers = userId === config.credentials.userId && directory.seededUsers === 0
  return isWithoutUsers ? { kind: 'user', role: roles.systemAdministrator, department: directory.root } : undefined
}

/**
 * The department whose subtree a caller may see.
 *
 * @throws Refusal 13000410 for a common user.
 */
export function scopeOf({ directory }: State, { kind, role, department }: Caller): Department {
  if (kind === 'application' || role === roles.systemAdministrator) return directory.root
  if (role === roles.departmentAdministrator) return department
  throw new Refusal('noSpacePermission', {
    rule: 'role',
    detail: `The caller has role ${role}; only administrators (roles 0 and 2) may call this operation.`,
    evidence: 'inferred',
    values: [department.id],
  })
}

/**
 * Whether a caller may provision users. Reading provisioning-role.
 *
 * @throws Refusal 13000410 when only administrators may and the caller is none.
 */
export function requireProvisioningRole({ role, department }: Caller, readings: Readings): void {
  if (readings['provisioning-role'] === 'any' || role !== roles.commonUser) return
  throw new Refusal('noSpacePermission', {
    rule: 'provisioning-role',
    detail: `X-User-Id names a user with role ${role}; only administrators may provision users here.`,
    evidence: 'inferred',
    values: [department.id],
  })
}

/**
 * The department that a request names, or the one that the caller administers when it names none.
 *
 * @throws Refusal 13000309 when it is unknown, 13000410 when the caller may not see it.
 */
export function departmentFor(state: State, caller: Caller, deptId: string | undefined): Department {
  const scope = scopeOf(state, caller)
  if (deptId === undefined) return scope
  const department = state.directory.departments.find(deptId)
  if (department === undefined) {
    throw new Refusal('resourceNotFound', {
      rule: 'department-unknown',
      detail: `This organisation has no department ${deptId}.${roundedHint(state, deptId)}`,
    })
  }
  if (isWithin(department, scope)) return department
  throw new Refusal('noSpacePermission', {
    rule: 'department-scope',
    detail: `The caller administers department ${scope.id}; ${deptId} lies outside of it.`,
    evidence: 'inferred',
    values: [deptId],
  })
}

/** Ids beyond 2^53 are rounded by JSON libraries that read numbers as doubles: say so when it explains the id. */
function roundedHint({ directory }: State, deptId: string): string {
  const original = directory.departments
    .all()
    .find(({ id }) => id !== deptId && String(BigInt(Number(id))) === toDigits(deptId))
  if (original === undefined) return ''
  return ` It looks like ${original.id} rounded to a double: send ids as strings or as exact 64-bit integers.`
}

const toDigits = (id: string): string => (/^\d{1,19}$/.test(id) ? String(BigInt(Number(id))) : '')
