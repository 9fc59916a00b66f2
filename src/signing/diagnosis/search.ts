import type { SearchContext, SearchedMistake } from '../mistakes/mistake.ts'
import { searchedMistakes } from '../mistakes/table.ts'
import { type Attempt, type Change, signatureOf } from './attempt.ts'

/** An attempt that gives the client's signature, and the mistakes it makes. */
export interface Found {
  readonly mistakes: readonly SearchedMistake[]
  readonly attempt: Attempt
}

/** One way to make a mistake that changes the signature. */
interface Effective {
  readonly mistake: SearchedMistake
  readonly change: Change
}

/** Pairs that are tried at most. Each costs an HMAC and a hash of the canonical request. */
const MAX_PAIRS = 40_000

/**
 * Searches the way a client signed: the right way, each known mistake, each pair of mistakes of different steps; the
 * fewest mistakes first, the most likely first. Ways that change nothing, or the same as an earlier one, are left out
 * before they are paired.
 *
 * @param wanted the client's signature as lower-case hex
 */
export function search(context: SearchContext, wanted: string): Found | undefined {
  const { right } = context
  const rightSignature = signatureOf(right)
  if (rightSignature === wanted) return { mistakes: [], attempt: right }
  const effective: Effective[] = []
  const seen = new Set([rightSignature])
  for (const mistake of searchedMistakes) {
    for (const change of mistake.variants(context)) {
      const attempt = change(right)
      const signature = signatureOf(attempt)
      if (signature === wanted) return { mistakes: [mistake], attempt }
      if (mistake.alone || seen.has(signature)) continue
      seen.add(signature)
      effective.push({ mistake, change })
    }
  }
  return searchPairs(right, effective, wanted)
}

function searchPairs(right: Attempt, effective: readonly Effective[], wanted: string): Found | undefined {
  let tried = 0
  for (const [at, first] of effective.entries()) {
    const once = first.change(right)
    for (let next = at + 1; next < effective.length; next += 1) {
      const second = effective[next]
      if (second === undefined || second.mistake.stage === first.mistake.stage) continue
      if (tried === MAX_PAIRS) return undefined
      tried += 1
      const attempt = second.change(once)
      if (signatureOf(attempt) === wanted) return { mistakes: [first.mistake, second.mistake], attempt }
    }
  }
  return undefined
}
