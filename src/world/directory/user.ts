import type { Department } from './departments.ts'
import type { Space } from './spaces.ts'

/** Roles of users. UpdateUser (2025-03-07). */
export const roles = { departmentAdministrator: 0, commonUser: 1, systemAdministrator: 2 } as const

/** States of accounts. UpdateUser (2025-03-07); 2 from the example of Listing Users. */
export const userStatuses = { enabled: 0, disabled: 1, notActivated: 2 } as const

/** A user of an organisation, as it is now. */
export interface User {
  /** Place in the list of everybody; never given twice. */
  readonly number: number
  readonly name: string
  /** The id in OrgID, or that which a batch answers. */
  readonly userId: string
  /** The id on KooDrive, which X-User-Id carries. */
  readonly id: string
  readonly department: Department
  /** Stored form, not masked. */
  readonly mobile: string
  readonly role: number
  readonly status: number
  /** Individual spaces, oldest first. */
  readonly spaces: readonly Space[]
  /** The individual space that is meant when none is named: the newest. */
  readonly space: Space | undefined
}

/** What can change of a user. */
export interface UserChange {
  readonly department?: Department | undefined
  readonly role?: number | undefined
  readonly status?: number | undefined
  readonly spaces?: readonly Space[] | undefined
}

/** Who somebody is by origin: a seeded user, or one that joined. */
export interface Origin extends Omit<User, 'spaces' | 'space'> {
  spaces(): readonly Space[]
}

/** A user with the changes since, made while somebody looks at it. */
export class ChangedUser implements User {
  readonly number: number
  readonly department: Department
  readonly role: number
  readonly status: number
  readonly #origin: Origin
  readonly #change: UserChange | undefined

  constructor(origin: Origin, change: UserChange | undefined) {
    this.number = origin.number
    this.department = change?.department ?? origin.department
    this.role = change?.role ?? origin.role
    this.status = change?.status ?? origin.status
    this.#origin = origin
    this.#change = change
  }

  get name(): string {
    return this.#origin.name
  }

  get userId(): string {
    return this.#origin.userId
  }

  get id(): string {
    return this.#origin.id
  }

  get mobile(): string {
    return this.#origin.mobile
  }

  get spaces(): readonly Space[] {
    return this.#change?.spaces ?? this.#origin.spaces()
  }

  get space(): Space | undefined {
    return this.spaces.at(-1)
  }
}
