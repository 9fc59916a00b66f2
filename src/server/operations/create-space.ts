import { createSpace } from '../../spec/operations/create-space.ts'
import { ownerFor } from '../management/find.ts'
import { spaceView } from '../management/space-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const createSpaceHandler = defineHandler({
  operation: createSpace,
  handle(context) {
    const { params, body, sandbox, state, caller } = context
    const type = Number(body.type)
    const owner = ownerFor(context, params.ownerId, type, false)
    const space = sandbox.execute('create-space', {
      ownerId: owner.id,
      spaceType: type,
      capacityGb: Number(body.capacity),
      by: caller.user?.id,
    })
    const view = spaceView(state, owner, space)
    return {
      data: {
        type,
        status: Number(space.status),
        ...view,
        capacity: space.capacityGb,
        spaceUsed: space.usedKb,
        rootFileId: view.bizRootFileId,
      },
    }
  },
  toWire: (data) => data,
})
