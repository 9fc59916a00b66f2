import type { Check } from '../check.ts'
import { spaceProbes, spacesOfRoot, userProbes, usersOfRoot } from '../probes/list-probes.ts'
import { spaceList, userList } from '../probes/lists.ts'
import { directChecks } from './list-direct.ts'
import { filterChecks } from './list-filters.ts'
import { filtersTogetherCheck, searchPagesCheck } from './list-filters-together.ts'
import { pagingChecks } from './list-pages.ts'

/** Checks of paging and filters of both lists. */
export const listChecks: readonly Check[] = (
  [
    [userList, userProbes, usersOfRoot],
    [spaceList, spaceProbes, spacesOfRoot],
  ] as const
).flatMap(([list, probes, ofRoot]) => [
  ...pagingChecks(list, probes),
  ...filterChecks(list, probes),
  ...directChecks(list, probes, ofRoot),
  filtersTogetherCheck(list, probes),
  searchPagesCheck(list, probes),
])
