/** How a call takes part in batches. */
export interface Turn {
  /** Leaves the batch, which is stored, waits, and joins a later one. */
  pause<T>(wait: () => Promise<T>): Promise<T>
}

/** A call in a lane: it enters a batch, leaves it, and learns what became of it. */
export interface Member {
  /** Whether it needs the journal. */
  readonly readsJournal: boolean
  /** Goes on; the promise is kept when it has left the batch. Never rejects. */
  enter(): Promise<void>
  /** The batch is stored. */
  stored(): void
  /** The batch is not stored, or was never begun. */
  failed(error: unknown): void
}

/** Gives the calls of a batch, and lets those that came meanwhile join it. */
export type Join = () => readonly Member[]

/** Calls that are served together at most. */
const BATCH_MAX = 64

/** The calls of one sandbox, one batch after the other. */
export class Lane {
  readonly #serve: (join: Join) => Promise<void>
  readonly #onEmpty: () => void
  readonly #queue: Member[] = []
  #isServing = false

  constructor(serve: (join: Join) => Promise<void>, onEmpty: () => void) {
    this.#serve = serve
    this.#onEmpty = onEmpty
  }

  /** Lets a call take its turn; gives its result when that is stored. */
  take<T>(work: (turn: Turn) => Promise<T>, readsJournal: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let begin: (() => void) | undefined
      let left: () => void = () => undefined
      let stored: () => void = () => undefined
      let failed: (error: unknown) => void = reject
      const member: Member = {
        readsJournal,
        enter: () =>
          new Promise<void>((done) => {
            left = done
            begin?.()
          }),
        stored: () => stored(),
        failed: (error) => failed(error),
      }
      /** Outside of any batch, what a call has come to stands as it is. */
      let isInBatch = true
      const end = (settle: () => void) => {
        if (!isInBatch) return settle()
        stored = settle
        failed = reject
        left()
      }
      const pause: Turn['pause'] = async (wait) => {
        await new Promise<void>((done, fail) => {
          stored = done
          failed = fail
          left()
        }).catch((error: unknown) => {
          isInBatch = false
          throw error
        })
        isInBatch = false
        const waited = await wait().then(
          (value) => () => value,
          (error: unknown) => () => {
            throw error
          },
        )
        await new Promise<void>((done, fail) => {
          begin = done
          failed = fail
          this.#add(member)
        })
        isInBatch = true
        return waited()
      }
      begin = () => {
        work({ pause }).then(
          (value) => end(() => resolve(value)),
          (error: unknown) => end(() => reject(error)),
        )
      }
      this.#add(member)
    })
  }

  #add(member: Member): void {
    this.#queue.push(member)
    if (this.#isServing) return
    this.#isServing = true
    void this.#serveAll()
  }

  async #serveAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const members = this.#queue.splice(0, 1)
      const join = () => {
        members.push(...this.#queue.splice(0, BATCH_MAX - members.length))
        return members
      }
      try {
        await this.#serve(join)
        for (const member of members) member.stored()
      } catch (error) {
        for (const member of members) member.failed(error)
      }
    }
    this.#isServing = false
    this.#onEmpty()
  }
}
