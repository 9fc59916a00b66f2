/* Written by scripts/types.mjs from openapi.json. */

/** Id of an operation. */
export type OperationId =
  | 'createBatchProvisioningTask'
  | 'queryBatchProvisioning'
  | 'preverifyBatchImport'
  | 'listUsers'
  | 'listUserSpaces'

/** Query of queryBatchProvisioning. */
export interface QueryBatchProvisioningQuery {
  /** Id of the task. */
  readonly taskId: string
  /** Cursor of the page, from nextPageCursor of the page before; absent or 0 for the first page. */
  readonly cursor?: string | undefined
  /** Rows of a page, 1 to 1000; 1000 by default. */
  readonly pageSize?: number | undefined
}

/** Query of listUsers. */
export interface ListUsersQuery {
  /** Id of the department; without it the whole organisation (a department administrator: the own department). */
  readonly deptId?: string | undefined
  /** true: only direct members of the department; false (default): members of its sub-departments too. */
  readonly isDirect?: boolean | undefined
  /** Number of records to skip, from 0, as a string of digits. */
  readonly offset: string
  /** Largest number of records to return, 1 to 100, as a string of digits. */
  readonly limit: string
  /** Text that the name must contain, in any case. */
  readonly keyWord?: string | undefined
}

/** Query of listUserSpaces. */
export interface ListUserSpacesQuery {
  /** Id of the department; without it the whole organisation (a department administrator: the own department). */
  readonly deptId?: string | undefined
  /** true: only direct members of the department; false (default): members of its sub-departments too. */
  readonly isDirect?: boolean | undefined
  /** Number of records to skip, from 0, as a string of digits. */
  readonly offset: string
  /** Largest number of records to return, 1 to 100, as a string of digits. */
  readonly limit: string
  /** Text that the name or the full mobile number must contain, in any case. */
  readonly keyWord?: string | undefined
  /** Only spaces in this state: 0 normal, 1 disabled. */
  readonly spaceStatus?: '0' | '1' | undefined
}

/** A user to provision. */
export interface RegisterUserInfo {
  /** Name. */
  readonly firstname: string
  /** Family name. */
  readonly surname?: string | undefined
  /** Mobile number; the user is identified by it. */
  readonly phone: string
  /** E-mail address. A row with a malformed one fails. */
  readonly email?: string | undefined
  /** First password. A row fails unless it has 8 characters or more, letters and digits, no blank and no character three times in a row. */
  readonly password?: string | undefined
}

/** Outcome of one submitted user. */
export interface RegisterRow {
  /** Subtask id. */
  readonly id: string
  /** Id of the new user, or of the user that exists already (code 40000009). */
  readonly userId?: string | undefined
  /** Mobile number as submitted. */
  readonly phone: string
  /** Error code; absent when the user was provisioned. */
  readonly code?: string | undefined
  /** Reason; absent when the user was provisioned. */
  readonly reason?: string | undefined
}

/** Progress of a task. */
export interface TaskInfo {
  /** Id of the task. */
  readonly taskId: string
  /** 0 new, 1 running, 2 done, 3 failed. */
  readonly status: '0' | '1' | '2' | '3'
  /** Submitted users. */
  readonly totalCount: number
  /** Users provisioned so far. */
  readonly successCount: number
  /** Users that could not be provisioned so far. */
  readonly failCount: number
  /** Users skipped so far, because they exist. */
  readonly skipCount: number
}

export interface BatchProvisioning {
  /** Cursor of the next page; absent on the last page. */
  readonly nextPageCursor?: string | undefined
  /** Outcomes of this page. */
  readonly registerList: readonly RegisterRow[]
  /** Progress of the task. */
  readonly taskInfo: TaskInfo
}

/** Verdict on one user of an import. */
export interface ImportUserVerifyResult {
  /** 0 passed, 1 failed. */
  readonly isSuccess: number
  /** Why the row failed; absent when it passed. */
  readonly reason?: string | undefined
}

/** A user to import. */
export interface ImportUserInfo {
  /** Name of a department directly under curDeptId, or of curDeptId itself. */
  readonly targetDeptName?: string | undefined
  /** Individual space in GB; 0 when none is allocated. */
  readonly personalCapacity: number
  /** Whether an individual space is allocated. */
  readonly isAllocateCapacity: boolean
}

/** A user of the organisation. */
export interface UserInfo {
  /** Name. */
  readonly name: string
  /** Id of the user. */
  readonly userId: string
  /** Id of the department. */
  readonly deptId: string
  /** Name of the department. */
  readonly deptName: string
  /** Mobile number, masked: the first 7 and the last 4 digits. */
  readonly mobile: string
  /** 0 department administrator, 1 common user, 2 system administrator, 5 member with management permissions. */
  readonly role: number
  /** 0 enabled, 1 disabled, 2 not activated. */
  readonly status: number
  /** Third-party user id. */
  readonly id: string
}

/** A user's individual space. */
export interface UserSpaceInfo {
  /** Name of the user. */
  readonly name: string
  /** Id of the department. */
  readonly deptId: string
  /** Name of the department. */
  readonly deptName: string
  /** Mobile number, masked: the first 7 and the last 4 digits. */
  readonly mobile: string
  /** Role of the user, as in listUsers. */
  readonly role: number
  /** Status of the account, as in listUsers. */
  readonly status: number
  /** Id of the space. */
  readonly containerId: string
  /** Size of the space in GB. */
  readonly capacity: number
  /** Used space in KB. */
  readonly spaceUsed: number
  /** Id of the tenant. */
  readonly tenantId: string
  /** Id of the user space. */
  readonly id: string
  /** Id of the user. */
  readonly userId: string
  /** 0 normal, 1 disabled. */
  readonly spaceStatus: '0' | '1'
}

/** Body of every refusal. */
export interface ErrorBody {
  /** Error code. */
  readonly code: number
  /** Error description. */
  readonly msg: string
}
