import { createHash, type Hash } from 'node:crypto'
import { type Attempt, canonicalHeadOf, canonicalTailOf, canonicalTextOf } from '../attempt.ts'
import { stringToSign } from '../canonical-request.ts'
import { ALGORITHM } from '../digest.ts'

/** Characters that cost as much as the rest of signing. */
const EFFORT_CHARACTERS = 2048
/** Effort of a slice: about a millisecond. */
const SLICE = 500
/** From this length on, taking up a hash where the common lines end is quicker than hashing them again. */
const SHARED_CHARACTERS = 2048

/**
 * Signs attempt after attempt, and hashes again only what an attempt does not share with the one before: the canonical
 * request when another key is tried, its first lines when another header is.
 */
export class Trial {
  /** What was done so far, in signatures of short requests: about 2 microseconds each. */
  effort = 0
  #sliceEnd = SLICE
  #last: Attempt | undefined
  #canonical = ''
  #text: string | Buffer = ''
  #head = ''
  #headHash: Hash | undefined

  /** The signature of an attempt, as lower-case hex. */
  sign(attempt: Attempt): string {
    const last = this.#last
    const isSame = last !== undefined && hasSameCanonical(last, attempt)
    if (!isSame || last.stringToSign !== attempt.stringToSign) this.#text = this.#stringToSign(attempt, isSame)
    this.#last = attempt
    this.effort += 1
    return attempt.mac(attempt.key, this.#text)
  }

  /** Whether it is time to let others run; then a new slice begins. */
  isSliceOver(): boolean {
    if (this.effort < this.#sliceEnd) return false
    this.#sliceEnd = this.effort + SLICE
    return true
  }

  #stringToSign(attempt: Attempt, isSame: boolean): string | Buffer {
    const isUsual = attempt.stringToSign === stringToSign
    if (isUsual && attempt.layouts.length === 0) {
      const head = canonicalHeadOf(attempt)
      if (head.length >= SHARED_CHARACTERS) {
        this.#canonical = ''
        return `${ALGORITHM}\n${this.#hashAfter(head, canonicalTailOf(attempt))}`
      }
    }
    if (!isSame || this.#canonical === '') this.#canonical = canonicalTextOf(attempt)
    this.effort += this.#canonical.length / EFFORT_CHARACTERS
    return attempt.stringToSign(this.#canonical)
  }

  #hashAfter(head: string, tail: string): string {
    if (this.#headHash === undefined || head !== this.#head) {
      this.#head = head
      this.#headHash = createHash('sha256').update(head)
      this.effort += head.length / EFFORT_CHARACTERS
    }
    this.effort += 1 + tail.length / EFFORT_CHARACTERS
    return this.#headHash.copy().update(tail).digest('hex')
  }
}

function hasSameCanonical(a: Attempt, b: Attempt): boolean {
  return (
    a.method === b.method &&
    a.path === b.path &&
    a.query === b.query &&
    a.headers === b.headers &&
    a.signedNames === b.signedNames &&
    a.payload === b.payload &&
    a.layouts === b.layouts
  )
}
