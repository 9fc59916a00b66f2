import type { Mutant } from '../../server/mutants/mutant.ts'

/** A check as the kill table names it. */
export interface TableCheck {
  readonly id: string
  /** Page and table. */
  readonly source: string
}

/** What the suite made of one mutant. */
export interface MutantResult {
  readonly mutant: Mutant
  /** Checks that found a violation, in the order of the suite. */
  readonly caughtBy: readonly TableCheck[]
}

/** Who catches whom. */
export interface KillTable {
  readonly results: readonly MutantResult[]
  readonly checks: readonly TableCheck[]
  /** Mutants that no check catches. */
  readonly survivors: readonly Mutant[]
  /** Mutants that are caught, but by no check that cites the rule they break. */
  readonly misnamed: readonly Mutant[]
  /** Checks that catch nothing. */
  readonly idle: readonly TableCheck[]
}

/** Draws up the table. */
export function createKillTable(results: readonly MutantResult[], checks: readonly TableCheck[]): KillTable {
  const busy = new Set(results.flatMap(({ caughtBy }) => caughtBy.map(({ id }) => id)))
  return {
    results,
    checks,
    survivors: results.filter(({ caughtBy }) => caughtBy.length === 0).map(({ mutant }) => mutant),
    misnamed: results.filter(isMisnamed).map(({ mutant }) => mutant),
    idle: checks.filter(({ id }) => !busy.has(id)),
  }
}

const isMisnamed = ({ mutant, caughtBy }: MutantResult): boolean =>
  caughtBy.length > 0 && !caughtBy.some((check) => citesClause(check, mutant))

/**
 * Whether a check cites the rule that a mutant breaks: the same table of the same page. A rule that no page states has
 * no table; any check that says so of itself, or cites a page, may find it.
 */
export function citesClause({ source }: TableCheck, { clause }: Mutant): boolean {
  return clause.evidence === 'inferred' || source.startsWith(placeOf(clause.source))
}

/** `Listing Users (2024-07-30), Table 1` of a longer reference. */
function placeOf(source: string): string {
  const [page = '', place = ''] = source.split(', ')
  return `${page}, ${place.split(/[;:]/)[0]?.trim() ?? ''}`
}

/** The checks that are alone in catching some mutant, with those mutants. */
export function soleCatches({ results }: Pick<KillTable, 'results'>): ReadonlyMap<string, readonly Mutant[]> {
  const alone = new Map<string, Mutant[]>()
  for (const { mutant, caughtBy } of results) {
    const [only, ...others] = caughtBy
    if (only === undefined || others.length > 0) continue
    alone.set(only.id, [...(alone.get(only.id) ?? []), mutant])
  }
  return alone
}
