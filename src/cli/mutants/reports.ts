import pc from 'picocolors'
import type { Mutant } from '../../server/mutants/mutant.ts'
import { type KillTable, type MutantResult, soleCatches } from './kill-table.ts'

const MOST_NAMED = 3

const idsOf = (named: readonly { readonly id: string }[]): string[] => named.map(({ id }) => id)

/** One mutant as the terminal shows it while the run goes on. */
export function resultLine({ mutant, caughtBy }: MutantResult): string {
  if (caughtBy.length === 0) return `${pc.red('survives')}  ${mutant.name}  ${pc.dim(mutant.title)}\n`
  const named = idsOf(caughtBy.slice(0, MOST_NAMED)).join(', ')
  const more = caughtBy.length > MOST_NAMED ? ` and ${caughtBy.length - MOST_NAMED} more` : ''
  return `${pc.green('caught')}    ${mutant.name}  ${pc.dim(`by ${named}${more}`)}\n`
}

/** The end of the terminal report. */
export function summaryText({ results, checks, survivors, misnamed, idle }: KillTable): string {
  const caught = results.length - survivors.length
  const lines = [
    '',
    `${caught} of ${results.length} mutants caught by ${checks.length - idle.length} of ${checks.length} checks.`,
    ...(survivors.length > 0 ? [`Survivors: ${survivors.map(({ name }) => name).join(', ')}`] : []),
    ...(misnamed.length > 0
      ? [`Caught, but not under the rule they break: ${misnamed.map(({ name }) => name).join(', ')}`]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

/** The table as data. */
export function toJson(table: KillTable): string {
  const { results, checks, survivors, idle, misnamed } = table
  const alone = soleCatches(table)
  const document = {
    schema: 'koodrive-mock/mutants/1',
    summary: {
      mutants: results.length,
      caught: results.length - survivors.length,
      survivors: survivors.map(({ name }) => name),
      misnamed: misnamed.map(({ name }) => name),
      checks: checks.length,
      idleChecks: idsOf(idle),
    },
    mutants: results.map(({ mutant, caughtBy }) => ({ ...described(mutant), caughtBy: idsOf(caughtBy) })),
    checks: checks.map(({ id, source }) => ({
      id,
      source,
      catches: results.filter(({ caughtBy }) => idsOf(caughtBy).includes(id)).map(({ mutant }) => mutant.name),
      catchesAlone: (alone.get(id) ?? []).map(({ name }) => name),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** A mutant as data, without what makes it. */
export const described = ({ name, area, title, clause }: Mutant) => ({ name, area, title, clause })

const escaped = (text: string): string => text.replaceAll('|', '\\|')
const row = (...cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`

/** The table as a page of the docs. */
export function toMarkdown(table: KillTable): string {
  const { results, checks, survivors, idle } = table
  const alone = soleCatches(table)
  const areas = [...new Set(results.map(({ mutant }) => mutant.area))]
  return [
    '# Mutants: the power of the contract suite',
    '',
    'Written by `koodrive-mock mutants --reporter markdown --out docs/mutants.md`; a test proves that it is current.',
    '',
    'Each mutant is the mock with one thing wrong. The suite runs against all of them: whatever it lets pass here, it would',
    'let pass in the real service. `koodrive-mock serve --mutant NAME` starts one, to see whether your own tests notice.',
    '',
    `**${results.length - survivors.length} of ${results.length} mutants are caught, ${checks.length - idle.length} of ${checks.length} checks catch at least one.**`,
    ...areas.flatMap((area) => [
      '',
      `## ${area}`,
      '',
      row('mutant', 'what is wrong', 'rule it breaks', 'caught by'),
      row('---', '---', '---', '---'),
      ...results
        .filter(({ mutant }) => mutant.area === area)
        .map(({ mutant: { name, title, clause }, caughtBy }) =>
          row(`\`${name}\``, title, `${clause.source} (${clause.evidence})`, cell(idsOf(caughtBy))),
        ),
    ]),
    '',
    '## Checks',
    '',
    'How many mutants each check catches, and which of them no other check would.',
    '',
    row('check', 'catches', 'alone in catching'),
    row('---', '---', '---'),
    ...checks.map(({ id }) => {
      const count = results.filter(({ caughtBy }) => idsOf(caughtBy).includes(id)).length
      return row(`\`${id}\``, String(count), cell((alone.get(id) ?? []).map(({ name }) => name)))
    }),
    '',
  ].join('\n')
}

function cell(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_NAMED).map((id) => `\`${id}\``)
  const more = ids.length > MOST_NAMED ? `, ${ids.length - MOST_NAMED} more` : ''
  return ids.length === 0 ? '–' : shown.join(', ') + more
}
