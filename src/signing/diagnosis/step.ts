import type { Attempt, Change } from '../attempt.ts'
import type { Likelihood, SearchedMistake } from '../mistakes/mistake.ts'

/** A mistake made in one of its ways. */
export interface Step {
  readonly mistake: SearchedMistake
  readonly detail?: string | undefined
  readonly change: Change
  /** The attempt with this mistake alone. */
  readonly made: Made
  /** 0 frequent, 1 usual, 2 rare. */
  readonly tier: number
  /** Which way to make the mistake it is, from 0, the likeliest; those without an effect on this request do not count. */
  readonly way: number
}

/** An attempt, and which of its parts are not those of the right one: one bit each. */
export interface Made {
  readonly attempt: Attempt
  readonly changed: number
}

const parts = [
  'method',
  'path',
  'query',
  'headers',
  'signedNames',
  'payload',
  'layouts',
  'stringToSign',
  'key',
  'mac',
] as const satisfies readonly (keyof Attempt)[]
const [METHOD, PATH, QUERY, HEADERS, SIGNED_NAMES, PAYLOAD, LAYOUTS, STRING_TO_SIGN, KEY, MAC] = parts.map(
  (_, place) => 1 << place,
) as [number, number, number, number, number, number, number, number, number, number]

const tiers: Readonly<Record<Likelihood, number>> = { frequent: 0, usual: 1, rare: 2 }
export const tierOf = ({ likelihood = 'usual' }: SearchedMistake): number => tiers[likelihood]

const RAREST = 2
/** The first ways to make a mistake are as common as it is, the further ones rarer. */
const USUAL_WAYS = 2

export function toStep(mistake: SearchedMistake, change: Change, base: Attempt, way: number): Step {
  const attempt = change(base)
  let changed = 0
  for (const [place, part] of parts.entries()) if (attempt[part] !== base[part]) changed |= 1 << place
  const tier = Math.min(RAREST, tierOf(mistake) + (way < USUAL_WAYS ? 0 : 1))
  return { mistake, detail: change.detail, change, made: { attempt, changed }, tier, way }
}

/** Whether two mistakes are searched together: two of different stages, and a rare one with the likeliest frequent ones. */
export function isPaired(a: Step, b: Step): boolean {
  if (a.mistake.stage === b.mistake.stage) return false
  if (a.tier < RAREST && b.tier < RAREST) return true
  return (a.tier === 0 && a.way === 0) || (b.tier === 0 && b.way === 0)
}

/**
 * One mistake after another. Mistakes of different parts do not know of each other, so that the parts of both, made once,
 * are put together; only a second change of the same part is made anew.
 */
export function combine(first: Made, { change, made: second }: Step): Made {
  const isApart = (first.changed & second.changed) === 0
  const attempt = isApart ? merge(first.attempt, second) : change(first.attempt)
  return { attempt, changed: first.changed | second.changed }
}

/** Part by part: a loop over names takes four times as long, and a search does this for every pair. */
function merge(attempt: Attempt, { attempt: other, changed }: Made): Attempt {
  return {
    method: changed & METHOD ? other.method : attempt.method,
    path: changed & PATH ? other.path : attempt.path,
    query: changed & QUERY ? other.query : attempt.query,
    headers: changed & HEADERS ? other.headers : attempt.headers,
    signedNames: changed & SIGNED_NAMES ? other.signedNames : attempt.signedNames,
    payload: changed & PAYLOAD ? other.payload : attempt.payload,
    layouts: changed & LAYOUTS ? other.layouts : attempt.layouts,
    stringToSign: changed & STRING_TO_SIGN ? other.stringToSign : attempt.stringToSign,
    key: changed & KEY ? other.key : attempt.key,
    mac: changed & MAC ? other.mac : attempt.mac,
  }
}

/** Every three of the most common steps, each in the likeliest way of its mistake, in the order in which a client signs. */
export function* triplesOf(steps: readonly Step[]): Generator<readonly [Made, Step, Step, Step]> {
  const first = new Map<SearchedMistake, Step>()
  for (const step of steps) if (step.tier === 0 && !first.has(step.mistake)) first.set(step.mistake, step)
  const common = [...first.values()]
  for (const [at, one] of common.entries()) {
    for (const [next, two] of common.slice(at + 1).entries()) {
      if (one.mistake.stage === two.mistake.stage) continue
      const both = combine(one.made, two)
      for (const three of common.slice(at + next + 2)) {
        if (three.mistake.stage === two.mistake.stage) continue
        yield [combine(both, three), one, two, three]
      }
    }
  }
}
