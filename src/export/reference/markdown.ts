import type { ExportedFile } from '../exported-file.ts'

/** A cell of a table on one line. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

export const code = (text: string): string => `\`${text}\``

/** A table; every row has a cell for each heading. */
export const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row, at) => (at === 1 ? `|${row.join('|')}|` : `| ${row.join(' | ')} |`))
    .join('\n')

/** A page that says that it is made. */
export const page = (name: string, title: string, ...parts: readonly string[]): ExportedFile => ({
  path: `${name}.md`,
  text: `${[`# ${title}`, '<!-- Written by `npm run build` from the tables of the source. -->', ...parts].join('\n\n')}\n`,
})

/** Rows by what `keyOf` says, in the order in which each key is met. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups]
}
