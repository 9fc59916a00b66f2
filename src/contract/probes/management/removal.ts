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
import { preverifyOwn } from './preverify.ts'
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
