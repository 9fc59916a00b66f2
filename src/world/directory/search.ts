import { bounds } from '../../shared/bounds.ts'
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

interface Kept {
  readonly bytes: Uint8Array | Int32Array
  readonly version: number
}

let owners = 0
let size = 0
/** Of all organisations of the process, since memory is the process's: the one that was used longest ago goes first. */
const kept = new Map<string, Kept>()

function drop(key: string): void {
  const known = kept.get(key)
  if (known === undefined) return
  kept.delete(key)
  size -= sizeOf(key, known)
}

const sizeOf = (key: string, { bytes }: Kept): number => 2 * key.length + bytes.byteLength

/** Results of searches of one organisation. It keeps time, never a result: whatever is dropped is found again. */
class SearchCache {
  readonly #prefix: string

  constructor() {
    owners += 1
    this.#prefix = `${owners} `
  }

  /** What was found when the organisation had this version. */
  get<T extends Uint8Array | Int32Array>(name: string, version = 0): T | undefined {
    const key = this.#prefix + name
    const known = kept.get(key)
    if (known?.version !== version) return undefined
    kept.delete(key)
    kept.set(key, known)
    return known.bytes as T
  }

  set<T extends Uint8Array | Int32Array>(name: string, bytes: T, version = 0): T {
    const key = this.#prefix + name
    drop(key)
    const entry = { bytes, version }
    kept.set(key, entry)
    size += sizeOf(key, entry)
    for (const oldest of kept.keys()) {
      if (size <= bounds.searchBytes.value) break
      drop(oldest)
    }
    return bytes
  }
}

/** Bytes that the searches of all organisations keep now. */
export const searchBytes = (): number => size
