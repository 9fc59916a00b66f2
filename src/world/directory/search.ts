import type { Department } from './departments.ts'
import type { NumberSet } from './number-set.ts'
import type { People } from './people.ts'
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

/** Searches that are kept. */
const KEPT = 8

/** Finds users by words: looks at everybody once, and again only when something has changed. */
export class Search {
  /** To be raised by whoever changes users or spaces. */
  version = 0
  readonly #people: People
  readonly #marks = new Map<string, Uint8Array>()
  readonly #found = new Map<string, { readonly version: number; readonly numbers: Int32Array }>()

  constructor(people: People) {
    this.#people = people
  }

  /** Numbers of the users of a set that a selection names, in order. */
  find(set: NumberSet, selection: Selection): Int32Array {
    const { scope, direct, withSpace, keyWord, inMobile, spaceStatus } = selection
    const key = JSON.stringify([scope.id, direct, withSpace, keyWord, inMobile, spaceStatus])
    const known = this.#found.get(key)
    if (known?.version === this.version) return known.numbers
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
    const numbers = Int32Array.from(found)
    keep(this.#found, key, { version: this.version, numbers })
    return numbers
  }

  /** Names and mobiles of seeded users never change; their spaces may. */
  #isSeededFound(number: number, marks: Uint8Array | undefined, spaceStatus: string | undefined): boolean {
    if (marks !== undefined && marks[number] !== 1) return false
    if (spaceStatus === undefined) return true
    const changed = this.#people.changeOf(number)?.spaces
    const status = changed === undefined ? this.#people.seeded.spaceStatusAt(number) : changed.at(-1)?.status
    return status === spaceStatus
  }

  #marksOf(keyWord: string, inMobile: boolean): Uint8Array {
    const key = JSON.stringify([keyWord, inMobile])
    return this.#marks.get(key) ?? keep(this.#marks, key, this.#people.seeded.mark(keyWord, inMobile))
  }
}

/** Keeps a value; the oldest goes when there are too many. */
function keep<V>(map: Map<string, V>, key: string, value: V): V {
  map.delete(key)
  const oldest = map.size >= KEPT ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
  map.set(key, value)
  return value
}

function matches({ name, mobile, space }: User, { keyWord = '', inMobile, spaceStatus }: Selection): boolean {
  if (spaceStatus !== undefined && space?.status !== spaceStatus) return false
  return name.toLowerCase().includes(keyWord.toLowerCase()) || (inMobile && mobile.includes(keyWord))
}
