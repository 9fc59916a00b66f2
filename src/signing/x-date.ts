const DAY_SECONDS = 86_400
/** 9999-12-31T23:59:59Z, the last moment the form can express. */
const MAX_SECONDS = 253_402_300_799
/** 0000-01-01T00:00:00Z, the first. */
const MIN_SECONDS = -62_167_219_200

/**
 * Writes an instant the way `X-Date` wants it: `yyyyMMdd'T'HHmmss'Z'`, UTC. Milliseconds are dropped.
 *
 * @param epochMs milliseconds since 1970-01-01T00:00:00Z; years 0 to 9999
 * @throws RangeError outside that range, or when it is not a number
 * @example
 * formatXDate(1725114504000) // '20240831T142824Z'
 *
 * Source: vendor page koodrive_05_0032.
 */
export function formatXDate(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000)
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
    throw new RangeError(`X-Date can express the years 0 to 9999; ${epochMs} ms since 1970 is outside.`)
  }
  const days = Math.floor(seconds / DAY_SECONDS)
  const rest = seconds - days * DAY_SECONDS
  const { year, month, day } = civilFromDays(days)
  const date = `${pad(year, 4)}${pad(month, 2)}${pad(day, 2)}`
  return `${date}T${pad(Math.floor(rest / 3600), 2)}${pad(Math.floor(rest / 60) % 60, 2)}${pad(rest % 60, 2)}Z`
}

/**
 * Reads an `X-Date` value: 16 characters `yyyyMMdd'T'HHmmss'Z'` of a date that exists (no 30 February, no 24:00, no
 * leap second).
 *
 * @returns milliseconds since 1970-01-01T00:00:00Z, or undefined when the text is anything else
 * @example
 * parseXDate('20240831T142824Z') // 1725114504000
 * parseXDate('20240230T000000Z') // undefined
 */
export function parseXDate(text: string): number | undefined {
  if (text.length !== 16 || text[8] !== 'T' || text[15] !== 'Z') return undefined
  const year = digits(text, 0, 4)
  const month = digits(text, 4, 6)
  const day = digits(text, 6, 8)
  const hour = digits(text, 9, 11)
  const minute = digits(text, 11, 13)
  const second = digits(text, 13, 15)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined
  return (daysFromCivil(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second) * 1000
}

/** The digits of text[start, end) as a number; -1 when one is no digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Howard Hinnant's civil-calendar arithmetic: years begin in March, so the leap day is the last day of a year, and an
// era is 400 years (146,097 days). 719,468 days lie between 0000-03-01 and 1970-01-01.

function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = ((marchMonth + 2) % 12) + 1
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** A span of time in its two largest units: `8 h`, `16 min`, `1 day 2 h`. */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const days = Math.floor(seconds / 86_400)
  const parts = [
    [days, days === 1 ? 'day' : 'days'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
