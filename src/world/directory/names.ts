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

/** Marks the names that contain a string, in any case. */
export function namesContaining(text: string): Uint8Array {
  const wanted = text.toLowerCase()
  const marked = new Uint8Array(NAME_COUNT)
  mark(lowered(englishGiven), lowered(englishFamily).map(afterSpace), wanted, (given, family) => {
    marked[family * POOL_SIZE + given] = 1
  })
  mark(lowered(chineseFamily), lowered(chineseGiven), wanted, (family, given) => {
    marked[COMBINATIONS + family * POOL_SIZE + given] = 1
  })
  return marked
}

const lowered = (pool: string): readonly string[] => listOf(pool.toLowerCase())
const afterSpace = (name: string): string => ` ${name}`

/** Calls back for each pair of parts that contain a string when they stand together: in one of them, or across both. */
function mark(
  firsts: readonly string[],
  seconds: readonly string[],
  wanted: string,
  found: (first: number, second: number) => void,
): void {
  const all = [...seconds.keys()]
  const inSecond = all.filter((at) => seconds[at]?.includes(wanted))
  const longest = Math.max(...seconds.map(({ length }) => length))
  for (const [first, text] of firsts.entries()) {
    if (text.includes(wanted)) {
      for (const second of all) found(first, second)
      continue
    }
    for (const second of inSecond) found(first, second)
    const across = Math.min(text.length, wanted.length - 1)
    for (let length = Math.max(1, wanted.length - longest); length <= across; length += 1) {
      if (!text.endsWith(wanted.slice(0, length))) continue
      const rest = wanted.slice(length)
      for (const second of all) if (seconds[second]?.startsWith(rest)) found(first, second)
    }
  }
}
