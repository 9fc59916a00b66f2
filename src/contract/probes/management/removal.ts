import { toJson } from '../../../shared/json.ts'
import { preverifyBatchImport } from '../../../spec/operations/preverify-batch-import.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess } from '../../judge.ts'
import { defineProbe, once } from '../../probe.ts'
import { requestFor } from '../../request-spec.ts'
import { tokenAuth } from '../identity.ts'
import { plain } from '../preverify.ts'
import { lookedUntil, lookUntil } from './call.ts'
import {
  below,
  belowFirstThen,
  belowHomeWithNew,
  belowSecond,
  first,
  gone,
  home,
  listedAfter,
  moved,
  newBelow,
  newFirst,
  remove,
  renamed,
  second,
} from './departments.ts'
import { allocationThen, ownDepartmentSpaces, removeSpace, spacesOfOwn } from './spaces.ts'
import { tasksThen, transferLife } from './tasks.ts'
import {
  countAfter,
  enabledUser,
  goneUser,
  membersAfter,
  membersArrived,
  membersLeft,
  one,
  other,
  removeUser,
} from './users.ts'

/** Right rows for a department of the run, which need not be known everywhere at once. */
export const preverifyOwn = defineProbe<Exchange>({
  id: 'preverify.own-department',
  operation: 'preverifyBatchImport',
  safety: 'read',
  needs: ['access-token', 'writes'],
  uses: [tokenAuth, first],
  requests: [lookedUntil(once(preverifyBatchImport))],
  async run(context) {
    const body = toJson({ curDeptId: BigInt(await context.get(first)), users: [plain, plain, plain] })
    return lookUntil(context, requestFor(preverifyBatchImport, await context.get(tokenAuth), { body }), isSuccess)
  },
})

/** What a run deletes of its own, and what is seen afterwards: the end of every journey. */

/** The user whose things went to another one. */
export const transferredUser = goneUser('transferred', other, transferLife)

export const userSpaceEnd = removeSpace('user', [spacesOfOwn, allocationThen, tasksThen, transferredUser])
export const teamSpaceEnd = removeSpace('department', [ownDepartmentSpaces])

export const userRemoval = removeUser([userSpaceEnd.gone, enabledUser, membersLeft, membersArrived])
export const userGone = goneUser('gone', one, userRemoval)
export const countGone = countAfter(userRemoval)
export const membersGone = membersAfter(userRemoval, countGone)

export const belowRemoval = remove('below', below, [
  newBelow,
  moved,
  belowFirstThen,
  belowSecond,
  ownDepartmentSpaces,
  transferredUser,
  membersGone,
])
export const belowGone = gone('below-gone', below, belowRemoval)
export const belowSecondAfter = listedAfter('below-second-after', second, belowRemoval, below)

const secondRemoval = remove('second', second, [renamed, belowGone, belowSecondAfter, userGone, membersGone, countGone])
export const secondGone = gone('second-gone', second, secondRemoval)
const firstRemoval = remove('first', first, [
  preverifyOwn,
  newFirst,
  belowHomeWithNew,
  teamSpaceEnd.gone,
  userGone,
  belowGone,
])
export const firstGone = gone('first-gone', first, firstRemoval)
export const belowHomeAfter = listedAfter('below-home-after', home, firstRemoval, first)
