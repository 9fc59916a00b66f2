const UNIT_MS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const
const FORM =
  /^P(?=[\dT])(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/**
 * Milliseconds of an ISO 8601 duration; undefined when the text is none. Years and months are not taken: their length
 * depends on where they begin.
 *
 * @example parseDuration('PT16M') // 960000
 */
export function parseDuration(text: string): number | undefined {
  const found = FORM.exec(text)
  if (found === null) return undefined
  const parts = Object.values(UNIT_MS).map((unitMs, index) => Number(found[index + 1] ?? 0) * unitMs)
  return Math.round(parts.reduce((sum, part) => sum + part, 0))
}
