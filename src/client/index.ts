/**
 * A small typed client of the KooDrive enterprise API that signs, waits, repeats what may be repeated and explains what
 * went wrong.
 *
 * @module
 */
export type { Client, ManagementClient, ManagementTask, NewMember, ProvisionReport, UserChange } from './client.ts'
export { createClient } from './create-client.ts'
export {
  AmbiguousWriteError,
  AuthenticationError,
  type ErrorDetails,
  type ErrorEvidence,
  isKooDriveError,
  KooDriveError,
  NetworkError,
  NotFoundError,
  ParameterError,
  PermissionError,
  ProtocolError,
  ServerError,
  ThrottledError,
  TimeoutError,
} from './errors.ts'
export { type NetworkOptions, networkFetch } from './network.ts'
export type { CallOptions, ClientOptions, ProvisionOptions, WaitOptions } from './options.ts'
export type {
  CreatedSpace,
  DepartmentInfo,
  DepartmentSpaceInfo,
  ImportUser,
  ListPage,
  NewUser,
  OrgUserInfo,
  PageRange,
  PreverifyInput,
  PreverifyVerdict,
  ProvisionedUser,
  QuotaUsed,
  RegisterRow,
  SessionInfo,
  SpaceAllocation,
  SpaceFilter,
  SpaceInfo,
  TaskInfo,
  TaskPage,
  UserDetail,
  UserFilter,
  UserImportResult,
  UserInfo,
  UserSpaceInfo,
} from './types.ts'
