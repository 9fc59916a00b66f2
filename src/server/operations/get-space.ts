import { getSpace } from '../../spec/operations/get-space.ts'
import { ownerFor, spaceOf } from '../management/find.ts'
import { spaceTimes, spaceView } from '../management/space-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const getSpaceHandler = defineHandler({
  operation: getSpace,
  handle(context) {
    const { params, query, state } = context
    const owner = ownerFor(context, params.ownerId, Number(query.type), true)
    const space = spaceOf(owner, query.containerId)
    const view = spaceView(state, owner, space)
    return {
      data: {
        type: query.type,
        status: space.status,
        ...view,
        capacity: String(space.capacityGb),
        spaceUsed: String(space.usedKb),
        ...spaceTimes(space),
        rootFileId: view.bizRootFileId,
      },
    }
  },
  toWire: (data) => data,
})
