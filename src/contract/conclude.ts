import type { Need } from './credentials.ts'
import { type ContractOptions, matchesWord } from './options.ts'
import type { CheckResult, ContractReport, Outcome } from './report.ts'

const NAMED = 3

type Demands = Pick<ContractOptions, 'strict' | 'failOnSkip' | 'require'>

/** How a run that reached its end is to be called, and why when that is not for its verdicts alone. */
interface Conclusion {
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

const idsOf = (some: readonly CheckResult[]): string => {
  const ids = some.slice(0, NAMED).map(({ id }) => id)
  return ids.join(', ') + (some.length > NAMED ? ` and ${some.length - NAMED} more` : '')
}

/** What a reader has to give for a need. */
const words: Readonly<Record<Need, string>> = {
  signature: 'signature credentials',
  'access-token': 'an access token',
  'application-token': 'an application token',
  'authorization-code': 'an authorization code',
  writes: '--allow-writes',
}
const order = Object.keys(words) as Need[]

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/**
 * What a run has seen, in one sentence: how many checks ran, what they found, and what the rest needs. It never says more
 * than that.
 *
 * @example
 * headline(report) // '93 of 240 checks ran, no violation; the rest needs signature credentials and --allow-writes'
 */
export function headline({ summary, checks, stopped, outcome }: Omit<ContractReport, 'headline'>): string {
  const { violation, known, notice, skip, broken } = summary
  const ran = checks.length - skip - broken
  const skipped = checks.filter(({ verdict }) => verdict === 'skip')
  const unmet = order.filter((need) => skipped.some(({ lacks }) => lacks?.includes(need) === true))
  const rest = skipped.filter(({ lacks }) => lacks === undefined || lacks.length === 0).length
  const found = [
    violation > 0 ? counted(violation, 'violation') : 'no violation',
    ...(known > 0 ? [`${known} known from the baseline`] : []),
    ...(notice > 0 ? [counted(notice, 'notice')] : []),
  ]
  const open = [
    ...(unmet.length > 0
      ? [
          `the ${rest + broken === 0 ? 'rest' : `${skip - rest} others`} needs ${list(unmet.map((need) => words[need]))}`,
        ]
      : []),
    ...(rest > 0 && stopped === undefined ? [`${rest} had nothing to judge by`] : []),
    ...(broken > 0 ? [`${broken} could not run`] : []),
  ].map((text) => text.replace(/^(the \d+ others) needs/, '$1 need'))
  const start = ran === checks.length ? `all ${checks.length} checks ran` : `${ran} of ${checks.length} checks ran`
  const end = stopped === undefined ? '' : `; ${ends[outcome] ?? 'stopped'}: ${stopped}`
  return [`${start}, ${list(found)}`, ...open].join('; ') + end
}

const ends: Readonly<Partial<Record<ContractReport['outcome'], string>>> = {
  unreachable: 'the target cannot be checked',
  'authentication-failed': 'the target does not accept the credentials',
  'safety-guard': 'stopped by a safety guard',
}
