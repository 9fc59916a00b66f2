/* Written by scripts/types.mjs from the operations. */

/** Id of an operation. */
export type OperationId =
  | 'createBatchProvisioningTask'
  | 'queryBatchProvisioning'
  | 'preverifyBatchImport'
  | 'listUsers'
  | 'listUserSpaces'
  | 'getAuthCodeUrl'
  | 'createSession'
  | 'authSession'
  | 'refreshSession'
  | 'logout'
  | 'listDepartments'
  | 'getDepartment'
  | 'updateDepartment'
  | 'deleteDepartment'
  | 'createDepartment'
  | 'getUser'
  | 'updateUser'
  | 'deleteUser'
  | 'createUser'
  | 'countUsers'
  | 'getUserMobile'
  | 'getSpace'
  | 'createSpace'
  | 'updateSpace'
  | 'deleteSpace'
  | 'listDepartmentSpaces'
  | 'getSpaceAllocation'
  | 'getQuotaUsed'
  | 'createTask'
  | 'listTasks'
  | 'getTask'
  | 'getTaskResult'

/** Id of an operation of the five reference pages. */
export type ReferenceOperationId =
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

/** Query of getAuthCodeUrl. */
export interface GetAuthCodeUrlQuery {
  /** Domain name of the front end, with a port if it has one. */
  readonly domain: string
}

/** Query of listDepartments. */
export interface ListDepartmentsQuery {
  /** KooDrive id of the department whose sub-departments are listed. Without it: reading department-list-start. */
  readonly departmentId?: string | undefined
  /** Text that the name must contain, in any case. */
  readonly keyWord?: string | undefined
}

/** Query of countUsers. */
export interface CountUsersQuery {
  /** KooDrive id of the department; without it, or empty as in the example, the whole organisation. */
  readonly deptId?: string | undefined
}

/** Query of getSpace. */
export interface GetSpaceQuery {
  /** 0 department, 1 individual, 2 group. The mock has no groups. */
  readonly type: '0' | '1' | '2'
  /** Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none. */
  readonly containerId?: string | undefined
}

/** Query of deleteSpace. */
export interface DeleteSpaceQuery {
  /** 0 department, 1 individual. */
  readonly type: '0' | '1'
  /** Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none. */
  readonly containerId?: string | undefined
}

/** Query of listDepartmentSpaces. */
export interface ListDepartmentSpacesQuery {
  /** Number of records to skip, from 0, as a string of digits. */
  readonly offset: string
  /** Largest number of records to return, 1 to 100, as a string of digits. */
  readonly limit: string
  /** Text that the department's name must contain, in any case. */
  readonly keyWord?: string | undefined
}

/** Query of listTasks. */
export interface ListTasksQuery {
  /** Only tasks of this type: 0 transfer and delete, 1 import. */
  readonly taskType?: number | undefined
  /** Only tasks in one of these states: 0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED. Several as status=1&status=2 or status=1,2. */
  readonly status?: readonly number[] | undefined
  /** Tasks of a page, 1 to 100; 100 by default. */
  readonly pageSize?: number | undefined
  /** Cursor of the page, from nextCursor of the page before; absent or empty for the first page. */
  readonly pageCursor?: string | undefined
}

/** Query of getTaskResult. */
export interface GetTaskResultQuery {
  /** Id of the task. The table says optional; without it: reading task-result-without-id. */
  readonly taskId?: string | undefined
  /** The spelling of the example for taskId; taskId goes first. */
  readonly taskid?: string | undefined
}

/** Body of createBatchProvisioningTask. */
export interface CreateBatchProvisioningTaskBody {
  /** Users to provision, 1 to 1000. */
  readonly userList: readonly RegisterUserInfo[]
}

/** Body of preverifyBatchImport. */
export interface PreverifyBatchImportBody {
  /** Id of the selected department: a 64-bit integer, exact beyond 2^53. */
  readonly curDeptId: number | bigint
  /** Users of the import. */
  readonly users: readonly ImportUserInfo[]
}

/** Body of createSession. */
export interface CreateSessionBody {
  /** Authorization code from the redirect of the sign-in page. Once, within five minutes. */
  readonly code: string
  /** Domain name of the front end. */
  readonly domain?: string | undefined
}

/** Body of updateDepartment. */
export interface UpdateDepartmentBody {
  /** Name. Reading department-name. */
  readonly name: string
  /** KooDrive id of the parent: neither the department itself nor one below it. At most five levels, the root included. */
  readonly parentId: string
}

/** Body of createDepartment. */
export interface CreateDepartmentBody {
  /** Name. Reading department-name. */
  readonly name: string
  /** KooDrive id of the parent. At most five levels, the root included. */
  readonly parentId: string
}

/** Body of updateUser. */
export interface UpdateUserBody {
  /** KooDrive id of the new department: a 64-bit integer, exact beyond 2^53, or its digits as a string. */
  readonly deptId?: number | bigint | string | undefined
  /** 0 department administrator, 1 common user, 2 system administrator, 5 member with management permissions. */
  readonly role?: 0 | 1 | 2 | 5 | '0' | '1' | '2' | '5' | undefined
  /** 0 enabled, sign-in is possible; 1 disabled. (The carrier edition has 7 for frozen instead.) */
  readonly status?: 0 | 1 | '0' | '1' | undefined
}

/** Body of createUser. */
export interface CreateUserBody {
  /** OrgID id of the member, such as 1008600000029937613. */
  readonly userId: string
  /** Department and role. The table says mandatory, the example leaves it out. */
  readonly modifyUserInfoReq?: ModifyUserInfo | undefined
}

/** Body of createSpace. */
export interface CreateSpaceBody {
  /** Size in GB, 1 to 104857600, within the free capacity. String in the table, a number in the example: both are taken. */
  readonly capacity: number | string
  /** 0 department, 1 individual, 2 group. The mock has no groups. */
  readonly type: 0 | 1 | 2 | '0' | '1' | '2'
  /** What members may do. */
  readonly capabilities?: Capabilities | undefined
}

/** Body of updateSpace. */
export interface UpdateSpaceBody {
  /** 0 normal, 1 disabled. String in the table, a number in the example: both are taken. */
  readonly status?: 0 | 1 | '0' | '1' | undefined
  /** Size in GB, 1 to 104857600: at least what is used, at most what is free besides. */
  readonly capacity?: number | string | undefined
  /** 0 department, 1 individual. */
  readonly type: 0 | 1 | '0' | '1'
  /** Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none. */
  readonly containerId?: string | undefined
}

/** Body of createTask. */
export interface CreateTaskBody {
  /** 0 transfer and delete, 1 batch import. No default is documented: reading task-type-default. */
  readonly taskType?: 0 | 1 | '0' | '1' | undefined
  /** KooDrive id of the user to delete. Mandatory for type 0. */
  readonly srcUserId?: string | undefined
  /** KooDrive id of the user who receives. Mandatory for type 0. */
  readonly dstUserId?: string | undefined
  /** Id of the upload whose users are imported. Mandatory for type 1. Reading import-upload. */
  readonly resultId?: string | undefined
  /** OrgID organisation. Mandatory for type 1. */
  readonly orgId?: string | undefined
  /** OrgID user who imports. Mandatory for type 1. */
  readonly orgUserId?: string | undefined
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
  /** First password. A row fails unless it has 8 characters or more, letters and digits, no space and no character three times in a row. */
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
  readonly personalCapacity: number | bigint
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

/** The user of a new session. */
export interface SessionUserInfo {
  /** 0 department administrator, 1 common user, 2 system administrator. Text, unlike elsewhere. */
  readonly role: string
  /** Name. */
  readonly userName: string
  /** KooDrive id of the user: `id` of listUsers, and X-User-Id. */
  readonly innerUserId: string
  /** OrgID id of the user: `userId` of listUsers. */
  readonly userId: string
  /** Code of the enterprise. */
  readonly tenantId: string
  /** OrgID organisation. */
  readonly orgId: string
  /** Name of the organisation. */
  readonly orgName: string
  /** Users of the organisation. */
  readonly userCount: number
  /** KooDrive id of the department. A number in the example of authSession. */
  readonly deptId: string
  /** Set of database objects of the tenant. */
  readonly xHwSchema: string
}

/** A session and its user. */
export interface SessionInfo {
  /** Access token; the value carries the word Bearer and goes into Authorization as it is. Reading token-prefix. */
  readonly accessToken: string
  /** Id of the session, for x-session-id of refreshSession. */
  readonly sessionId: string
  /** OrgID id of the user. */
  readonly userId: string
  /** The user who signed in. */
  readonly userInfo: SessionUserInfo
}

/** The user that a token stands for. */
export interface OrgUserInfo {
  /** 0 department administrator, 1 common user, 2 system administrator. Text, unlike elsewhere. */
  readonly role: string
  /** Name. */
  readonly userName: string
  /** KooDrive id of the user: `id` of listUsers, and X-User-Id. */
  readonly innerUserId: string
  /** OrgID id of the user: `userId` of listUsers. */
  readonly userId: string
  /** Code of the enterprise. */
  readonly tenantId: string
  /** OrgID organisation. */
  readonly orgId: string
  /** Name of the organisation. */
  readonly orgName: string
  /** Users of the organisation. */
  readonly userCount: number
  /** KooDrive id of the department. A number in the example of authSession. */
  readonly deptId: string
}

/** A department. */
export interface DepartmentInfo {
  /** KooDrive id of the department. */
  readonly id: string
  /** OrgID organisation. */
  readonly orgId: string
  /** OrgID id of the department, 32 hex digits. */
  readonly deptId: string
  /** KooDrive id of the parent; the root has none, see the reading root-parent. */
  readonly parentId?: string | undefined
  /** Name of the department. */
  readonly name: string
  /** Id of the tenant. */
  readonly tenantId: string
}

/** Id of what was created. */
export interface DeptData {
  /** KooDrive id of the new department. */
  readonly id: string
}

/** A user of the organisation. */
export interface UserDetail {
  /** KooDrive id of the user. */
  readonly id: string
  /** OrgID organisation. */
  readonly orgId: string
  /** OrgID id of the user. */
  readonly userId: string
  /** KooDrive id of the department. */
  readonly deptId: string
  /** Name of the department. */
  readonly deptName: string
  /** Mobile number, masked: the first 7 and the last 4 digits. */
  readonly mobile: string
  /** Name. */
  readonly name: string
  /** 0 department administrator, 1 common user, 2 system administrator, 3 drive administrator, 5 member with management permissions. */
  readonly role: number
  /** 0 enabled, 1 disabled, 2 not activated. */
  readonly status: number
}

/** Department and role of a new user. */
export interface ModifyUserInfo {
  /** KooDrive id of the department, the root when absent. A String here, a Long in UpdateUser: both are taken. */
  readonly deptId?: number | bigint | string | undefined
  /** 0 department administrator, 1 common user (default), 2 system administrator, 3 drive administrator, 5 member with management permissions. A String here, an Integer in UpdateUser: both are taken. */
  readonly role?: 0 | 1 | 2 | 3 | 5 | '0' | '1' | '2' | '3' | '5' | undefined
}

/** A space of a department or a user. */
export interface SpaceInfo {
  /** 0 department, 1 individual, 2 group. */
  readonly type: '0' | '1' | '2'
  /** 0 normal, 1 disabled. */
  readonly status: '0' | '1'
  /** Id of the department or user that owns the space. */
  readonly ownerId: string
  /** Id of the space. */
  readonly containerId: string
  /** Root of the plain files. */
  readonly bizRootFileId: string
  /** Root of the safe with encrypted files. */
  readonly bizSboxFileId: string
  /** Size in GB. */
  readonly capacity: string
  /** Used space in KB. */
  readonly spaceUsed: string
  /** Id of the tenant. */
  readonly tenantId: string
  /** KooDrive id of the user who created it. */
  readonly creator: string
  /** When it was created, ISO 8601 in UTC with milliseconds. */
  readonly createTime: string
  /** KooDrive id of the user who changed it last. */
  readonly modifier: string
  /** When it was changed last, ISO 8601 in UTC with milliseconds. */
  readonly updateTime: string
  /** Root of the space, the same as bizRootFileId. */
  readonly rootFileId: string
}

/** A space that was just created. */
export interface CreatedSpace {
  /** 0 department, 1 individual, 2 group. */
  readonly type: number
  /** 0 normal, 1 disabled. */
  readonly status: number
  /** Id of the department or user that owns the space. */
  readonly ownerId: string
  /** Id of the space. */
  readonly containerId: string
  /** Root of the plain files. */
  readonly bizRootFileId: string
  /** Root of the safe with encrypted files. */
  readonly bizSboxFileId: string
  /** Size in GB. */
  readonly capacity: number
  /** Used space in KB. */
  readonly spaceUsed: number
  /** Id of the tenant. */
  readonly tenantId: string
  /** KooDrive id of the user who created it. */
  readonly creator: string
  /** KooDrive id of the user who changed it last. */
  readonly modifier: string
  /** Root of the space, the same as bizRootFileId. */
  readonly rootFileId: string
  /** Integer in the table; the mock leaves it out, as no page says whose id it is. */
  readonly operatorId?: number | undefined
}

/** What members may do; the mock has no files and only checks the types. */
export interface Capabilities {
  /** Create folders. */
  readonly addChildNodePermission?: boolean | undefined
  /** Copy. */
  readonly copyPermission?: boolean | undefined
  /** Delete. */
  readonly deletePermission?: boolean | undefined
  /** Download. */
  readonly downloadPermission?: boolean | undefined
  /** Edit; not supported yet. */
  readonly editPermission?: boolean | undefined
  /** List. */
  readonly listChildNodePermission?: boolean | undefined
  /** Move. */
  readonly removeChildNodePermission?: boolean | undefined
  /** Rename. */
  readonly renameFilePermission?: boolean | undefined
  /** Share. */
  readonly shareFilePermission?: boolean | undefined
  /** Upload. */
  readonly uploadPermission?: boolean | undefined
}

/** A department with its space. */
export interface DepartmentSpaceInfo {
  /** KooDrive id of the department. */
  readonly id: string
  /** KooDrive id of the parent. Reading root-parent. */
  readonly parentId?: string | undefined
  /** Name of the department. */
  readonly name: string
  /** Id of the tenant. */
  readonly tenantId: string
  /** Owner of the space: the department. Absent without a space. */
  readonly ownerId?: string | undefined
  /** 0 normal, 1 disabled. Absent without a space. */
  readonly status?: number | undefined
  /** Size of the space in GB. Absent without a space. */
  readonly capacity?: number | undefined
  /** Used space in KB. Absent without a space. */
  readonly spaceUsed?: number | undefined
  /** Id of the space. Absent without a space. */
  readonly containerId?: string | undefined
  /** Root of the plain files. Absent without a space. */
  readonly bizRootFileId?: string | undefined
  /** Root of the safe. Absent without a space. */
  readonly bizSboxFileId?: string | undefined
  /** Members of the department. Absent without a space. */
  readonly userNum?: number | undefined
  /** Who created the space. Absent without a space. */
  readonly creator?: string | undefined
  /** When the space was created. Absent without a space. */
  readonly createTime?: string | undefined
  /** Who changed the space last. Absent without a space. */
  readonly modifier?: string | undefined
  /** When the space was changed last. Absent without a space. */
  readonly updateTime?: string | undefined
}

/** Capacity of one type of space. */
export interface SpaceAllocation {
  /** 0 department, 1 individual, 2 group. */
  readonly type: number
  /** Sum of the spaces of this type in GB. */
  readonly allocateCapacity: number
  /** Capacity for spaces of this type in GB. */
  readonly totalCapacity: number
}

/** Quota of the organisation and what is used of it. */
export interface QuotaUsed {
  /** Users that exist. */
  readonly userCount: number
  /** Users that may exist. */
  readonly userMaxCount: number
  /** Capacity of the organisation in GB: deptSpaceQuota, personalSpaceQuota, groupSpaceQuota and reservedSpaceQuota together. */
  readonly spaceCapacity: number
  /** Capacity for department spaces in GB. */
  readonly deptSpaceQuota: number
  /** Capacity for individual spaces in GB. */
  readonly personalSpaceQuota: number
  /** Capacity for group spaces in GB. */
  readonly groupSpaceQuota: number
  /** Capacity that is kept back in GB. */
  readonly reservedSpaceQuota: number
  /** Allocated in GB: deptSpaceQuotaUsed, personalSpaceQuotaUsed and groupSpaceQuotaUsed together. */
  readonly spaceQuotaUsed: number
  /** Allocated to department spaces in GB. */
  readonly deptSpaceQuotaUsed: number
  /** Allocated to individual spaces in GB. */
  readonly personalSpaceQuotaUsed: number
  /** Allocated to group spaces in GB. */
  readonly groupSpaceQuotaUsed: number
  /** Used in KB: deptSpaceUsed, personalSpaceUsed and groupSpaceUsed together. */
  readonly spaceUsed: number
  /** Used in department spaces in KB. */
  readonly deptSpaceUsed: number
  /** Used in individual spaces in KB. */
  readonly personalSpaceUsed: number
  /** Used in group spaces in KB. */
  readonly groupSpaceUsed: number
  /** Life of a packed download; the mock answers the 7 of the example. */
  readonly packageDownloadExpires: number
  /** Type of the product; the mock answers the "1" of the example. */
  readonly productType: string
}

/** A task of createTask. */
export interface ManagementTask {
  /** Id of the task. */
  readonly taskId: string
  /** Name of the task. */
  readonly taskName: string
  /** 0 transfer and delete, 1 batch import. */
  readonly taskType: number
  /** Id of the tenant. */
  readonly tenantId?: string | undefined
  /** KooDrive id of the user who created it. */
  readonly userId?: string | undefined
  /** 0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED. */
  readonly status: number
  /** For extension; the mock leaves it out. */
  readonly initParams?: string | undefined
  /** Country of the user; the mock leaves it out. */
  readonly locale?: string | undefined
  /** Code of a failure, 18xxxxxx; absent otherwise. */
  readonly resultCode?: string | undefined
  /** When it was created, ISO 8601 in UTC with milliseconds. */
  readonly createTime: string
  /** When it started; absent before. */
  readonly startTime?: string | undefined
  /** When it ended; absent before. */
  readonly endTime?: string | undefined
}

/** A user that was not imported. */
export interface ImportFailure {
  /** Name of the user. */
  readonly userName: string
  /** Why the user was not imported; the example leaves it out. */
  readonly desc?: string | undefined
}

/** Outcome of an import. */
export interface UserImportResult {
  /** Users imported. */
  readonly successCount: number
  /** Users not imported. */
  readonly failCount: number
  /** The users not imported, at most 1,000. */
  readonly failInfoList: readonly ImportFailure[]
}

/** Body of every refusal. */
export interface ErrorBody {
  /** Error code. */
  readonly code: number
  /** Error description. */
  readonly msg: string
}
