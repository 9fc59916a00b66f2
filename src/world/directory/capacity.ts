/** Types of spaces. The pages on spaces. */
export const spaceTypes = { department: 0, individual: 1, group: 2 } as const

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
  readonly #start: () => Allocation
  readonly #individual = { allocatedGb: 0, usedKb: 0 }
  readonly #department = { allocatedGb: 0, usedKb: 0 }

  /** `start` sums the individual spaces that exist from the start, when somebody asks. */
  constructor(freeGb: number, start: () => Allocation) {
    this.freeGb = freeGb
    this.#start = start
  }

  /** A space of a type comes, changes or goes: by so many GB allocated, and KB used. */
  change(type: 'individual' | 'department', gb: number, usedKb = 0): void {
    const sums = type === 'individual' ? this.#individual : this.#department
    sums.allocatedGb += gb
    sums.usedKb += usedKb
    this.freeGb -= gb
  }

  get individual(): Allocation {
    const { allocatedGb, usedKb } = this.#start()
    return { allocatedGb: allocatedGb + this.#individual.allocatedGb, usedKb: usedKb + this.#individual.usedKb }
  }

  get department(): Allocation {
    return { ...this.#department }
  }

  /** Capacity of the organisation in GB: what is allocated, and what is free. */
  get totalGb(): number {
    return this.freeGb + this.individual.allocatedGb + this.department.allocatedGb
  }
}
