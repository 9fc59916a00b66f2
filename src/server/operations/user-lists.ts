import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Page } from '../../world/directory/directory.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { departmentFor } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { tenantIdOf } from './organisation.ts'
import { userView } from './users.ts'

export const userListHandlers = {
  listUsers: defineHandler({
    operation: listUsers,
    prepare: ({ state, query: { keyWord } }) => state.directory.prepare({ keyWord, inMobile: false }),
    handle(context) {
      const { total, users } = listPage(context, false)
      if (context.state.arrivals?.countsPages) context.sandbox.execute('read-page', {})
      return { list: users.map(userView), total }
    },
    toWire({ list, total }, readings) {
      const users =
        readings['unsafe-ids'] === 'exact'
          ? list
          : list.map((user) => ({ ...user, id: rounded(user.id), deptId: rounded(user.deptId) }))
      return {
        ...(isShown(list, readings) && { [readings['user-list-key']]: users }),
        ...(readings['user-list-total'] === 'present' && { total }),
      }
    },
  }),

  listUserSpaces: defineHandler({
    operation: listUserSpaces,
    prepare: ({ state, query: { keyWord } }) => state.directory.prepare({ keyWord, inMobile: true }),
    handle(context) {
      const { total, users } = listPage(context, true)
      const tenantId = tenantIdOf(context.state)
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
  }),
}

/** Whether an empty list is written at all. Reading empty-result. */
const isShown = (list: readonly unknown[], readings: Readings): boolean =>
  list.length > 0 || readings['empty-result'] === 'array'

/** An id as the documentation shows it: rounded by JavaScript, with Base64 of "UnSafeInteger" behind it. */
const rounded = (id: string): string => (Number.isSafeInteger(Number(id)) ? id : `${Number(id)}VW5TYWZlSW50ZWdlcg==`)

/** What both list operations take. */
interface ListQuery {
  readonly deptId?: string | undefined
  readonly isDirect?: boolean | undefined
  readonly offset: string
  readonly limit: string
  readonly keyWord?: string | undefined
  readonly spaceStatus?: string | undefined
}

interface ListContext {
  readonly query: ListQuery
  readonly state: State
  readonly caller: Caller
  readonly readings: Readings
}

const NOBODY: Page = { total: 0, users: [] }

/** One page of the users that the caller may see and the query selects. */
function listPage({ query, state, caller, readings }: ListContext, spaces: boolean): Page {
  try {
    const department = departmentFor(state, caller, query.deptId)
    const onlyRoot = query.isDirect === true && readings['is-direct'] === 'root'
    if (onlyRoot && department !== state.directory.root) return NOBODY
    return state.directory.list(
      {
        scope: department,
        direct: query.isDirect === true,
        keyWord: query.keyWord,
        inMobile: spaces,
        spaceStatus: query.spaceStatus,
        withSpace: spaces,
      },
      Math.min(Number(query.offset), Number.MAX_SAFE_INTEGER),
      Number(query.limit),
    )
  } catch (error) {
    const isUnknown = error instanceof Refusal && error.options.rule === 'department-unknown'
    if (isUnknown && readings['unknown-department'] === 'empty') return NOBODY
    throw error
  }
}
