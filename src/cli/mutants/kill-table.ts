import { bindingEvidence } from '../../contract/check.ts'
import type { Check } from '../../contract/index.ts'
import type { Mutant, MutantArea } from '../../mutants/mutant.ts'
import { pages } from '../../spec/evidence.ts'
import { operations } from '../../spec/operations.ts'

/** A check as the kill table names it. */
export type TableCheck = Pick<Check, 'id' | 'level' | 'source'>

/** What the suite made of one mutant. */
export interface MutantResult {
  readonly mutant: Mutant
  /** Checks that found a violation, in the order of the suite. */
  readonly caughtBy: readonly TableCheck[]
  /** Checks that gave notice of it, for no document forbids it. */
  readonly noticedBy: readonly TableCheck[]
}

/** Who catches whom. */
export interface KillTable {
  readonly results: readonly MutantResult[]
  readonly checks: readonly TableCheck[]
  /** Mutants that no check catches or notices, and those that a document forbids although they are only noticed. */
  readonly survivors: readonly Mutant[]
  /** Mutants that break no rule of a document: the suite gives notice of them, and their clause says why. */
  readonly unforbidden: readonly MutantResult[]
  /** Mutants that are caught, but by no check that cites the rule they break. */
  readonly misnamed: readonly Mutant[]
  /** Checks that catch nothing although a failure of theirs is a violation. */
  readonly idle: readonly TableCheck[]
  /** Checks of level MAY that gave notice of a mutant. */
  readonly noticing: readonly TableCheck[]
  /** Checks of level MAY that notice nothing: a failure of theirs is a notice, and most of them tell a reading. */
  readonly reporting: readonly TableCheck[]
}

/** Draws up the table. */
export function createKillTable(found: readonly MutantResult[], checks: readonly TableCheck[]): KillTable {
  const counts = new Map<string, number>()
  for (const { id } of found.flatMap(({ caughtBy }) => caughtBy)) counts.set(id, (counts.get(id) ?? 0) + 1)
  const busy = new Set(counts.keys())
  const results = found.map(({ mutant, caughtBy, noticedBy }) => ({
    mutant,
    caughtBy: bestFirst(mutant, caughtBy, counts),
    noticedBy,
  }))
  const noticing = new Set(found.flatMap(({ noticedBy }) => noticedBy.map(({ id }) => id)))
  return {
    results,
    checks,
    survivors: results
      .filter((result) => result.caughtBy.length === 0 && !isUnforbidden(result))
      .map(({ mutant }) => mutant),
    unforbidden: results.filter(isUnforbidden),
    misnamed: results.filter(isMisnamed).map(({ mutant }) => mutant),
    idle: checks.filter(({ id, level }) => !busy.has(id) && level !== 'MAY'),
    reporting: checks.filter(({ id, level }) => !busy.has(id) && !noticing.has(id) && level === 'MAY'),
    noticing: checks.filter(({ id, level }) => !busy.has(id) && noticing.has(id) && level === 'MAY'),
  }
}

const isUnforbidden = ({ mutant, caughtBy, noticedBy }: MutantResult): boolean =>
  caughtBy.length === 0 && noticedBy.length > 0 && bindingEvidence(mutant.clause) === 'inferred'

/** Those that cite the broken rule before the others, those that catch little else before those that catch much. */
function bestFirst(
  mutant: Mutant,
  caughtBy: readonly TableCheck[],
  counts: ReadonlyMap<string, number>,
): readonly TableCheck[] {
  const cites = (check: TableCheck): number => (citesClause(check, mutant) ? 0 : 1)
  const catches = ({ id }: TableCheck): number => counts.get(id) ?? 0
  return [...caughtBy].sort((a, b) => cites(a) - cites(b) || catches(a) - catches(b))
}

const isMisnamed = ({ mutant, caughtBy }: MutantResult): boolean =>
  caughtBy.length > 0 && !caughtBy.some((check) => citesClause(check, mutant))

/**
 * Whether a check cites the rule that a mutant breaks: the same table, row or example of the same page. A rule that no
 * page states has no such place; a check of the same room of behaviour may find it.
 */
export function citesClause({ id, source }: TableCheck, { area, clause }: Mutant): boolean {
  if (clause.evidence === 'inferred') return !isOperation(area) || id.startsWith(`${area}.`)
  const cited = citations(source)
  return [...citations(clause.source)].some((place) => cited.has(place))
}

const isOperation = (area: MutantArea): boolean => operations.some(({ id }) => id === area)

/** The mutants that each check catches: first those it is the best proof of, alone before others. */
export function catchesOf({ id }: TableCheck, { results }: Pick<KillTable, 'results'>): readonly Mutant[] {
  const rank = ({ caughtBy }: MutantResult): number => {
    const at = caughtBy.findIndex((check) => check.id === id)
    return at === 0 && caughtBy.length === 1 ? -1 : at
  }
  return results
    .filter((result) => result.caughtBy.some((check) => check.id === id))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ mutant }) => mutant)
}

/** How many mutants a check is alone in catching. */
export const soleCatchesOf = ({ id }: TableCheck, { results }: Pick<KillTable, 'results'>): number =>
  results.filter(({ caughtBy }) => caughtBy.length === 1 && caughtBy[0]?.id === id).length

/** Titles of the vendor pages without what stands in brackets, the longest first: one may be the end of another. */
const titles = Object.values(pages)
  .map((page) => page.replace(/ \(.*\)$/, ''))
  .sort((a, b) => b.length - a.length)

const PLACES =
  /(?:answer|request|header) table|query parameters|path parameter|\bDeptData\b|\bpage$|\bpage(?=[;,])|\btable (?!says|has|of|lists|calls)\w+|Tables? \d+(?: and \d+)*|\bexample\b|row \d+|koodrive_05_\d+|\bFunction\b|error body|\bcode 0\b|\brules\b|\b\d{3}\b/g

/**
 * The places of vendor pages that a source refers to.
 *
 * @example citations('Listing Users (2024-07-30), Table 3 and example') // ['Listing Users, Table 3', 'Listing Users, example']
 */
export function citations(source: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { title, text } of partsOf(source)) {
    for (const [place] of text.matchAll(PLACES)) {
      const [first = '', ...more] = place.split(' and ')
      const kind = first.replace(/^Tables/, 'Table')
      found.add(`${title}, ${kind}`)
      for (const number of more) found.add(`${title}, Table ${number}`)
    }
  }
  return found
}

const PAGE = new RegExp(`(${titles.join('|')})(?: \\([^)]*\\))?`, 'g')

/** What a source says of each page that it names. */
function partsOf(source: string): { readonly title: string; readonly text: string }[] {
  const starts = [...source.matchAll(PAGE)]
  return starts.map((match, at) => ({
    title: match[1] ?? '',
    text: source.slice(match.index + match[0].length, starts[at + 1]?.index),
  }))
}
