import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import { hex, seedFor } from '../../world/random.ts'
import { listPage } from '../listing.ts'
import { defineHandler } from '../operation-handler.ts'

export const listUserSpacesHandler = defineHandler({
  operation: listUserSpaces,
  prepare: ({ state, query: { keyWord } }) => state.directory.prepare({ keyWord, inMobile: true }),
  handle(context) {
    const { total, users } = listPage(context, true)
    const tenantId = hex(seedFor(context.state.config.seed, 'tenant'), 32)
    const spaces = users.flatMap(({ name, department, mobile, role, status, space, userId }) =>
      space === undefined
        ? []
        : {
            tenantId,
            status,
            capacity: space.capacityGb,
            spaceUsed: space.usedKb,
            containerId: space.containerId,
            id: space.id,
            role,
            name,
            deptName: department.name,
            userId,
            deptId: department.id,
            mobile: maskMobile(mobile),
            spaceStatus: space.status,
          },
    )
    return { total, users: spaces }
  },
  toWire({ total, users }, readings) {
    return {
      total: readings['space-total-type'] === 'number' ? total : String(total),
      ...((users.length > 0 || readings['empty-result'] === 'array') && {
        users:
          readings['space-dept-id-type'] === 'string'
            ? users
            : users.map((space) => ({ ...space, deptId: BigInt(space.deptId) })),
      }),
    }
  },
})
