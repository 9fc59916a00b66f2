import { faker as english } from '@faker-js/faker/locale/en'
import { faker as chinese } from '@faker-js/faker/locale/zh_CN'
import { hash32 } from '../random.ts'

/** Given and family names of a language, as many as the combinations need. */
const GIVEN = 128
const FAMILY = 128
const COMBINATIONS = GIVEN * FAMILY

/** Number of different names: English ones, then Chinese ones. */
export const NAME_COUNT = 2 * COMBINATIONS

const take = (pool: unknown, size: number): string[] => {
  const { generic, female = [], male = [] } = pool as Record<'generic' | 'female' | 'male', string[]>
  const names = [...new Set([...(generic ?? []), ...female, ...male])]
  return Array.from({ length: size }, (_, i) => names[Math.floor((i * names.length) / size)] ?? '')
}

let allNames: string[] | undefined

/** Every name a seeded user can have; made at first use. */
function names(): string[] {
  if (allNames !== undefined) return allNames
  const { first_name: first, last_name: last } = english.rawDefinitions.person ?? {}
  const { first_name: ming, last_name: xing } = chinese.rawDefinitions.person ?? {}
  const combine = (givens: string[], families: string[], join: (given: string, family: string) => string) =>
    families.flatMap((family) => givens.map((given) => join(given, family)))
  allNames = [
    ...combine(take(first, GIVEN), take(last, FAMILY), (given, family) => `${given} ${family}`),
    ...combine(take(ming, GIVEN), take(xing, FAMILY), (given, family) => family + given),
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
