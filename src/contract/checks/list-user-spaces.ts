import type { Check } from '../check.ts'
import { spaceProbes, spacesOfRoot } from '../probes/list-probes.ts'
import { spaceList } from '../probes/lists.ts'
import { directChecks } from './list-direct.ts'
import { filterChecks } from './list-filters.ts'
import { filtersTogetherCheck, searchPagesCheck } from './list-filters-together.ts'
import { pagingChecks } from './list-pages.ts'

/** Checks of paging and filters of the space list. */
export const listUserSpacesChecks: readonly Check[] = [
  ...pagingChecks(spaceList, spaceProbes),
  ...filterChecks(spaceList, spaceProbes),
  ...directChecks(spaceList, spaceProbes, spacesOfRoot),
  filtersTogetherCheck(spaceList, spaceProbes),
  searchPagesCheck(spaceList, spaceProbes),
]
