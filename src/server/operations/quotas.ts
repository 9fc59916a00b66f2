import { getQuotaUsed } from '../../spec/operations/get-quota-used.ts'
import { getSpaceAllocation } from '../../spec/operations/get-space-allocation.ts'
import { quotasOf, type TypeQuota } from '../../world/management/quota.ts'
import { scopeOf } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'

export const quotaHandlers = {
  getSpaceAllocation: defineHandler({
    operation: getSpaceAllocation,
    handle({ state, caller }) {
      scopeOf(state, caller)
      return {
        data: quotasOf(state).map(({ type, allocatedGb, quotaGb }) => ({
          type,
          allocateCapacity: allocatedGb,
          totalCapacity: quotaGb,
        })),
      }
    },
    toWire({ data }, readings) {
      if (readings['allocation-form'] === 'list') return { data }
      const individual = Object.entries(data[1] ?? {}).map(([name, value]) => [name, String(value)])
      return { data: Object.fromEntries(individual) }
    },
  }),

  getQuotaUsed: defineHandler({
    operation: getQuotaUsed,
    handle({ state, caller }) {
      scopeOf(state, caller)
      const [department, personal, group] = quotasOf(state) as [TypeQuota, TypeQuota, TypeQuota]
      const userCount = state.directory.size
      return {
        data: {
          spaceUsed: department.usedKb + personal.usedKb + group.usedKb,
          spaceCapacity: department.quotaGb + personal.quotaGb + group.quotaGb,
          deptSpaceQuota: department.quotaGb,
          personalSpaceQuota: personal.quotaGb,
          groupSpaceQuota: group.quotaGb,
          reservedSpaceQuota: 0,
          spaceQuotaUsed: department.allocatedGb + personal.allocatedGb + group.allocatedGb,
          deptSpaceUsed: department.usedKb,
          deptSpaceQuotaUsed: department.allocatedGb,
          personalSpaceUsed: personal.usedKb,
          personalSpaceQuotaUsed: personal.allocatedGb,
          groupSpaceUsed: group.usedKb,
          groupSpaceQuotaUsed: group.allocatedGb,
          userCount,
          userMaxCount: Math.max(MOST_USERS, userCount),
          packageDownloadExpires: PACKAGE_DOWNLOAD_EXPIRES,
          productType: PRODUCT_TYPE,
        },
      }
    },
  }),
}

/** Users of a pay-per-use organisation, 1 to 20,000 by the manual; the mock may be started with more. */
const MOST_USERS = 20_000
/** As the example prints them: nothing in the mock depends on them. */
const PACKAGE_DOWNLOAD_EXPIRES = 7
const PRODUCT_TYPE = '1'
