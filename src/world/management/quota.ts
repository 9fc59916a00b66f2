import { spaceTypes } from '../directory/spaces.ts'
import type { State } from '../state.ts'

/** What spaces of a type have of the capacity. */
export interface TypeQuota {
  /** 0 department, 1 individual, 2 group. */
  readonly type: number
  /** Capacity for spaces of this type in GB. */
  readonly quotaGb: number
  /** Sum of the spaces in GB. */
  readonly allocatedGb: number
  readonly usedKb: number
}

/**
 * The capacity of an organisation by type of space. No page says how it is divided in advance: here all that is free
 * counts with the individual spaces, which batches and pre-verification draw on. So the quotas of the types, the sums of
 * their spaces and of what is used add up to those of the organisation, as in the example of GetQuotaUsed.
 */
export function quotasOf({ directory }: State): readonly TypeQuota[] {
  const { individual, department, freeGb } = directory.capacity
  return [
    { type: spaceTypes.department, quotaGb: department.allocatedGb, ...department },
    { type: spaceTypes.individual, quotaGb: individual.allocatedGb + freeGb, ...individual },
    { type: spaceTypes.group, quotaGb: 0, allocatedGb: 0, usedKb: 0 },
  ]
}
