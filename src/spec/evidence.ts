/**
 * How well a fact about the real service is known.
 * `documented`: a vendor page states it · `example`: only a vendor example shows it · `inferred`: we concluded it.
 */
export const evidenceLevels = ['documented', 'example', 'inferred'] as const
export type Evidence = (typeof evidenceLevels)[number]

/** Where a fact comes from: its evidence level, and the page and table (or the reasoning) behind it. */
export interface Provenance {
  readonly evidence: Evidence
  readonly source: string
}

/** The vendor pages that facts are cited from, by the short name used in this code base. */
export const pages = {
  createBatch: 'Creating a Batch Provisioning Task (2026-04-16)',
  queryBatch: 'Querying Batch Provisioning (2026-04-16)',
  preverify: 'Pre-verification API (2025-03-07)',
  listUsers: 'Listing Users (2024-07-30)',
  listSpaces: 'Listing User Spaces (2024-07-30)',
  signing: 'App authentication (koodrive_05_0029 to 05_0035, 2025-10-16)',
  tokens: 'Authentication (koodrive_05_0010)',
  errorCodes: 'ErrorCode',
  returnedValues: 'Returned values',
  statusCodes: 'Status codes (appendix)',
  memberGuide: 'User guide, members (kd_03_0010, 2024-07-30)',
  getAuthCodeUrl: 'getAuthCodeURL (en 2025-10-22, zh 2025-12-12)',
  createSession: 'createSession (en 2025-10-22, zh 2025-12-12)',
  authSession: 'authSession (zh 2025-12-12)',
  refreshSession: 'refreshSession (zh 2025-12-12)',
  logout: 'logout (en 2025-10-22, zh 2025-12-12)',
  listDepartments: 'GetDepartmentList (en 2025-10-22, zh 2025-12-12)',
  getDepartment: 'GetDepartment (en 2025-10-22, zh 2025-12-12)',
  createDepartment: 'CreateDepartment (en 2025-10-22, zh 2025-12-12)',
  updateDepartment: 'UpdateDepartment (en 2025-10-22, zh 2025-12-12)',
  deleteDepartment: 'DeleteDepartment (2025-03-07, zh 2025-12-12)',
  getUser: 'GetUser (en 2025-10-22, zh 2025-12-12)',
  createUser: 'CreateUser (en 2025-10-22, zh 2025-12-12)',
  updateUser: 'UpdateUser (en 2025-10-22, zh 2025-12-12)',
  deleteUser: 'DeleteUser (en 2025-10-22, zh 2025-12-12)',
  countUsers: 'CountUser (en 2025-10-22, zh 2025-12-12)',
  getUserMobile: 'GetUserMobile (en 2025-10-22, zh 2025-12-12)',
  getSpace: 'GetSpace (en 2025-10-22)',
  batchGetSpace: 'batchGetSpace (en, undated)',
  createSpace: 'CreateSpace (en 2025-10-22, zh 2025-12-12)',
  updateSpace: 'UpdateSpace (zh 2025-12-12)',
  deleteSpace: 'DeleteSpace (2025-10-22)',
  listDepartmentSpaces: 'GetDepartmentSpaceList (en 2025-10-22, zh 2025-12-12)',
  getSpaceAllocation: 'GetSpaceAllocation (en 2025-10-22, zh 2025-12-12)',
  createTask: 'createTask (en 2025-08-28, zh 2025-12-12)',
  listTasks: 'getTaskLIst (en 2025-08-28, zh 2025-10-21)',
  getTask: 'getTaskDetail (en 2025-10-22)',
  getTaskResult: 'getTaskResult (en 2025-08-28, zh 2025-12-12)',
  getQuotaUsed: 'GetQuotaUsed (2025-03-07, zh 2025-12-12)',
} as const
export type Page = keyof typeof pages

/** Fact stated on a vendor page: `documented('listUsers', 'Table 4')`. */
export const documented = (page: Page, place: string): Provenance => ({
  evidence: 'documented',
  source: `${pages[page]}, ${place}`,
})

/** Fact seen only in the example of a vendor page. */
export const example = (page: Page, note = 'example'): Provenance => ({
  evidence: 'example',
  source: `${pages[page]}, ${note}`,
})

/** Fact concluded by us; `reason` says from what. */
export const inferred = (reason: string): Provenance => ({ evidence: 'inferred', source: reason })
