import { updateSpace } from '../../spec/operations/update-space.ts'
import { ownerFor, spaceOf } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

export const updateSpaceHandler = defineHandler({
  operation: updateSpace,
  handle(context) {
    const { params, body, sandbox, caller } = context
    const type = Number(body.type)
    const owner = ownerFor(context, params.ownerId, type, false)
    const { containerId } = spaceOf(owner, body.containerId)
    if (body.status === undefined && body.capacity === undefined) {
      throw new Refusal('verifyParametersFailed', {
        rule: 'body.empty',
        detail: 'The body changes nothing. Give status or capacity.',
        evidence: 'inferred',
      })
    }
    sandbox.execute('update-space', {
      ownerId: owner.id,
      spaceType: type,
      containerId,
      capacityGb: body.capacity === undefined ? undefined : Number(body.capacity),
      status: body.status === undefined ? undefined : String(body.status) === '1' ? '1' : '0',
      by: caller.user?.id,
    })
    return {}
  },
  toWire: (data) => data,
})
