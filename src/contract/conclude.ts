import type { ContractOptions } from './options.ts'
import { matchesWord } from './options.ts'
import type { Outcome } from './report.ts'
import type { CheckResult } from './result.ts'

export type Demands = Pick<ContractOptions, 'strict' | 'failOnSkip' | 'require'>

/** How a run that reached its end is to be called, and why when that is not for its verdicts alone. */
export interface Conclusion {
  readonly outcome: Outcome
  readonly reason?: string
}

/** Draws the conclusion from the results: violations first, then what a run demands besides. */
export function conclude(results: readonly CheckResult[], demands: Demands): Conclusion {
  const of = (verdict: CheckResult['verdict']) => results.filter((one) => one.verdict === verdict)
  if (of('violation').some(({ known }) => known !== true)) return { outcome: 'violations' }
  if (of('broken').length > 0) return { outcome: 'incomplete' }
  const notices = of('notice').filter(({ known }) => known !== true)
  if (demands.strict === true && notices.length > 0) {
    return { outcome: 'notices', reason: `${notices.length} notices, which --strict counts: ${idsOf(notices)}` }
  }
  const skipped = of('skip')
  const required = skipped.filter((one) => demands.require?.some((word) => matchesWord(one, word)) === true)
  const [first] = required
  if (first !== undefined) {
    const why = `${first.reason ?? ''}`
    return { outcome: 'not-run', reason: `${required.length} required checks did not run: ${idsOf(required)} (${why})` }
  }
  if (demands.failOnSkip === true && skipped.length > 0) {
    return { outcome: 'not-run', reason: `${skipped.length} checks were skipped, which --fail-on-skip does not allow` }
  }
  return { outcome: 'conforms' }
}

const NAMED = 3
const idsOf = (some: readonly CheckResult[]): string => {
  const ids = some.slice(0, NAMED).map(({ id }) => id)
  return ids.join(', ') + (some.length > NAMED ? ` and ${some.length - NAMED} more` : '')
}
