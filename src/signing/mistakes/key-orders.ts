/** With more keys than this there are too many orders to try them all. */
const MAX_KEYS = 6
/** In a longer body only the likely orders are tried. */
const MAX_BYTES = 4096

/** Orders in which a client may have written the keys of a JSON body, the likely ones first. */
export function* ordersOf(keys: readonly string[], bodyBytes: number): Generator<readonly string[]> {
  yield [...keys].reverse()
  yield [...keys].sort((a, b) => bucketOf(a) - bucketOf(b))
  yield [...keys].sort((a, b) => (a < b ? 1 : -1))
  if (keys.length <= MAX_KEYS && bodyBytes <= MAX_BYTES) yield* permutationsOf(keys)
}

function* permutationsOf(keys: readonly string[]): Generator<readonly string[]> {
  if (keys.length < 2) yield keys
  else
    for (const key of keys) for (const rest of permutationsOf(keys.filter((one) => one !== key))) yield [key, ...rest]
}

/** The bucket of a key, quotes aside, in a Java HashMap of the usual 16 buckets, which iterates by them. */
function bucketOf(key: string): number {
  let hash = 0
  for (const character of key.slice(1, -1)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return (hash ^ (hash >>> 16)) & 15
}
