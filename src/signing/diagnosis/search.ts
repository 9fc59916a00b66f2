import type { Attempt } from '../attempt.ts'
import type { SearchContext, SearchedMistake } from '../mistakes/mistake.ts'
import { searchedMistakes } from '../mistakes/table.ts'
import { combine, isPaired, type Step, tierOf, toStep, triplesOf } from './step.ts'
import { Trial } from './trial.ts'

/** How the client signed, and the mistakes that led there; none when it signed as it should. */
export interface Explanation {
  readonly attempt: Attempt
  readonly mistakes: readonly FoundMistake[]
}

export interface FoundMistake {
  readonly mistake: SearchedMistake
  /** Which of several ways it is. */
  readonly detail?: string | undefined
}

export interface SearchResult {
  readonly explanation?: Explanation
  /** Whether the effort ran out with mistakes left to try. */
  readonly isCutShort: boolean
}

/** Work that can be left between two of its slices, of about a millisecond each, while something else runs. */
export type Sliced<Result> = Generator<undefined, Result>

/** Bytes of a body whose rewriting and hashing costs as much as a signature. */
const BODY_BYTES = 512
/** Parameters of a query whose rewriting costs as much. */
const PARAMETERS = 2
const searchable = searchedMistakes.filter(({ evident }) => !evident)
const isRare = (mistake: SearchedMistake): boolean => mistake.alone === true || mistake.likelihood === 'rare'
/** Each round the most common first; equally common ones by stage, and as listed. */
const common = searchable.filter((mistake) => !isRare(mistake)).sort((a, b) => tierOf(a) - tierOf(b))
const rare = searchable.filter(isRare).sort((a, b) => tierOf(a) - tierOf(b))
const places = new Map(searchedMistakes.map((mistake, place) => [mistake, place]))
const placeOf = ({ mistake }: Step): number => places.get(mistake) ?? 0

/**
 * Signs the request in every known wrong way until the client's signature comes out: no mistake; a common one; two or
 * three frequent ones of different stages; a rare one; two that are less common. The table lists specific ones before
 * general ones, so that of several explanations the most common, the shortest and the most specific one is given.
 *
 * @param wanted the client's signature, as lower-case hex
 * @param maxEffort see DiagnoseOptions
 */
export function* searchMistakes(context: SearchContext, wanted: string, maxEffort: number): Sliced<SearchResult> {
  const { base, evident } = withEvident(context)
  const search = new Search(context, base, wanted, maxEffort)
  const found =
    search.right() ??
    (yield* search.one(common)) ??
    (yield* search.two(0)) ??
    (yield* search.three()) ??
    (yield* search.one(rare)) ??
    (yield* search.two(1)) ??
    (yield* search.two(2))
  if (found === undefined) return { isCutShort: search.isSpent }
  return { explanation: { attempt: found.attempt, mistakes: [...evident, ...found.steps] }, isCutShort: false }
}

interface Found {
  readonly attempt: Attempt
  readonly steps: readonly Step[]
}

class Search {
  readonly #context: SearchContext
  readonly #base: Attempt
  readonly #wanted: string
  readonly #maxEffort: number
  readonly #trial = new Trial()
  readonly #seen = new Set<string>()
  /** What is tried together, in the order in which a client makes it. */
  readonly #steps: Step[] = []

  constructor(context: SearchContext, base: Attempt, wanted: string, maxEffort: number) {
    this.#context = context
    this.#base = base
    this.#wanted = wanted
    this.#maxEffort = maxEffort
  }

  /** Whether the effort ran out. */
  get isSpent(): boolean {
    return this.#trial.effort > this.#maxEffort
  }

  right(): Found | undefined {
    const signature = this.#trial.sign(this.#base)
    this.#seen.add(signature)
    return signature === this.#wanted ? { attempt: this.#base, steps: [] } : undefined
  }

  *one(mistakes: readonly SearchedMistake[]): Sliced<Found | undefined> {
    for (const mistake of mistakes) {
      const paired = mistake.alone ? 0 : (mistake.paired ?? Number.POSITIVE_INFINITY)
      let ways = 0
      for (const change of mistake.variants(this.#context)) {
        const step = toStep(mistake, change, this.#base, ways)
        const { attempt } = step.made
        const signature = this.#trial.sign(attempt)
        if (signature === this.#wanted) return { attempt, steps: [step] }
        // A variant that changes nothing here, or nothing another one has not changed, need not be paired.
        if (!this.#seen.has(signature)) {
          this.#seen.add(signature)
          if (ways < paired) this.#steps.push(step)
          ways += 1
        }
        this.#trial.effort += this.#costOf(mistake)
        if (this.isSpent) return undefined
        if (this.#trial.isSliceOver()) yield
      }
    }
    this.#steps.sort((a, b) => placeOf(a) - placeOf(b))
    return undefined
  }

  /** What making a variant costs on a long request, besides the signature. */
  #costOf({ rewritesBody = false, stage }: SearchedMistake): number {
    const { body, right } = this.#context
    const ofBody = rewritesBody ? body.length / BODY_BYTES : 0
    return ofBody + (stage.startsWith('query') ? right.query.length / PARAMETERS : 0)
  }

  /** @param tiers sum of the tiers of the two, 0 to 2 */
  *two(tiers: number): Sliced<Found | undefined> {
    for (const [index, first] of this.#steps.entries()) {
      if (this.isSpent) return undefined
      for (let next = index + 1; next < this.#steps.length; next += 1) {
        const second = this.#steps[next] as Step
        if (first.tier + second.tier !== tiers || !isPaired(first, second)) continue
        const { attempt } = combine(first.made, second)
        if (this.#trial.sign(attempt) === this.#wanted) return { attempt, steps: [first, second] }
      }
      if (this.#trial.isSliceOver()) yield
    }
    return undefined
  }

  *three(): Sliced<Found | undefined> {
    for (const [{ attempt }, ...steps] of triplesOf(this.#steps)) {
      if (this.isSpent) return undefined
      if (this.#trial.sign(attempt) === this.#wanted) return { attempt, steps }
      if (this.#trial.isSliceOver()) yield
    }
    return undefined
  }
}

/** The right way, with what the form of the signature gives away: it holds for every attempt. */
function withEvident(context: SearchContext): { base: Attempt; evident: FoundMistake[] } {
  let base = context.right
  const evident: FoundMistake[] = []
  for (const mistake of searchedMistakes) {
    if (!mistake.evident) continue
    for (const change of mistake.variants(context)) {
      base = change(base)
      evident.push({ mistake })
    }
  }
  return { base, evident }
}
