import type { Readings } from '../../spec/readings.ts'
import { type Department, isWithin } from '../../world/directory/departments.ts'
import type { Space } from '../../world/directory/spaces.ts'
import { roles, type User } from '../../world/directory/user.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { departmentFor, scopeOf } from '../authentication/caller.ts'
import { Refusal } from '../refusal.ts'

/** Role of a drive administrator, who manages every space. CreateUser (zh 2025-12-12). */
const DRIVE_ADMINISTRATOR = 3

/** What finding needs of the context of a call. */
interface Finder {
  readonly state: State
  readonly caller: Caller
  readonly readings: Readings
}

/**
 * The user that a path names, whom the caller may manage.
 *
 * @throws Refusal 13000309 when there is none, 13000410 when the caller may not.
 */
export function userFor(finder: Finder, id: string): User {
  const { state, caller } = finder
  const user = namedUser(finder, id)
  const scope = scopeOf(state, caller)
  if (isWithin(user.department, scope)) return user
  throw new Refusal('noSpacePermission', {
    rule: 'user-scope',
    detail: `The caller administers department ${scope.id}; user ${user.id} belongs to ${user.department.id}, outside of it.`,
    evidence: 'inferred',
    values: [user.department.id],
  })
}

/** The same for a look: everybody may look at themselves. */
export function visibleUser(finder: Finder, id: string): User {
  const user = namedUser(finder, id)
  return user.id === finder.caller.user?.id ? user : userFor(finder, id)
}

function namedUser({ state, caller, readings }: Finder, id: string): User {
  const user = state.directory.findById(id)
  if (user !== undefined && (readings['user-in-path'] === 'either' || user.id === id)) return user
  // Whoever may not look learns nothing of who is there.
  scopeOf(state, caller)
  throw new Refusal('resourceNotFound', {
    rule: 'user-unknown',
    detail: `This organisation has no user ${id}. Use the id of listUsers, as a string: a JSON number loses its last digits.`,
  })
}

/** Who owns the space that a path names: a department (type 0) or a user (type 1). */
export function ownerFor(finder: Finder, ownerId: string, type: number, isLook: boolean): User | Department {
  if (type === 0) return departmentFor(finder.state, finder.caller, ownerId)
  if (type === 1) return isLook ? visibleUser(finder, ownerId) : userFor(finder, ownerId)
  scopeOf(finder.state, finder.caller)
  throw new Refusal('spaceNotFound', {
    rule: 'group-space',
    detail: `There is no group ${ownerId}: the mock has spaces of departments (type 0) and users (type 1).`,
    evidence: 'inferred',
  })
}

/**
 * The space of an owner that a call means: the one it names, or the newest.
 *
 * @throws Refusal 13000301 when there is none.
 */
export function spaceOf(owner: User | Department, containerId: string | undefined): Space {
  const { spaces } = owner
  const space =
    containerId === undefined || containerId === ''
      ? spaces.at(-1)
      : spaces.find((one) => one.containerId === containerId)
  if (space !== undefined) return space
  throw new Refusal('spaceNotFound', {
    rule: 'space-unknown',
    detail:
      spaces.length === 0
        ? `${owner.id} has no space. Create one with POST /koodrive/ose/v1/space/${owner.id}.`
        : `${owner.id} has no space ${containerId}; it has ${spaces.map((one) => one.containerId).join(', ')}.`,
    evidence: 'inferred',
  })
}

/**
 * Whether a caller may give a role: a department administrator may not make anybody more than that.
 *
 * @throws Refusal 13000410.
 */
export function requireMayGive({ caller }: Finder, role: number | undefined): void {
  const isOverall = caller.kind === 'application' || caller.role === roles.systemAdministrator
  if (isOverall || (role !== roles.systemAdministrator && role !== DRIVE_ADMINISTRATOR)) return
  throw new Refusal('noSpacePermission', {
    rule: 'role-scope',
    detail: `The caller has role ${caller.role}; only a system administrator (role 2) gives role ${role}.`,
    evidence: 'inferred',
    values: [caller.department.id],
  })
}
