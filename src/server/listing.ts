import type { Readings } from '../spec/readings.ts'
import type { Page } from '../world/directory/directory.ts'
import type { State } from '../world/state.ts'
import type { Caller } from '../world/tokens.ts'
import { departmentFor } from './authentication/department.ts'
import { Refusal } from './refusal.ts'

/** What both list operations take. */
interface ListQuery {
  readonly deptId?: string | undefined
  readonly isDirect?: boolean | undefined
  readonly offset: string
  readonly limit: string
  readonly keyWord?: string | undefined
  readonly spaceStatus?: string | undefined
}

export interface ListContext {
  readonly query: ListQuery
  readonly state: State
  readonly caller: Caller
  readonly readings: Readings
}

const NOBODY: Page = { total: 0, users: [] }

/** One page of the users that the caller may see and the query selects. */
export function listPage({ query, state, caller, readings }: ListContext, spaces: boolean): Page {
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
