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

/** Types of spaces. The pages on spaces. */
export const spaceTypes = { department: 0, individual: 1, group: 2 } as const

/** Types of spaces that the world has. */
type OwnerType = 'department' | 'individual'

/** What is allocated and used by spaces of a type. */
export interface Allocation {
  /** Sum of the spaces in GB. */
  readonly allocatedGb: number
  readonly usedKb: number
}

/**
 * The capacity of an organisation. What is free is one number, out of which batches, single users, departments and spaces
 * are served alike.
 */
export class Capacity {
  /** Free capacity in GB. */
  freeGb: number
  readonly #start: Record<OwnerType, () => Allocation>
  readonly #changes = { individual: { allocatedGb: 0, usedKb: 0 }, department: { allocatedGb: 0, usedKb: 0 } }

  /** `start` sums the spaces that exist from the start, when somebody asks. */
  constructor(freeGb: number, start: Record<OwnerType, () => Allocation>) {
    this.freeGb = freeGb
    this.#start = start
  }

  /** A space of a type comes, changes or goes: by so many GB allocated, and KB used. */
  change(type: OwnerType, gb: number, usedKb = 0): void {
    this.#changes[type].allocatedGb += gb
    this.#changes[type].usedKb += usedKb
    this.freeGb -= gb
  }

  get individual(): Allocation {
    return this.#sumOf('individual')
  }

  get department(): Allocation {
    return this.#sumOf('department')
  }

  /** Capacity of the organisation in GB: what is allocated, and what is free. */
  get totalGb(): number {
    return this.freeGb + this.individual.allocatedGb + this.department.allocatedGb
  }

  #sumOf(type: OwnerType): Allocation {
    const start = this.#start[type]()
    const { allocatedGb, usedKb } = this.#changes[type]
    return { allocatedGb: start.allocatedGb + allocatedGb, usedKb: start.usedKb + usedKb }
  }
}
