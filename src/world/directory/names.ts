import { once } from '../../spec/once.ts'
import { hash32 } from '../random.ts'
import { chineseFamily, chineseGiven, englishFamily, englishGiven } from './name-pools.ts'

/** Given names of a language, and family names as well. */
const POOL_SIZE = 128
const COMBINATIONS = POOL_SIZE * POOL_SIZE

/** Number of different names: English ones, then Chinese ones. */
export const NAME_COUNT = 2 * COMBINATIONS

const listOf = (pool: string): readonly string[] => pool.trim().split(/\s+/)

/** The names of a language, put together when they are asked for: all of them at once would take a start 20 ms. */
const language = (givens: string, families: string, join: (given: string, family: string) => string) =>
  once(() => {
    const [given, family] = [listOf(givens), listOf(families)]
    return (index: number): string => join(given[index % POOL_SIZE] ?? '', family[Math.floor(index / POOL_SIZE)] ?? '')
  })

const english = language(englishGiven, englishFamily, (given, family) => `${given} ${family}`)
const chinese = language(chineseGiven, chineseFamily, (given, family) => family + given)

/** Which name a seeded user has. */
export const nameIndex = (seed: number, user: number): number => hash32(seed, user) % NAME_COUNT

/** The name with this index. */
export const nameAt = (index: number): string =>
  index < COMBINATIONS ? english()(index) : chinese()(index - COMBINATIONS)

/** Marks the names that contain a text, in any case. */
export function namesContaining(text: string): Uint8Array {
  const wanted = text.toLowerCase()
  return Uint8Array.from({ length: NAME_COUNT }, (_, index) => (nameAt(index).toLowerCase().includes(wanted) ? 1 : 0))
}
