import type * as Wire from '../spec/wire-types.ts'
import type { CallOptions, ProvisionOptions, WaitOptions } from './options.ts'
import type * as Types from './types.ts'
import type { ListPage, PageRange, ProvisionedUser } from './types.ts'

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

/** What became of every submitted user, in the order of submission. Iterating gives one outcome a user. */
export class ProvisionReport implements Iterable<ProvisionedUser> {
  /** One outcome for each submitted user, in order. */
  readonly outcomes: readonly ProvisionedUser[]
  /** What ended the run before its end: an error of the client or the reason of the signal; undefined when nothing did. */
  readonly stopped: unknown

  constructor(outcomes: readonly ProvisionedUser[], stopped: unknown) {
    this.outcomes = outcomes
    this.stopped = stopped
  }

  [Symbol.iterator](): Iterator<ProvisionedUser> {
    return this.outcomes[Symbol.iterator]()
  }

  /** Users that this run created. */
  get created(): readonly ProvisionedUser[] {
    return this.#of('created')
  }

  /** Users whose phone has a user already, with the id of that user. */
  get existing(): readonly ProvisionedUser[] {
    return this.#of('existing')
  }

  /** Users that were not created, for sure; `code` and `reason` say why. */
  get failed(): readonly ProvisionedUser[] {
    return this.#of('failed')
  }

  /** Users of whom nobody knows; provisioning them again is safe. */
  get unknown(): readonly ProvisionedUser[] {
    return this.#of('unknown')
  }

  #of(wanted: ProvisionedUser['outcome']): readonly ProvisionedUser[] {
    return this.outcomes.filter(({ outcome }) => outcome === wanted)
  }
}

/** A client of the service. Ids are exact strings; every failure is a KooDriveError or the reason of the signal. */
export interface Client extends ManagementClient {
  /** Hands in 1 to 1,000 users; gives the id of the task. Repeated by itself only when it was refused for sure. */
  createBatchProvisioningTask(users: readonly Types.NewUser[], options?: CallOptions): Promise<string>
  /** One look at a task, with one page of its rows. */
  queryBatchProvisioning(
    query: { readonly taskId: string; readonly cursor?: string | undefined; readonly pageSize?: number | undefined },
    options?: CallOptions,
  ): Promise<Types.TaskPage>
  /** Checks an import and changes nothing: one verdict for each user, in order. */
  preverifyBatchImport(input: Types.PreverifyInput, options?: CallOptions): Promise<readonly Types.PreverifyVerdict[]>
  listUsers(query?: Types.UserFilter & Types.PageRange, options?: CallOptions): Promise<Types.ListPage<Types.UserInfo>>
  listUserSpaces(
    query?: Types.SpaceFilter & Types.PageRange,
    options?: CallOptions,
  ): Promise<Types.ListPage<Types.UserSpaceInfo>>
  /** Waits until a task has ended (status 2 or 3) and gives its progress. */
  waitForTask(taskId: string, options?: WaitOptions): Promise<Types.TaskInfo>
  /** All rows of a task, page by page. */
  registerList(
    taskId: string,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncGenerator<Types.RegisterRow, void, undefined>
  /** All users that a filter selects, each once, also while the list changes. */
  users(
    filter?: Types.UserFilter,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncGenerator<Types.UserInfo, void, undefined>
  /** All user spaces that a filter selects, each once, also while the list changes. */
  spaces(
    filter?: Types.SpaceFilter,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncGenerator<Types.UserSpaceInfo, void, undefined>
  /**
   * Provisions any number of users, 1,000 at a time, through outages and lost answers, and accounts for each: created,
   * existing, failed, or unknown with the reason. Each is created once at most.
   *
   * @throws KooDriveError, or the reason of the signal, only while nothing can have taken effect; later, whatever ends
   * the run is `stopped` of the report.
   */
  provision(users: readonly Types.NewUser[], options?: ProvisionOptions): Promise<ProvisionReport>
}
