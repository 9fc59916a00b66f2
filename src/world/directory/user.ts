import type { UserSpaceInfo } from '../../spec/wire-types.ts'
import type { Department } from './departments.ts'

/** Roles of users. UpdateUser (2025-03-07). */
export const roles = { departmentAdministrator: 0, commonUser: 1, systemAdministrator: 2 } as const

/** States of accounts. UpdateUser (2025-03-07); 2 from the example of Listing Users. */
export const userStatuses = { enabled: 0, disabled: 1, notActivated: 2 } as const

/** An individual space. */
export interface Space {
  readonly id: string
  readonly containerId: string
  readonly capacityGb: number
  readonly usedKb: number
  readonly status: UserSpaceInfo['spaceStatus']
}

/** A user of an organisation. */
export interface User {
  readonly name: string
  readonly userId: string
  /** The id on KooDrive, which X-User-Id carries. */
  readonly id: string
  readonly department: Department
  /** Stored form, not masked. */
  readonly mobile: string
  readonly role: number
  readonly status: number
  readonly space: Space | undefined
}
