import { bounds } from '../../shared/bounds.ts'

/** A body on its way in, and what is held of it until its exchange is over. */
export interface HeldBody {
  /** Counts bytes that have come; may give up another body, or this one, to make room. */
  take(bytes: number): void
  /** All of it is here: it cannot be given up any more, but is held until it is released. */
  complete(): void
  /** Nothing of it is held any more. */
  release(): void
}

interface Reading {
  bytes: number
  readonly giveUp: () => void
}

/**
 * What all bodies together may hold, whoever sends them. When that is used up, the largest of those that are still coming is
 * given up: a few who send much and slowly cannot keep out the many who send little.
 */
export class BodyBudget {
  readonly maxBytes: number
  readonly #reading = new Set<Reading>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.#bytes
  }

  /** Begins a body; `giveUp` is called at most once, when its room is needed for others. */
  begin(giveUp: () => void): HeldBody {
    const reading: Reading = { bytes: 0, giveUp }
    let isReleased = false
    this.#reading.add(reading)
    return {
      take: (bytes) => {
        if (isReleased || !this.#reading.has(reading)) return
        reading.bytes += bytes
        this.#bytes += bytes
        while (this.#bytes > this.maxBytes && this.#giveUpLargest());
      },
      complete: () => void this.#reading.delete(reading),
      release: () => {
        isReleased = true
        this.#free(reading)
      },
    }
  }

  #giveUpLargest(): boolean {
    let largest: Reading | undefined
    for (const reading of this.#reading) if (reading.bytes > (largest?.bytes ?? 0)) largest = reading
    if (largest === undefined) return false
    this.#free(largest)
    largest.giveUp()
    return true
  }

  #free(reading: Reading): void {
    this.#reading.delete(reading)
    this.#bytes -= reading.bytes
    reading.bytes = 0
  }
}

/** The bodies of all ports of this process: memory is of the process, so its bound is too. */
export const bodyBudget = new BodyBudget(bounds.bodiesInFlight.value)
/** Of them those that are no files of the control plane: each is copied and read as a string before it is given up. */
export const callBudget = new BodyBudget(bounds.callBodiesInFlight.value)
