import type {
  ImportUserInfo,
  ListUserSpacesQuery,
  ListUsersQuery,
  RegisterRow,
  RegisterUserInfo,
  TaskInfo,
} from '../spec/wire-types.ts'

export type {
  CreatedSpace,
  DepartmentInfo,
  DepartmentSpaceInfo,
  OrgUserInfo,
  QuotaUsed,
  RegisterRow,
  SessionInfo,
  SpaceAllocation,
  SpaceInfo,
  TaskInfo,
  UserDetail,
  UserImportResult,
  UserInfo,
  UserSpaceInfo,
} from '../spec/wire-types.ts'

/** A user to provision. */
export type NewUser = RegisterUserInfo

/** One look at a task. */
export interface TaskPage {
  readonly taskInfo: TaskInfo
  readonly rows: readonly RegisterRow[]
  /** Cursor of the next page; undefined on the last. */
  readonly nextPageCursor: string | undefined
}

type Paging = 'offset' | 'limit'
/** What users are listed. */
export type UserFilter = Omit<ListUsersQuery, Paging>
/** What spaces are listed. */
export type SpaceFilter = Omit<ListUserSpacesQuery, Paging>

/** Where a page begins and how long it is: 1 to 100 records. */
export interface PageRange {
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** A page of a list. */
export interface ListPage<T> {
  readonly records: readonly T[]
  /** Number of records before paging; undefined when the service does not tell. */
  readonly total: number | undefined
}

/** A user of an import to be verified. */
export type ImportUser = ImportUserInfo

export interface PreverifyInput {
  /** Id of the department: text or bigint, because a number loses the last digits of an id. */
  readonly curDeptId: string | bigint
  readonly users: readonly ImportUser[]
}

/** Verdict on one user of an import. */
export interface PreverifyVerdict {
  readonly passed: boolean
  /** As the service gave it. */
  readonly isSuccess: number
  readonly reason: string | undefined
}

/**
 * What became of a submitted user. `existing`: the phone has a user already, whose id is given. `failed`: nothing was
 * created, for sure. `unknown`: nobody can tell, and `reason` says why.
 */
export interface ProvisionedUser {
  readonly user: NewUser
  readonly outcome: 'created' | 'existing' | 'failed' | 'unknown'
  readonly userId: string | undefined
  readonly code: string | undefined
  readonly reason: string | undefined
  /** The last task that the user was in; undefined when there was none for sure. */
  readonly taskId: string | undefined
  /** Set on `existing` when an answer was lost before: this very run may have created the user. */
  readonly maybeCreated?: boolean | undefined
}
