import type { Operation } from '../../spec/operation.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { skip } from '../outcome.ts'
import { derivedProbe, type Probe } from '../probe.ts'
import { anonymous, requestFor } from '../request-spec.ts'
import { baseOf, everyOperation, variation } from './base.ts'
import { tokenForm, UNKNOWN_TASK } from './identity.ts'
import { spaceProbes, userProbes } from './list-probes.ts'
import { directUsers, firstUsers, type Row, rowsGiven, userList } from './lists.ts'
import { single } from './single.ts'

/** Every operation asked without any proof of identity. */
export const withoutProof: readonly (readonly [Operation, Probe<Exchange>])[] = everyOperation.map((operation) => [
  operation,
  variation(operation, { id: 'without-proof', auth: async () => anonymous }),
])

/** The same address asked with the right token: what a cache keeps by address alone, it hands to anybody afterwards. */
const rightBefore: Readonly<Record<string, Probe<Exchange>>> = {
  listUsers: userProbes.smallFirst,
  listUserSpaces: spaceProbes.smallFirst,
}

/** The operations that take a token, each asked with one that nobody has. */
export const withUnknownToken: readonly (readonly [Operation, Probe<Exchange>])[] = everyOperation
  .filter(({ authentication }) => authentication === 'token')
  .map((operation) => {
    const right = rightBefore[operation.operationId]
    return [
      operation,
      variation(operation, {
        id: 'unknown-token',
        uses: [tokenForm, ...(right === undefined ? [] : [right])],
        async auth(get, { unknown }) {
          const form = await get(tokenForm)
          if (right !== undefined) await get(right).catch(() => undefined)
          return { scheme: 'token', token: 'access', form, value: unknown.hex.slice(0, 48) }
        },
      }),
    ]
  })

const users: Operation = listUsers

/** An Authorization header in a form that no page describes. */
export const malformedToken = variation(users, {
  id: 'malformed-authorization',
  auth: async () => anonymous,
  headers: { Authorization: 'Token is none' },
})

/** The right token with something behind it. */
export const longToken = variation(users, {
  id: 'long-token',
  uses: [tokenForm],
  auth: async (get) => ({ scheme: 'token', token: 'access', form: await get(tokenForm), suffix: 'x' }),
})

/** An app signature where a token is documented. */
export const signatureForToken = variation(users, {
  id: 'signature-instead',
  needs: [...baseOf(users).needs, 'signature'],
  auth: async () => ({ scheme: 'signature' }),
})

/** Roles of users. UpdateUser (2025-03-07). */
const roles = { departmentAdministrator: 0, commonUser: 1 } as const

interface UserFact {
  readonly userId: string
  readonly department: string
}

/** Users that may stand in for the caller, by role. */
interface UsersByRole {
  readonly commonUser: UserFact | undefined
  /** One whose department is not the root one. */
  readonly departmentAdministrator: UserFact | undefined
}

export const usersByRole = derivedProbe<UsersByRole>({
  id: 'lists.users-by-role',
  operation: 'listUsers',
  needs: ['access-token'],
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
})

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
