import type { SpaceStatus } from '../../spec/operations/list-user-spaces.ts'
import type { Department } from './departments.ts'
import { roles, type Space, type User, userStatuses } from './user.ts'

/** A user that joins after the start. */
export interface Newcomer {
  readonly name: string
  readonly phone: string
  readonly department?: Department | undefined
  readonly role?: number
  readonly status?: number
  /** Individual space in GB; 0 for none. */
  readonly spaceGb: number
  readonly spaceStatus?: SpaceStatus
  /** Listed before everybody else. */
  readonly first?: boolean
}

/** Ids a user takes: its own two, that of the space and that of the container. */
export const ID_SPAN = 4

const CONTAINER_PREFIX = 'IAAE49hOR8LulgAAB'

const after = (id: string, distance: number): string => (BigInt(id) + BigInt(distance)).toString()

/** The `userId` of whoever has this `id`, if anybody has. */
export const userIdOfId = (id: string): string => (/^[1-9]\d{1,18}$/.test(id) ? after(id, -1) : '')

/** A user that joined. Only what cannot be derived is kept: there may be very many. */
export class JoinedUser implements User {
  readonly name: string
  readonly userId: string
  readonly department: Department
  readonly mobile: string
  readonly role: number
  readonly status: number
  readonly #spaceGb: number
  readonly #spaceStatus: SpaceStatus

  constructor(userId: string, newcomer: Newcomer, department: Department) {
    this.name = newcomer.name
    this.userId = userId
    this.department = department
    this.mobile = newcomer.phone
    this.role = newcomer.role ?? roles.commonUser
    this.status = newcomer.status ?? userStatuses.notActivated
    this.#spaceGb = newcomer.spaceGb
    this.#spaceStatus = newcomer.spaceStatus ?? '0'
  }

  get id(): string {
    return after(this.userId, 1)
  }

  get space(): Space | undefined {
    if (this.#spaceGb === 0) return undefined
    return {
      id: after(this.userId, 2),
      containerId: CONTAINER_PREFIX + after(this.userId, 3),
      capacityGb: this.#spaceGb,
      usedKb: 0,
      status: this.#spaceStatus,
    }
  }
}
