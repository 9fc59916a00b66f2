import type { UserSpaceInfo } from '../../spec/wire-types.ts'

/** A space of a user or of a department. */
export interface Space {
  readonly id: string
  readonly containerId: string
  readonly capacityGb: number
  readonly usedKb: number
  readonly status: UserSpaceInfo['spaceStatus']
  /** When it was created and changed last, in virtual epoch milliseconds. */
  readonly createdAt: number
  readonly modifiedAt: number
  /** KooDrive ids of those who did; undefined for the service itself. */
  readonly creator?: string | undefined
  readonly modifier?: string | undefined
}
