import { type Department, isWithin } from '../../world/directory/departments.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { Refusal } from '../refusal.ts'
import { scopeOf } from './caller.ts'

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
