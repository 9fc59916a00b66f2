import type { Check } from '../check.ts'
import { userProbes, usersOfRoot } from '../probes/list-probes.ts'
import { userList } from '../probes/lists.ts'
import { directChecks } from './list-direct.ts'
import { filterChecks } from './list-filters.ts'
import { filtersTogetherCheck, searchPagesCheck } from './list-filters-together.ts'
import { pagingChecks } from './list-pages.ts'

/** Checks of paging and filters of the user list. */
export const listUsersChecks: readonly Check[] = [
  ...pagingChecks(userList, userProbes),
  ...filterChecks(userList, userProbes),
  ...directChecks(userList, userProbes, usersOfRoot),
  filtersTogetherCheck(userList, userProbes),
  searchPagesCheck(userList, userProbes),
]
