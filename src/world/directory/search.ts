import type { Department } from './departments.ts'
import type { NumberSet } from './number-set.ts'
import type { People } from './people.ts'
import { SearchCache } from './search-cache.ts'
import type { User } from './user.ts'

/** What a listing selects. */
export interface Selection {
  /** The department whose users are wanted. */
  readonly scope: Department
  /** Only the direct members of `scope`. */
  readonly direct: boolean
  readonly withSpace: boolean
  /** Part of a name, in any case. */
  readonly keyWord: string | undefined
  /** Whether `keyWord` may be part of the mobile as well. */
  readonly inMobile: boolean
  readonly spaceStatus: string | undefined
}

/** Finds users by words: looks at everybody once, and again only when something has changed. */
export class Search {
  /** To be raised by whoever changes users or spaces. */
  version = 0
  readonly #people: People
  readonly #kept = new SearchCache()

  constructor(people: People) {
    this.#people = people
  }

  /** Numbers of the users of a set that a selection names, in order. */
  find(set: NumberSet, selection: Selection): Int32Array {
    const { scope, direct, withSpace, keyWord, inMobile, spaceStatus } = selection
    const key = JSON.stringify([scope.id, direct, withSpace, keyWord, inMobile, spaceStatus])
    const known = this.#kept.get<Int32Array>(key, this.version)
    if (known !== undefined) return known
    const found: number[] = []
    const marks = (keyWord ?? '') === '' ? undefined : this.#marksOf(keyWord ?? '', inMobile)
    const { count } = this.#people.seeded
    for (const [from, to] of set.runs()) {
      for (let number = from; number < to; number += 1) {
        const isSeeded = number >= 0 && number < count
        const isFound = isSeeded
          ? this.#isSeededFound(number, marks, spaceStatus)
          : matches(this.#people.at(number), selection)
        if (isFound) found.push(number)
      }
    }
    return this.#kept.set(key, Int32Array.from(found), this.version)
  }

  /** Names and mobiles of seeded users never change; their spaces may. */
  #isSeededFound(number: number, marks: Uint8Array | undefined, spaceStatus: string | undefined): boolean {
    if (marks !== undefined && marks[number] !== 1) return false
    if (spaceStatus === undefined) return true
    const changed = this.#people.changeOf(number)?.spaces
    const status = changed === undefined ? this.#people.seeded.spaceStatusAt(number) : changed.at(-1)?.status
    return status === spaceStatus
  }

  /** Looks at the names of everybody who was seeded, in slices between which others can be served. */
  *prepare({ keyWord = '', inMobile }: Pick<Selection, 'keyWord' | 'inMobile'>): Generator<void> {
    const key = JSON.stringify([keyWord, inMobile])
    if (keyWord === '' || this.#kept.get(key) !== undefined) return
    this.#kept.set(key, yield* this.#people.seeded.mark(keyWord, inMobile))
  }

  #marksOf(keyWord: string, inMobile: boolean): Uint8Array {
    const known = this.#kept.get<Uint8Array>(JSON.stringify([keyWord, inMobile]))
    if (known !== undefined) return known
    const slices = this.#people.seeded.mark(keyWord, inMobile)
    for (;;) {
      const { done, value } = slices.next()
      if (done) return this.#kept.set(JSON.stringify([keyWord, inMobile]), value)
    }
  }
}

function matches({ name, mobile, space }: User, { keyWord = '', inMobile, spaceStatus }: Selection): boolean {
  if (spaceStatus !== undefined && space?.status !== spaceStatus) return false
  return name.toLowerCase().includes(keyWord.toLowerCase()) || (inMobile && mobile.includes(keyWord))
}
