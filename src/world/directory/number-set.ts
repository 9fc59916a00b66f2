/** A stretch of consecutive numbers: from, and up to but without. */
export type Run = readonly [from: number, to: number]

/** Runs that lie behind each other, in one piece of a {@link NumberSet}. */
interface Chunk {
  readonly from: number[]
  readonly to: number[]
  /** Numbers in it. */
  size: number
}

/** Runs of a chunk before it is cut in two. */
const CHUNK_RUNS = 256

/**
 * An ordered set of integers, kept as runs of consecutive ones: a million seeded users are one run, and each of them who
 * leaves cuts it once. What it costs depends on the number of runs, never on that of the numbers.
 */
export class NumberSet {
  /** The run that it begins with. */
  readonly #from: number
  readonly #to: number
  /** Made when somebody looks or changes something: an organisation has many sets, and most are never touched. */
  #made: Chunk[] | undefined
  #size: number

  /** The set of the numbers of a run. */
  constructor(from = 0, to = 0) {
    this.#from = from
    this.#to = to
    this.#size = to - from
  }

  get #chunks(): Chunk[] {
    if (this.#made !== undefined) return this.#made
    const [from, to] = [this.#from, this.#to]
    this.#made = from < to ? [{ from: [from], to: [to], size: to - from }] : []
    return this.#made
  }

  get size(): number {
    return this.#size
  }

  has(number: number): boolean {
    const chunk = this.#chunks[this.#chunkOf(number)]
    if (chunk === undefined) return false
    const run = lastNotAbove(chunk.from, number)
    return run >= 0 && number < (chunk.to[run] as number)
  }

  /** The number at a place, counted from 0 in ascending order; undefined beyond the end. */
  at(place: number): number | undefined {
    return this.slice(place, 1)[0]
  }

  /** Up to `limit` numbers from a place on, in ascending order. */
  slice(place: number, limit: number): number[] {
    const found: number[] = []
    let skip = place
    for (const chunk of this.#chunks) {
      if (skip >= chunk.size) {
        skip -= chunk.size
        continue
      }
      for (let run = 0; run < chunk.from.length; run += 1) {
        const [from, to] = [chunk.from[run] as number, chunk.to[run] as number]
        const length = to - from
        for (let number = from + skip; number < to && found.length < limit; number += 1) found.push(number)
        if (found.length === limit) return found
        skip = Math.max(0, skip - length)
      }
    }
    return found
  }

  *runs(): IterableIterator<Run> {
    for (const { from, to } of this.#chunks)
      for (let run = 0; run < from.length; run += 1) yield [from[run] as number, to[run] as number]
  }

  add(number: number): void {
    if (!this.has(number)) this.addRun(number, number + 1)
  }

  remove(number: number): void {
    this.removeRun(number, number + 1)
  }

  /** Adds the numbers of a run, none of which is in the set. */
  addRun(from: number, to: number): void {
    if (from >= to) return
    this.#size += to - from
    const at = Math.max(0, this.#chunkOf(from))
    const chunk = this.#chunks[at]
    if (chunk === undefined) {
      this.#chunks.push({ from: [from], to: [to], size: to - from })
      return
    }
    chunk.size += to - from
    const before = lastNotAbove(chunk.from, from)
    const joinsBefore = before >= 0 && chunk.to[before] === from
    const joinsBehind = chunk.from[before + 1] === to
    if (joinsBefore && joinsBehind) {
      chunk.to[before] = chunk.to[before + 1] as number
      chunk.from.splice(before + 1, 1)
      chunk.to.splice(before + 1, 1)
    } else if (joinsBefore) chunk.to[before] = to
    else if (joinsBehind) chunk.from[before + 1] = from
    else this.#insert(at, before + 1, from, to)
  }

  /** Takes the numbers of a run out, as far as they are in the set. */
  removeRun(from: number, to: number): void {
    let at = Math.max(0, this.#chunkOf(from))
    while (at < this.#chunks.length) {
      const chunk = this.#chunks[at] as Chunk
      const first = chunk.from[0] as number
      if (first >= to) return
      const run = Math.max(0, lastNotAbove(chunk.from, from))
      this.#cut(at, run, from, to)
      // The chunk may have gone or been cut in two: the next one begins behind what was cut, or is this one.
      if (this.#chunks[at] === chunk) at += 1
    }
  }

  /** Cuts a stretch out of the runs of a chunk from one on. */
  #cut(at: number, first: number, from: number, to: number): void {
    const chunk = this.#chunks[at] as Chunk
    let run = first
    while (run < chunk.from.length && (chunk.from[run] as number) < to) {
      const [begin, end] = [chunk.from[run] as number, chunk.to[run] as number]
      const [cutFrom, cutTo] = [Math.max(begin, from), Math.min(end, to)]
      if (cutFrom >= cutTo) {
        run += 1
        continue
      }
      this.#size -= cutTo - cutFrom
      chunk.size -= cutTo - cutFrom
      if (cutFrom === begin && cutTo === end) {
        chunk.from.splice(run, 1)
        chunk.to.splice(run, 1)
      } else if (cutFrom === begin) chunk.from[run] = cutTo
      else {
        chunk.to[run] = cutFrom
        if (cutTo < end) {
          this.#insert(at, run + 1, cutTo, end)
          return
        }
        run += 1
      }
    }
    if (chunk.from.length === 0) this.#chunks.splice(at, 1)
  }

  #insert(at: number, run: number, from: number, to: number): void {
    const chunk = this.#chunks[at] as Chunk
    chunk.from.splice(run, 0, from)
    chunk.to.splice(run, 0, to)
    if (chunk.from.length <= CHUNK_RUNS) return
    const half = chunk.from.length >> 1
    const behind: Chunk = { from: chunk.from.splice(half), to: chunk.to.splice(half), size: 0 }
    behind.size = behind.from.reduce((sum, begin, index) => sum + (behind.to[index] as number) - begin, 0)
    chunk.size -= behind.size
    this.#chunks.splice(at + 1, 0, behind)
  }

  /** Index of the last chunk that begins at or before a number; -1 when there is none. */
  #chunkOf(number: number): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (((this.#chunks[middle] as Chunk).from[0] as number) <= number) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

/** Index of the last element that is not above a value, in a sorted list; -1 when there is none. */
export function lastNotAbove(
  sorted: { readonly length: number; readonly [index: number]: number },
  value: number,
): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
