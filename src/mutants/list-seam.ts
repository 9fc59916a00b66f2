import type { Mutation } from '../server/mutation.ts'
import type { OperationContext } from '../server/operation-handler.ts'
import type { listUserSpaces } from '../spec/operations/list-user-spaces.ts'
import type { listUsers } from '../spec/operations/list-users.ts'
import type { Selection } from '../world/directory/search.ts'
import type { User } from '../world/directory/user.ts'
import { changeBody, changeContext, changeQuery, type Loose, overlay } from './seams.ts'

/** The vendor page of either list. */
export type ListPage = 'listUsers' | 'listSpaces'

/** Either list operation; both page, filter and mask alike. */
export type ListOperation = typeof listUsers | typeof listUserSpaces
export type ListQuery = OperationContext<ListOperation>['query']

/** The operation as the other one, for helpers that need one type: what both share is all they touch. */
const asOne = (operation: ListOperation): typeof listUserSpaces => operation as typeof listUserSpaces

/** Changes what is asked of a list. */
export const changeListQuery = (operation: ListOperation, change: (query: ListQuery) => object): Mutation =>
  changeQuery(asOne(operation), change)

/** Changes whom a list selects before it is paged; the total follows. */
export const changeSelection = (
  operation: ListOperation,
  change: (users: readonly User[], selection: Selection, offset: number, limit: number) => readonly User[],
): Mutation =>
  changeContext(asOne(operation), (context) => {
    const { directory } = context.state
    const list = (selection: Selection, offset: number, limit: number) => {
      const users = change(directory.list(selection, 0, directory.size).users, selection, offset, limit)
      return { total: users.length, users: users.slice(offset, offset + limit) }
    }
    return { ...context, state: overlay(context.state, { directory: overlay(directory, { list }) }) }
  })

/** Changes the users of a page, or their spaces, in the dialect of the readings. */
export const changePage = (
  operation: ListOperation,
  change: (page: readonly Loose[], body: Loose) => unknown,
): Mutation =>
  changeBody(asOne(operation), (body) => {
    const key = ['list', 'data', 'users'].find((name) => Array.isArray(body[name]))
    return key === undefined ? body : { ...body, [key]: change(body[key] as Loose[], body) }
  })

/** Changes the total of a list in the dialect of the readings. */
export const changeTotal = (operation: ListOperation, change: (total: number, shown: number) => unknown): Mutation =>
  changeBody(asOne(operation), (body) => {
    if (body['total'] === undefined) return body
    const shown = [body['list'], body['data'], body['users']].find(Array.isArray)?.length ?? 0
    const total = change(Number(body['total']), shown)
    return { ...body, total: typeof body['total'] === 'string' && typeof total === 'number' ? String(total) : total }
  })
