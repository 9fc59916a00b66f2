import { type User, userStatuses } from '../../world/directory/user.ts'
import type { State } from '../../world/state.ts'

/** Names that stand for somebody of every organisation. */
export const loginNames = ['admin', 'deptAdmin', 'user'] as const

/** Somebody who may sign in, or why not. */
export type Login = { readonly user: User } | { readonly problem: string }

function ownUser({ directory, ownUsers }: State, name: (typeof loginNames)[number]): User | undefined {
  const { number } = ownUsers[name]
  return number === undefined ? undefined : directory.userAt(number)
}

/** Whom a login names: `admin`, `deptAdmin`, `user`, or the id of a user. */
export function loginOf(state: State, login: string): Login {
  const name = loginNames.find((one) => one === login)
  const user = name === undefined ? state.directory.findById(login) : ownUser(state, name)
  if (user === undefined) {
    return {
      problem:
        name === undefined
          ? `login ${login.slice(0, 64)} is nobody of this organisation. Allowed: ${loginNames.join(', ')}, or the id of a user.`
          : `This organisation has nobody to sign in as ${name}.`,
    }
  }
  if (user.status === userStatuses.disabled)
    return { problem: `User ${user.id} is disabled (status 1) and cannot sign in.` }
  return { user }
}
