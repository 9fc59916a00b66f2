import type { SearchContext, SearchedMistake, Stage } from '../mistakes/mistake.ts'
import { searchedMistakes } from '../mistakes/table.ts'
import { type Attempt, type Change, canonicalTextOf } from './attempt.ts'

/** How the client signed, and the mistakes that led there; none when it signed as it should. */
export interface Explanation {
  readonly attempt: Attempt
  readonly mistakes: readonly SearchedMistake[]
}

interface Step {
  readonly mistake: SearchedMistake
  readonly change: Change
}

interface Signed extends Step {
  readonly attempt: Attempt
  readonly signature: string
  /** What it cost, in signatures of short requests. */
  readonly effort: number
}

/** Stages that leave the canonical request as it is. */
const LATE_STAGES: readonly Stage[] = ['string-to-sign', 'secret', 'mac']
/** Characters of a canonical request that cost as much as the rest of signing it. */
const EFFORT_CHARACTERS = 512

/**
 * Signs the request in every known wrong way until the client's signature comes out: no mistake, one, then two of
 * different stages. Within each round in the order of the table, so that of several explanations the one with the
 * fewest mistakes, and of those the most likely one, is given.
 *
 * @param wanted the client's signature, as lower-case hex
 * @param maxEffort upper bound of signatures made; one over a long canonical request counts as several
 */
export function searchMistakes(context: SearchContext, wanted: string, maxEffort: number): Explanation | undefined {
  const { base, evident } = withEvident(context)
  const right = base.mac(base.key, base.stringToSign(canonicalTextOf(base)))
  if (right === wanted) return { attempt: base, mistakes: evident }

  let effort = 0
  const steps: Step[] = []
  const seen = new Set([right])
  for (const { mistake, change, attempt, signature, effort: cost } of signEach(base, stepsOf(context))) {
    if (signature === wanted) return { attempt, mistakes: [...evident, mistake] }
    effort += cost
    if (effort > maxEffort) return undefined
    // A variant that changes nothing here, or nothing another one has not changed, need not be paired.
    if (mistake.alone || seen.has(signature)) continue
    seen.add(signature)
    steps.push({ mistake, change })
  }

  for (const [index, first] of steps.entries()) {
    const others = steps.slice(index + 1).filter(({ mistake }) => mistake.stage !== first.mistake.stage)
    for (const { mistake, attempt, signature, effort: cost } of signEach(first.change(base), others)) {
      if (signature === wanted) return { attempt, mistakes: [...evident, first.mistake, mistake] }
      effort += cost
      if (effort > maxEffort) return undefined
    }
  }
  return undefined
}

function* stepsOf(context: SearchContext): Generator<Step> {
  for (const mistake of searchedMistakes) {
    if (mistake.evident) continue
    for (const change of mistake.variants(context)) yield { mistake, change }
  }
}

/** Takes each step from an attempt on, and signs. What the late stages have in common is made once. */
function* signEach(from: Attempt, steps: Iterable<Step>): Generator<Signed> {
  const canonical = canonicalTextOf(from)
  const text = from.stringToSign(canonical)
  for (const { mistake, change } of steps) {
    const attempt = change(from)
    const isLate = LATE_STAGES.includes(mistake.stage)
    const own = isLate ? canonical : canonicalTextOf(attempt)
    const isSameText = isLate && attempt.stringToSign === from.stringToSign
    const signature = attempt.mac(attempt.key, isSameText ? text : attempt.stringToSign(own))
    yield { mistake, change, attempt, signature, effort: isSameText ? 1 : 1 + own.length / EFFORT_CHARACTERS }
  }
}

/** The right way, with what the form of the signature gives away: it holds for every attempt. */
function withEvident(context: SearchContext): { base: Attempt; evident: SearchedMistake[] } {
  let base = context.right
  const evident: SearchedMistake[] = []
  for (const mistake of searchedMistakes) {
    if (!mistake.evident) continue
    for (const change of mistake.variants(context)) {
      base = change(base)
      evident.push(mistake)
    }
  }
  return { base, evident }
}
