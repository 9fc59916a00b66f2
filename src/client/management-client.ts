import type * as Wire from '../spec/wire-types.ts'
import type { CallOptions } from './options.ts'
import type { ListPage, PageRange } from './types.ts'

/** A task of createTask. */
export type ManagementTask = Omit<Wire.ManagementTask, 'createTime'>

/** What a user becomes; what is absent stays. */
export interface UserChange extends Omit<Wire.UpdateUserBody, 'deptId'> {
  /** Id of the new department: text or bigint, because a number loses the last digits of an id. */
  readonly deptId?: string | bigint | undefined
}

/** A member of the OrgID organisation who is to become a user. */
export interface NewMember extends Omit<Wire.CreateUserBody, 'modifyUserInfoReq'> {
  readonly modifyUserInfoReq?:
    | (Omit<Wire.ModifyUserInfo, 'deptId'> & { readonly deptId?: string | bigint | undefined })
    | undefined
}

/**
 * Sessions, departments, users, spaces and tasks. `userId` and `ownerId` are KooDrive ids: `id` of listUsers. A write
 * whose answer is lost throws AmbiguousWriteError.
 */
export interface ManagementClient {
  /** Where a user signs in. `domain` is the host of the front end. */
  getAuthCodeUrl(domain: string, options?: CallOptions): Promise<{ readonly uri: string; readonly orgIdHost: string }>
  /** Redeems an authorization code. `accessToken` of the answer is what createClient takes. */
  createSession(body: Wire.CreateSessionBody, options?: CallOptions): Promise<Wire.SessionInfo>
  /** The user that the access token stands for. */
  authSession(options?: CallOptions): Promise<Wire.OrgUserInfo>
  /** A further access token for a session. */
  refreshSession(sessionId: string, options?: CallOptions): Promise<string>
  /** Ends the session of the access token. */
  logout(options?: CallOptions): Promise<void>

  /** The departments directly below one; without departmentId where the service begins. */
  listDepartments(query?: Wire.ListDepartmentsQuery, options?: CallOptions): Promise<readonly Wire.DepartmentInfo[]>
  getDepartment(departmentId: string, options?: CallOptions): Promise<Wire.DepartmentInfo>
  /** Gives the id of the new department. */
  createDepartment(body: Wire.CreateDepartmentBody, options?: CallOptions): Promise<string>
  updateDepartment(departmentId: string, body: Wire.UpdateDepartmentBody, options?: CallOptions): Promise<void>
  deleteDepartment(departmentId: string, options?: CallOptions): Promise<void>

  getUser(userId: string, options?: CallOptions): Promise<Wire.UserDetail>
  /** Gives the id of the new user, or undefined when the service does not tell. */
  createUser(body: NewMember, options?: CallOptions): Promise<string | undefined>
  updateUser(userId: string, body: UserChange, options?: CallOptions): Promise<void>
  deleteUser(userId: string, options?: CallOptions): Promise<void>
  countUsers(deptId?: string, options?: CallOptions): Promise<number>
  getUserMobile(userId: string, options?: CallOptions): Promise<string>

  getSpace(ownerId: string, query: Wire.GetSpaceQuery, options?: CallOptions): Promise<Wire.SpaceInfo>
  createSpace(ownerId: string, body: Wire.CreateSpaceBody, options?: CallOptions): Promise<Wire.CreatedSpace>
  updateSpace(ownerId: string, body: Wire.UpdateSpaceBody, options?: CallOptions): Promise<void>
  deleteSpace(ownerId: string, query: Wire.DeleteSpaceQuery, options?: CallOptions): Promise<void>
  listDepartmentSpaces(
    query?: Pick<Wire.ListDepartmentSpacesQuery, 'keyWord'> & PageRange,
    options?: CallOptions,
  ): Promise<ListPage<Wire.DepartmentSpaceInfo>>
  getSpaceAllocation(options?: CallOptions): Promise<readonly Wire.SpaceAllocation[]>
  getQuotaUsed(options?: CallOptions): Promise<Wire.QuotaUsed>

  /** Gives the id of the new task. */
  createTask(body: Wire.CreateTaskBody, options?: CallOptions): Promise<string>
  /** One page of tasks; `nextCursor` is pageCursor of the next one, undefined on the last. */
  listTasks(
    query?: Wire.ListTasksQuery,
    options?: CallOptions,
  ): Promise<{ readonly tasks: readonly Wire.ManagementTask[]; readonly nextCursor: string | undefined }>
  getTask(taskId: string, options?: CallOptions): Promise<ManagementTask>
  getTaskResult(taskId: string, options?: CallOptions): Promise<Wire.UserImportResult>
}
