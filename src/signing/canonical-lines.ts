/** One line of a canonical request and what it is. */
export interface CanonicalLine {
  /** `method`, `path`, `query`, `header x-date`, `empty line`, `signed headers` or `body hash`. */
  readonly part: string
  readonly text: string
}

/** A well-formed canonical request, line by line, each with the name of its part. */
export function labelCanonicalLines(canonicalRequest: string): CanonicalLine[] {
  const lines = canonicalRequest.split('\n')
  return lines.map((text, index) => ({ part: partOf(index, lines), text }))
}

function partOf(index: number, lines: readonly string[]): string {
  if (index < 3) return ['method', 'path', 'query'][index] ?? ''
  if (index === lines.length - 3) return 'empty line'
  if (index === lines.length - 2) return 'signed headers'
  if (index === lines.length - 1) return 'body hash'
  const line = lines[index] ?? ''
  return `header ${line.slice(0, Math.max(0, line.indexOf(':')))}`
}
