import type { Mutant } from '../../mutants/mutant.ts'
import { type Colours, noColours } from '../colours.ts'
import { catchesOf, type KillTable, type MutantResult, soleCatchesOf } from './kill-table.ts'

const MOST_NAMED = 3

const idsOf = (named: readonly { readonly id: string }[]): string[] => named.map(({ id }) => id)

/** One mutant, as the terminal shows it while the run goes on. */
export function resultLine(
  { mutant, caughtBy, noticedBy }: MutantResult,
  { red, green, dim }: Colours = noColours,
): string {
  if (caughtBy.length === 0 && noticedBy.length > 0) {
    return `${green('noticed')}   ${mutant.name}  ${dim(`by ${idsOf(noticedBy.slice(0, MOST_NAMED)).join(', ')}`)}\n`
  }
  if (caughtBy.length === 0) return `${red('survives')}  ${mutant.name}  ${dim(mutant.title)}\n`
  const named = idsOf(caughtBy.slice(0, MOST_NAMED)).join(', ')
  const more = caughtBy.length > MOST_NAMED ? ` and ${caughtBy.length - MOST_NAMED} more` : ''
  return `${green('caught')}    ${mutant.name}  ${dim(`by ${named}${more}`)}\n`
}

/** The end of the terminal report. Checks that caught nothing are worth naming when every mutant ran. */
export function summaryText(
  { results, checks, survivors, unforbidden, misnamed, idle, reporting, noticing }: KillTable,
  isWhole: boolean,
): string {
  const caught = results.length - survivors.length - unforbidden.length
  const busy = checks.length - idle.length - reporting.length - noticing.length
  const lines = [
    '',
    `${caught} of ${results.length} mutants caught by ${busy} of ${checks.length} checks; ${reporting.length} further checks only report.`,
    ...(unforbidden.length > 0
      ? [`${unforbidden.length} break no rule of a document and are noticed by ${noticing.length} checks of level MAY.`]
      : []),
    ...(survivors.length > 0 ? [`Survivors: ${survivors.map(({ name }) => name).join(', ')}`] : []),
    ...(misnamed.length > 0
      ? [`Caught, but not under the rule they break: ${misnamed.map(({ name }) => name).join(', ')}`]
      : []),
    ...(idle.length > 0 && isWhole ? [`Checks that caught nothing: ${idsOf(idle).join(', ')}`] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** The table as data. */
export function toJson(table: KillTable): string {
  const { results, checks, survivors, unforbidden, idle, misnamed, reporting } = table
  const document = {
    schema: 'koodrive-mock/mutants/1',
    summary: {
      mutants: results.length,
      caught: results.length - survivors.length - unforbidden.length,
      unforbidden: unforbidden.map(({ mutant }) => mutant.name),
      survivors: survivors.map(({ name }) => name),
      misnamed: misnamed.map(({ name }) => name),
      checks: checks.length,
      idleChecks: idsOf(idle),
      reportingChecks: idsOf(reporting),
    },
    mutants: results.map(({ mutant, caughtBy, noticedBy }) => ({
      ...described(mutant),
      caughtBy: idsOf(caughtBy),
      noticedBy: idsOf(noticedBy),
    })),
    checks: checks.map((check) => ({
      id: check.id,
      level: check.level,
      source: check.source,
      catches: catchesOf(check, table).map(({ name }) => name),
      catchesAlone: soleCatchesOf(check, table),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** A mutant as data, without what makes it. */
export const described = ({ name, area, title, clause }: Mutant) => ({ name, area, title, clause })

const escaped = (text: string): string => text.replaceAll('|', '\\|')
const row = (...cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`

const nothing = '–'
const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || nothing

/** The table as a page of the docs. */
export function toMarkdown(table: KillTable): string {
  const { results, checks, survivors, unforbidden, misnamed, idle, reporting, noticing } = table
  const areas = [...new Set(results.map(({ mutant }) => mutant.area))]
  const silent = new Set([...idsOf(idle), ...idsOf(reporting), ...idsOf(noticing)])
  const isFree = new Set(unforbidden.map(({ mutant }) => mutant.name))
  return [
    '# Mutants: the power of the contract suite',
    '',
    'Written by `koodrive-mock mutants --reporter markdown --out docs/mutants.md`. Tests hold its names to those of today',
    'and every catch in it to the suite; CI writes the whole page again and compares.',
    '',
    'Each mutant is the mock with one thing wrong. The suite runs against all of them: whatever it lets pass here, it would',
    'let pass in the real service. `koodrive-mock serve --mutant NAME` starts one, to see whether your own tests notice.',
    '',
    row('', ''),
    row('---', '---:'),
    row('mutants', String(results.length)),
    row('caught by a check of level MUST or SHOULD', String(results.length - survivors.length - unforbidden.length)),
    row(
      'noticed only, for [no document forbids them](#deviations-that-no-document-forbids)',
      String(unforbidden.length),
    ),
    row('survivors', survivors.length === 0 ? '0' : list(survivors.map(({ name }) => name))),
    row(
      'caught, but by no check that cites the broken rule',
      misnamed.length === 0 ? '0' : list(misnamed.map(({ name }) => name)),
    ),
    row('checks', String(checks.length)),
    row('checks that catch at least one mutant', String(checks.length - silent.size)),
    row('checks that only report, see [below](#checks-that-only-report)', String(reporting.length)),
    row('checks that catch nothing', idle.length === 0 ? '0' : list(idsOf(idle))),
    ...areas.flatMap((area) => [
      '',
      `## ${area}`,
      '',
      row('mutant', 'what is wrong', 'rule it breaks', 'caught by'),
      row('---', '---', '---', '---'),
      ...results
        .filter(({ mutant }) => mutant.area === area && !isFree.has(mutant.name))
        .map(({ mutant: { name, title, clause }, caughtBy }) =>
          row(`\`${name}\``, title, `${clause.source} (${clause.evidence})`, cell(idsOf(caughtBy))),
        ),
    ]),
    '',
    '## Deviations that no document forbids',
    '',
    'Unwelcome all the same, so checks of level MAY give notice of them; `contract --strict` makes notices count.',
    '',
    row('mutant', 'what is unusual', 'why no document forbids it', 'noticed by'),
    row('---', '---', '---', '---'),
    ...unforbidden.map(({ mutant: { name, title, clause }, noticedBy }) =>
      row(`\`${name}\``, title, clause.source, cell(idsOf(noticedBy))),
    ),
    '',
    '## Checks',
    '',
    'How many mutants each check catches, how many of them no other check would, and the one that shows best what it is for.',
    'A mutant meets the checks that send something to its operation; one of a management operation those of the operation',
    'first, and further ones only when these let it pass.',
    '',
    row('check', 'catches', 'alone', 'such as'),
    row('---', '---:', '---:', '---'),
    ...checks
      .filter(({ id }) => !silent.has(id))
      .map((check) => {
        const caught = catchesOf(check, table)
        const alone = soleCatchesOf(check, table)
        return row(
          `\`${check.id}\``,
          String(caught.length),
          String(alone),
          list(caught.slice(0, 1).map(({ name }) => name)),
        )
      }),
    '',
    '## Checks that only report',
    '',
    'A failed check of level MAY is a notice and never a violation, so no mutant can be caught by it. Most tell which answer',
    'to a reading the target takes; that they tell the right one is proven against the mock with random readings.',
    '',
    row('check', 'rests on'),
    row('---', '---'),
    ...[...noticing, ...reporting].map(({ id, source }) => row(`\`${id}\``, source)),
    '',
  ].join('\n')
}

function cell(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? `, ${ids.length - MOST_NAMED} more` : ''
  return list(ids.slice(0, MOST_NAMED)) + more
}
