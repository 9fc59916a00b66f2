import type { Check } from './check.ts'
import { pagingChecks } from './checks/lists.ts'
import { spaceProbes, userProbes } from './probes/list-probes.ts'
import { spaceList, userList } from './probes/lists.ts'

/** Every check, in the order in which a run goes through them: what only reads comes first. */
export const checks: readonly Check[] = [...pagingChecks(userList, userProbes), ...pagingChecks(spaceList, spaceProbes)]
