import { skip } from '../outcome.ts'
import type { Row } from './lists.ts'

/** A listed name that no other record shares. */
export function wholeName(rows: readonly Row[]): string {
  const names = rows.flatMap(({ name }) =>
    typeof name === 'string' && name.trim() === name && name !== '' ? [name] : [],
  )
  const own = names.find((name) => names.filter((other) => other === name).length === 1)
  return own ?? names[0] ?? skip('no listed record has a name, so there is nobody to search for')
}

/** The first word that most listed names share. */
export function commonWord(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const { name } of rows) {
    const [word = ''] = typeof name === 'string' ? name.trim().split(/\s+/) : []
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? skip('no listed record has a name, so there is nothing to search for')
}

/** The longest beginning of a listed name that is not the whole of it. */
export function searchableName(rows: readonly Row[]): string {
  const names = rows.flatMap(({ name }) => (typeof name === 'string' && name.trim() === name ? [name] : []))
  const [longest = ''] = [...names].sort((a, b) => b.length - a.length)
  const part = [...longest].slice(0, -1).join('').trim()
  return part === '' ? skip('no listed record has a name of two letters, so there is nothing to search for') : part
}

/** The state that the fewest of the listed spaces are in. */
export function rarestStatus(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const { spaceStatus } of rows) {
    if (typeof spaceStatus === 'string' && spaceStatus !== '')
      counts.set(spaceStatus, (counts.get(spaceStatus) ?? 0) + 1)
  }
  const [rarest] = [...counts].sort(([, a], [, b]) => a - b)
  return rarest?.[0] ?? skip('no listed space shows a spaceStatus')
}
