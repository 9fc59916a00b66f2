import { formatXDate } from '../x-date.ts'

/** An instant as a pattern of Java's date formats writes it that is nearly `yyyyMMdd'T'HHmmss'Z'`. */
export interface PatternedDate {
  readonly text: string
  /** What is wrong with the pattern. ASCII. */
  readonly pattern: string
}

const DAY_MS = 86_400_000
/** How far the clock of a client may be ahead. */
const AHEAD_MS = 30_000
/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday. */
const EPOCH_WEEKDAY = 3

/** The week years of the first and last days that X-Date can express cannot be expressed. */
const [FROM_MS, TO_MS] = [-62_166_000_000_000, 253_402_000_000_000]

/** The strings of an instant by patterns that are nearly right, where they differ from the right one. */
export function nearlyRightDates(epochMs: number): PatternedDate[] {
  if (epochMs < FROM_MS || epochMs > TO_MS) return []
  const right = formatXDate(epochMs)
  const [year, month, day] = [right.slice(0, 4), right.slice(4, 6), right.slice(6, 8)]
  const [hour, minute, second] = [right.slice(9, 11), right.slice(11, 13), right.slice(13, 15)]
  const twelve = two(Number(hour) % 12 || 12)
  const dayOfYear = String(Math.floor(epochMs / DAY_MS) - Math.floor(parseYear(year) / DAY_MS) + 1)
  const date = `${year}${month}${day}`
  const time = `${hour}${minute}${second}`
  const texts: [text: string, pattern: string][] = [
    [`${date}T${twelve}${minute}${second}Z`, 'hh, the 12-hour clock, for HH'],
    [`${date}T${two(Number(hour) % 12)}${minute}${second}Z`, 'KK, the 12-hour clock, for HH'],
    [`${date}T${hour === '00' ? '24' : hour}${minute}${second}Z`, 'kk, hours from 1 to 24, for HH'],
    [`${year}${minute}${day}T${time}Z`, 'mm, the minutes, for MM, the months'],
    [`${date}T${hour}${month}${second}Z`, 'MM, the months, for mm, the minutes'],
    [`${year}${minute}${day}T${hour}${month}${second}Z`, 'MM and mm, months and minutes, exchanged'],
    [`${isoWeekYear(epochMs)}${month}${day}T${time}Z`, 'YYYY, the year of the week, for yyyy'],
    [`${sundayWeekYear(epochMs)}${month}${day}T${time}Z`, 'YYYY, the year of the week, for yyyy'],
    [`${year}${month}${dayOfYear.padStart(2, '0')}T${time}Z`, 'DD, the day of the year, for dd'],
    [`${year}${month}${dayOfYear.padStart(3, '0')}T${time}Z`, 'DD, the day of the year, for dd'],
    [`${year.slice(2)}${month}${day}T${time}Z`, 'yy, two digits of the year, for yyyy'],
    [`${date}t${time}z`, 't and z in lower case'],
    [`${date}'T'${time}'Z'`, 'the quotes of the pattern are kept'],
    [`${date} ${time}Z`, 'a space for the T'],
    [`${date}${time}Z`, 'the T is missing'],
  ]
  return texts.flatMap(([text, pattern]) => (text === right ? [] : [{ text, pattern }]))
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Midnight of 1 January. */
function parseYear(year: string): number {
  const before = Number(year) - 1
  const days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return (days - 719_162) * DAY_MS
}

/** The year of the Thursday of the week. */
function isoWeekYear(epochMs: number): string {
  const weekday = mod(Math.floor(epochMs / DAY_MS) + EPOCH_WEEKDAY, 7)
  return formatXDate(epochMs + (3 - weekday) * DAY_MS).slice(0, 4)
}

/** In the United States a week begins on Sunday, and belongs to the year of its Saturday. */
function sundayWeekYear(epochMs: number): string {
  const weekday = mod(Math.floor(epochMs / DAY_MS) + EPOCH_WEEKDAY + 1, 7)
  return formatXDate(epochMs + (6 - weekday) * DAY_MS).slice(0, 4)
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

/** The nearly right pattern by which a string may have been written a moment before a time; undefined for any other string. */
export function patternOf(text: string, now: number, windowMs: number): string | undefined {
  // Every pattern keeps the seconds, so that one moment a minute can be meant.
  const second = Number(/([0-5]\d)'?Z'?$/i.exec(text)?.[1] ?? Number.NaN)
  const latest = Math.floor((now + AHEAD_MS) / 60_000) * 60_000 + second * 1000
  for (let time = latest; time >= now - windowMs - 60_000; time -= 60_000) {
    const found = nearlyRightDates(time).find((one) => one.text === text)
    if (found !== undefined && Math.abs(now - time) <= windowMs) return found.pattern
  }
  return undefined
}
