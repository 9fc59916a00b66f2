import type { CanonicalLine } from '../canonical-lines.ts'

/** A line in which two canonical requests differ. */
export interface Difference {
  /** Number of the line in the server's canonical request, from 1; where it would stand when only the client has it. */
  readonly line: number
  /** `method`, `path`, `query`, `header x-date`, `empty line`, `signed headers` or `body hash`. */
  readonly part: string
  /** The server's text; undefined when only the client has the line. */
  readonly expected: string | undefined
  /** The client's text; undefined when the client leaves the line out. */
  readonly actual: string | undefined
}

/** The lines in which the client's canonical request departs from the server's, matched by what they are. */
export function differencesOf(expected: readonly CanonicalLine[], actual: readonly CanonicalLine[]): Difference[] {
  const differences: Difference[] = []
  const left = [...actual]
  expected.forEach(({ part, text }, index) => {
    const at = left.findIndex((line) => line.part === part)
    const [match] = at < 0 ? [] : left.splice(at, 1)
    if (match?.text !== text) differences.push({ line: index + 1, part, expected: text, actual: match?.text })
  })
  for (const { part, text } of left) {
    differences.push({
      line: actual.findIndex((line) => line.part === part) + 1,
      part,
      expected: undefined,
      actual: text,
    })
  }
  return differences.sort((a, b) => a.line - b.line)
}
