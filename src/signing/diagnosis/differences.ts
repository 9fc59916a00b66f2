import { joinLines } from '../attempt.ts'
import type { CanonicalLine } from '../canonical-lines.ts'

/** A place where the client's canonical request is not the server's. */
export interface Difference {
  /** Counted from 1, in the server's canonical request; for a line that only the client has, in the client's. */
  readonly line: number
  /** `method`, `path`, `query`, `header x-date`, `empty line`, `signed headers`, `body hash` … */
  readonly part: string
  /** The server's line; null when it has none there. */
  readonly expected: string | null
  /** The client's line; null when it has none there. */
  readonly actual: string | null
}

/** Line by line; lines are matched by their part when the two have not the same number of them. */
export function compareLines(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  if (actual.length === 1 && expected.length > 1) {
    return [{ line: 1, part: actual[0]?.part ?? '', expected: joinLines(expected), actual: actual[0]?.text ?? '' }]
  }
  const pairs = expected.length === actual.length ? pairByPlace(expected, actual) : pairByPart(expected, actual)
  return pairs.filter((pair) => pair.expected !== pair.actual)
}

function pairByPlace(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  return expected.map(({ part, text }, index) => ({
    line: index + 1,
    part,
    expected: text,
    actual: actual[index]?.text ?? null,
  }))
}

function pairByPart(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  const pairs: Difference[] = []
  let next = 0
  for (const [index, { part, text }] of expected.entries()) {
    const found = actual.findIndex((line, place) => place >= next && line.part === part)
    if (found < 0) {
      pairs.push({ line: index + 1, part, expected: text, actual: null })
      continue
    }
    pairs.push(...onlyClient(actual, next, found))
    pairs.push({ line: index + 1, part, expected: text, actual: actual[found]?.text ?? null })
    next = found + 1
  }
  return [...pairs, ...onlyClient(actual, next, actual.length)]
}

function onlyClient(actual: readonly CanonicalLine[], from: number, to: number): Difference[] {
  return actual
    .slice(from, to)
    .map(({ part, text }, index) => ({ line: from + index + 1, part, expected: null, actual: text }))
}
