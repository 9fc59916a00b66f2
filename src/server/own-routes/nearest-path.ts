import { byDistance, nearest } from '../../scenarios/nearest.ts'

interface Known {
  readonly method: string
  readonly path: string
}

/** A shorter end of a path, such as `/get`, says too little of what is meant. */
const SHORTEST_END = '/create'.length

/** Longer paths are not compared with every one that is known. */
const LONGEST = 300

/**
 * What a call that nobody takes probably meant, as `GET /koodrive/ose/v1/userList`: the path that ends as this one does,
 * or differs least from it. Where a path has several methods, that of the call goes first, and for a call that changes
 * something another one that does.
 */
export function nearestPath(method: string, path: string, known: readonly Known[]): string | undefined {
  const plain = path.toLowerCase().replace(/\/+$/, '')
  if (plain === '' || plain.length > LONGEST) return undefined
  const paths = [...new Set(known.map((one) => one.path))]
  const meant = paths.find((one) => one.toLowerCase().endsWith(plain)) ?? sameEnd(plain, paths) ?? nearest(plain, paths)
  if (meant === undefined) return undefined
  const methods = known.filter((one) => one.path === meant).map((one) => one.method)
  const changes = method === 'GET' || method === 'HEAD' ? undefined : methods.find((one) => one !== 'GET')
  return `${methods.includes(method) ? method : (changes ?? methods[0])} ${meant}`
}

/** Of the paths that end in the same name, the one that differs least. */
function sameEnd(path: string, paths: readonly string[]): string | undefined {
  const end = path.slice(path.lastIndexOf('/'))
  if (end.length < SHORTEST_END) return undefined
  return byDistance(
    path,
    paths.filter((one) => one.toLowerCase().endsWith(end)),
  )[0]?.name
}
