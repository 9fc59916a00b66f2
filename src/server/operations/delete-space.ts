import { deleteSpace } from '../../spec/operations/delete-space.ts'
import { ownerFor, spaceOf } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'

export const deleteSpaceHandler = defineHandler({
  operation: deleteSpace,
  handle(context) {
    const { params, query, sandbox } = context
    const type = query.type === '0' ? 0 : 1
    const owner = ownerFor(context, params.ownerId, type, false)
    const { containerId } = spaceOf(owner, query.containerId)
    sandbox.execute('delete-space', { ownerId: owner.id, spaceType: type, containerId })
    return {}
  },
  toWire: (data) => data,
})
