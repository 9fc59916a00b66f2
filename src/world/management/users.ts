import { CommandError } from '../command-error.ts'
import { NAME_COUNT, nameAt } from '../directory/names.ts'
import { roles, type User, userStatuses } from '../directory/user.ts'
import type { UserCommands } from '../management-commands.ts'
import { hash32, seedFor } from '../random.ts'
import type { Handlers, State } from '../state.ts'
import { departmentOf } from './departments.ts'

/**
 * The user with a KooDrive id or a `userId`.
 *
 * @throws CommandError `resourceNotFound`.
 */
export function userOf({ directory }: State, id: string): User {
  const user = directory.findById(id)
  if (user !== undefined) return user
  throw new CommandError(`This organisation has no user ${id}.`, { error: 'resourceNotFound', rule: 'user-unknown' })
}

export const userHandlers: Handlers<keyof UserCommands> = {
  'create-user': (state, { orgUserId, departmentId, role }, at) => {
    const { directory } = state
    const known = directory.findById(orgUserId)
    if (known !== undefined) {
      throw new CommandError(`User ${orgUserId} exists already, with the id ${known.id}.`, {
        error: 'userExists',
        rule: 'user-exists',
      })
    }
    const department = departmentId === undefined ? directory.root : departmentOf(state, departmentId)
    const terms = {
      department,
      role: role ?? roles.commonUser,
      status: userStatuses.enabled,
      spaceGb: 0,
      spaceStatus: '0' as const,
    }
    return directory.joinAlone(memberOf(state, orgUserId), terms, at, false, orgUserId).id
  },

  'update-user': (state, { userId, departmentId, role, status }) => {
    const user = userOf(state, userId)
    const department = departmentId === undefined ? undefined : departmentOf(state, departmentId)
    const isDemoted = (role ?? roles.systemAdministrator) !== roles.systemAdministrator
    if (isDemoted || status === userStatuses.disabled) requireOtherAdministrator(state, user, 'changed so')
    state.directory.change(user, { department, role, status })
    return undefined
  },

  'delete-user': (state, { userId, by }) => {
    const user = userOf(state, userId)
    requireDeletable(state, user, by)
    state.directory.remove(user)
    return undefined
  },
}

/**
 * Makes sure that a user may be deleted: nobody deletes himself or herself, and one system administrator is left.
 *
 * @throws CommandError
 */
export function requireDeletable(state: State, user: User, by: string | undefined): void {
  if (by === user.id || by === user.userId) {
    throw new CommandError('Nobody can delete himself or herself. Let another administrator do it.', {
      rule: 'user-self',
    })
  }
  requireOtherAdministrator(state, user, 'deleted')
}

function requireOtherAdministrator({ directory }: State, user: User, what: string): void {
  if (user.role !== roles.systemAdministrator || directory.hasOtherAdministrator(user)) return
  throw new CommandError(`User ${user.id} is the last system administrator who can sign in, and cannot be ${what}.`, {
    rule: 'user-last-administrator',
  })
}

const COUNTRY = '0086'
const PREFIX = '170'

/** Name and phone of a member of the OrgID organisation: drawn from the seed and the id, as the mock has no OrgID. */
export function memberOf({ directory, config }: State, orgUserId: string): { name: string; phone: string } {
  const former = directory.seededMember(orgUserId)
  if (former !== undefined && directory.findByPhone(former.phone) === undefined) return former
  const seed = seedFor(config.seed, `member ${orgUserId}`)
  const name = nameAt(hash32(seed, 0) % NAME_COUNT)
  for (let attempt = 1; ; attempt += 1) {
    const phone = `${COUNTRY}${PREFIX}${String(hash32(seed, attempt) % 100_000_000).padStart(8, '0')}`
    if (directory.findByPhone(phone) === undefined) return { name, phone }
  }
}
