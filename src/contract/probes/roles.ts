import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import { requestFor } from '../request-spec.ts'
import { UNKNOWN_TASK } from './identity.ts'
import { directUsers, firstUsers, type Row, rowsGiven, userList } from './lists.ts'
import { single } from './single.ts'

/** Roles of users. UpdateUser (2025-03-07). */
const roles = { departmentAdministrator: 0, commonUser: 1 } as const

interface UserFact {
  readonly userId: string
  readonly department: string
}

/** Users that may stand in for the caller, by role. */
export interface UsersByRole {
  readonly commonUser: UserFact | undefined
  /** One whose department is not the root one. */
  readonly departmentAdministrator: UserFact | undefined
}

export const usersByRole: Probe<UsersByRole> = {
  id: 'lists.users-by-role',
  operation: 'listUsers',
  safety: 'read',
  needs: ['access-token'],
  requests: [],
  uses: [firstUsers, directUsers],
  async run({ get, facts }) {
    const users = rowsGiven(await get(firstUsers), userList)
    const [root] = rowsGiven(await get(directUsers), userList)
    const of = (role: number, suits: (row: Row) => boolean): UserFact | undefined => {
      const found = users.find((row) => row['role'] === role && row['userId'] !== facts.userId && suits(row))
      return typeof found?.['userId'] === 'string'
        ? { userId: found['userId'], department: String(found['deptName']) }
        : undefined
    }
    return {
      commonUser: of(roles.commonUser, () => true),
      departmentAdministrator: of(roles.departmentAdministrator, (row) => row['deptName'] !== root?.['deptName']),
    }
  },
}

/** The signed question in the name of a common user. Reading provisioning-role. */
export const questionByCommonUser = single({
  id: 'identity.question-by-common-user',
  operation: queryBatchProvisioning,
  needs: ['signature', 'access-token'],
  uses: [usersByRole],
  query: `taskId=${UNKNOWN_TASK}`,
  build: async ({ get, facts }) => {
    const { commonUser } = await get(usersByRole)
    if (commonUser === undefined) return skip('it needs a common user among the first users of the list')
    const auth = { scheme: 'signature', userId: commonUser.userId } as const
    return requestFor(queryBatchProvisioning, auth, { query: { taskId: facts.unknown.id() } })
  },
})
