import { documented } from '../../spec/evidence.ts'
import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import { asks, type Check, defineCheck } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { recordsIn, success } from '../judge.ts'
import { fail } from '../outcome.ts'
import type { RunFacts } from '../probe.ts'
import { spaceList, userList } from '../probes/lists.ts'
import { preverifyOwn } from '../probes/management/removal.ts'
import { spacesOfOwn } from '../probes/management/spaces.ts'
import { memberIds, one, ownMembers } from '../probes/management/users.ts'

/** A list of a department of the run shows the user whom the run put there, and nobody but users of the run. */
function holdsOwn(exchange: Exchange, { operation, key }: typeof userList, facts: RunFacts): void {
  const department = new URL(exchange.request.url).searchParams.get('deptId')
  const rows = recordsIn(success(exchange, operation.operationId)[key])
  const [own] = memberIds(facts)
  if (!rows.some(({ userId }) => userId === own)) {
    fail(`userId ${own} in department ${department}`, `${rows.length} others`, exchange)
  }
  const stranger = rows.find(({ userId }) => !memberIds(facts).includes(String(userId)))
  if (stranger !== undefined) {
    fail(`only users of the run in department ${department}`, `userId ${String(stranger['userId'])}`, exchange)
  }
}

/**
 * Checks of the five operations by departments and users that the run has created: what belongs there is known, and nobody
 * else changes it.
 */
export const ownDepartmentChecks: readonly Check[] = [
  defineCheck({
    id: 'list-users.own-department',
    title: 'list the users of a department of the run, and nobody else',
    operation: listUsers.operationId,
    from: documented('listUsers', 'Table 1, deptId'),
    clause: 'listUsers: deptId',
    why: 'An ignored deptId shows one department the users of all others.',
    ...asks([ownMembers], ([exchange], { facts }) => holdsOwn(exchange, userList, facts)),
  }),
  defineCheck({
    id: 'list-user-spaces.own-department',
    title: 'list the spaces in a department of the run, and no other',
    operation: listUserSpaces.operationId,
    from: documented('listSpaces', 'Table 1, deptId'),
    clause: 'listUserSpaces: deptId',
    why: 'An ignored deptId shows one department the spaces of all others.',
    ...asks([one, spacesOfOwn], ([, exchange], { facts }) => holdsOwn(exchange, spaceList, facts)),
  }),
  defineCheck({
    id: 'preverify-batch-import.own-department',
    title: 'verify an import into a department of the run',
    operation: preverifyBatchImport.operationId,
    from: documented('preverify', 'Table 2'),
    clause: 'preverifyBatchImport: curDeptId',
    why: 'An import goes into a new department first of all.',
    ...asks([preverifyOwn], ([exchange]) => success(exchange, preverifyBatchImport.operationId)),
  }),
]
