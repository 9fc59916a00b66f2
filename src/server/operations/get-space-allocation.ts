import { getSpaceAllocation } from '../../spec/operations/get-space-allocation.ts'
import { quotasOf } from '../../world/management/quota.ts'
import { scopeOf } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'

export const getSpaceAllocationHandler = defineHandler({
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
})
