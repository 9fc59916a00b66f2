const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/

/** An instant as ISO 8601 in UTC, without milliseconds when there are none. */
export const toIso = (epochMs: number): string => new Date(epochMs).toISOString().replace('.000Z', 'Z')

let httpSecond = Number.NaN
let httpDate = ''

/** An instant as the Date header has it. The last one is kept: thousands of answers fall into one second. */
export function toHttpDate(epochMs: number): string {
  const second = Math.floor(epochMs / 1000)
  if (second !== httpSecond) {
    httpSecond = second
    httpDate = new Date(epochMs).toUTCString()
  }
  return httpDate
}

/** The clock of a sandbox stays within these times: beyond, dates have no four-digit year. */
export const FIRST_INSTANT = 0
export const LAST_INSTANT = 253_402_300_799_999

/** Epoch milliseconds of an ISO 8601 date or date-time with offset; undefined when the text is none. */
export function parseIso(text: string): number | undefined {
  const epochMs = ISO.test(text) ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(epochMs) ? undefined : epochMs
}

/** Epoch milliseconds of a date as HTTP headers have it; undefined when the text is none. */
export function parseHttpDate(text: string): number | undefined {
  const epochMs = / GMT$/.test(text) ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(epochMs) ? undefined : epochMs
}

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
