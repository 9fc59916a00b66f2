import { listUsers } from '../../spec/operations/list-users.ts'
import type { Readings } from '../../spec/readings.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import { listPage } from '../listing.ts'
import { defineHandler } from '../operation-handler.ts'

export const listUsersHandler = defineHandler({
  operation: listUsers,
  prepare: ({ state, query: { keyWord } }) => state.directory.prepare({ keyWord, inMobile: false }),
  handle(context) {
    const { total, users } = listPage(context, false)
    if (context.state.arrivals?.countsPages) context.sandbox.execute('read-page', {})
    const list = users.map(({ id, userId, department, mobile, name, role, status }) => ({
      id,
      userId,
      deptId: department.id,
      deptName: department.name,
      mobile: maskMobile(mobile),
      name,
      role,
      status,
    }))
    return { list, total }
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
})

/** Whether an empty list is written at all. Reading empty-result. */
const isShown = (list: readonly unknown[], readings: Readings): boolean =>
  list.length > 0 || readings['empty-result'] === 'array'

/** An id as the documentation shows it: rounded by JavaScript, with Base64 of "UnSafeInteger" behind it. */
const rounded = (id: string): string => (Number.isSafeInteger(Number(id)) ? id : `${Number(id)}VW5TYWZlSW50ZWdlcg==`)
