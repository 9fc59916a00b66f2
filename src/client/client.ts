import type { ManagementClient } from './management-client.ts'
import type { CallOptions, ProvisionOptions, WaitOptions } from './options.ts'
import type { ProvisionReport } from './provision-report.ts'
import type * as Types from './types.ts'

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
