import type { CoverageReport } from './coverage.ts'

/** A coverage report for a terminal: one line an item, `-` before what was never shown. */
export function toText({ sandbox, summary, groups }: CoverageReport): string {
  const width = Math.max(...groups.flatMap(({ items }) => items.map(({ id }) => id.length)))
  const lines = groups.flatMap(({ title, seen, total, percent, items }) => [
    '',
    `${title}: ${seen} of ${total} (${percent} %)`,
    ...items.map(({ id, title: item, count }) => {
      const times = count === 0 ? '-' : String(count)
      return `  ${times.padStart(6)}  ${id.padEnd(width)}  ${item}`
    }),
  ])
  const whose = sandbox === 'all' ? 'all sandboxes' : `sandbox ${sandbox}`
  return [`Coverage of ${whose}: ${summary.seen} of ${summary.total} (${summary.percent} %)`, ...lines, ''].join('\n')
}
