import { hash32 } from '../random.ts'
import { chineseFamily, chineseGiven, englishFamily, englishGiven } from './name-pools.ts'

/** Given names of a language, and family names as well. */
const POOL_SIZE = 128
const COMBINATIONS = POOL_SIZE * POOL_SIZE

/** Number of different names: English ones, then Chinese ones. */
export const NAME_COUNT = 2 * COMBINATIONS

const listOf = (pool: string): string[] => pool.trim().split(/\s+/)

let allNames: string[] | undefined

/** Every name a seeded user can have; made at first use. */
function names(): string[] {
  if (allNames !== undefined) return allNames
  const combine = (givens: string[], families: string[], join: (given: string, family: string) => string) =>
    families.flatMap((family) => givens.map((given) => join(given, family)))
  allNames = [
    ...combine(listOf(englishGiven), listOf(englishFamily), (given, family) => `${given} ${family}`),
    ...combine(listOf(chineseGiven), listOf(chineseFamily), (given, family) => family + given),
  ]
  return allNames
}

/** Which name a seeded user has. */
export const nameIndex = (seed: number, user: number): number => hash32(seed, user) % NAME_COUNT

/** The name with this index. */
export const nameAt = (index: number): string => names()[index] ?? ''

/** Marks the names that contain a text, in any case. */
export function namesContaining(text: string): Uint8Array {
  const wanted = text.toLowerCase()
  return Uint8Array.from(names(), (name) => (name.toLowerCase().includes(wanted) ? 1 : 0))
}
