/** A line of each side; undefined where a side has no such line. */
export interface LinePair {
  readonly left: string | undefined
  readonly right: string | undefined
}

/** What two texts begin with, what each has of its own, and what they end with. */
export interface Difference {
  readonly before: string
  readonly left: string
  readonly right: string
  readonly after: string
}

/** Where two lines part. */
export function difference(left: string, right: string): Difference {
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1
  let end = 0
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end += 1
  return {
    before: left.slice(0, start),
    left: left.slice(start, left.length - end),
    right: right.slice(start, right.length - end),
    after: left.slice(left.length - end),
  }
}

/** A piece of a line, and whether the other line lacks it. */
export interface Piece {
  readonly text: string
  readonly isOwn: boolean
}

/** Pieces of longer lines are not compared: they are told by what they begin and end with. */
const MOST_PIECES = 300

/** Where two lines differ, piece by piece: names, values and parameters that both have stay unmarked, wherever they stand. */
export function pieces(left: string, right: string, isQuery = false): { left: Piece[]; right: Piece[] } {
  const separator = isQuery ? /(&)/ : /([&;/,=:?. ])/
  const [ours, theirs] = [left, right].map((line) => line.split(separator).filter((piece) => piece !== ''))
  if (ours === undefined || theirs === undefined || ours.length > MOST_PIECES || theirs.length > MOST_PIECES) {
    const { before, after, ...own } = difference(left, right)
    const around = (text: string) => [before, text, after].map((part) => ({ text: part, isOwn: part === text }))
    return { left: around(own.left), right: around(own.right) }
  }
  const pairs = align(ours, theirs)
  const side = (name: 'left' | 'right'): Piece[] =>
    joined(
      pairs.flatMap((pair) => (pair[name] === undefined ? [] : { text: pair[name], isOwn: pair.left !== pair.right })),
    )
  return { left: side('left'), right: side('right') }
}

/** Neighbours of one kind become one; a lone separator between two that differ belongs to them. */
function joined(all: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const [at, { text, isOwn }] of all.entries()) {
    const isBetween = text.length === 1 && all[at - 1]?.isOwn === true && all[at + 1]?.isOwn === true
    const own = isOwn || isBetween
    const last = result.at(-1)
    if (last?.isOwn === own) result[result.length - 1] = { text: last.text + text, isOwn: own }
    else result.push({ text, isOwn: own })
  }
  return result
}

/** Lines of two texts side by side: those that both have stand at the same height. */
export function align(left: readonly string[], right: readonly string[]): LinePair[] {
  const common = longestCommon(left, right)
  const rest = (l: number, r: number): number => common[l]?.[r] ?? 0
  const pairs: LinePair[] = []
  let l = 0
  let r = 0
  while (l < left.length && r < right.length) {
    if (left[l] === right[r] || rest(l + 1, r + 1) === rest(l, r)) {
      pairs.push({ left: left[l], right: right[r] })
      l += 1
      r += 1
    } else if (rest(l + 1, r) >= rest(l, r + 1)) {
      pairs.push({ left: left[l], right: undefined })
      l += 1
    } else {
      pairs.push({ left: undefined, right: right[r] })
      r += 1
    }
  }
  for (; l < left.length; l += 1) pairs.push({ left: left[l], right: undefined })
  for (; r < right.length; r += 1) pairs.push({ left: undefined, right: right[r] })
  return pairs
}

/** How many lines the rests from line l and line r on have in common, in order. */
function longestCommon(left: readonly string[], right: readonly string[]): readonly (readonly number[])[] {
  const table: number[][] = [new Array<number>(right.length + 1).fill(0)]
  for (let l = left.length - 1; l >= 0; l -= 1) {
    const below = table[0] ?? []
    const row = new Array<number>(right.length + 1).fill(0)
    for (let r = right.length - 1; r >= 0; r -= 1) {
      row[r] = left[l] === right[r] ? 1 + (below[r + 1] ?? 0) : Math.max(below[r] ?? 0, row[r + 1] ?? 0)
    }
    table.unshift(row)
  }
  return table
}
