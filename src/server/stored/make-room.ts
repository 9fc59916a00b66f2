/** Exchanges that are added before old ones are looked for that make room. */
const DROP_EVERY = 64

/**
 * The position up to which exchanges make room, now that there are so many; undefined when none do.
 *
 * @param size Exchanges that are kept.
 */
export function roomUpTo(before: number, now: number, size: number): number | undefined {
  const isTime = Math.floor(now / DROP_EVERY) > Math.floor(before / DROP_EVERY)
  return isTime && now > size ? now - size : undefined
}
