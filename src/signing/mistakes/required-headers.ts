import { headerValue, headerValues } from '../request.ts'
import { parseXDate, spanText } from '../x-date.ts'
import { patternOf } from './date-patterns.ts'
import type { Sight, VisibleMistake } from './mistake.ts'

const QUARTER_HOUR_MS = 900_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Time zones reach from UTC-12 to UTC+14; none but UTC itself is nearer than an hour to it. */
const MAX_OFFSET_MS = 14 * HOUR_MS
/** How long a request signed in local time may have travelled, and how far its clock may be ahead. */
const LATENCY_MS = 60_000
const AHEAD_MS = 30_000

const DATE_CURE = 'send the current UTC time as yyyyMMddTHHmmssZ, for instance 20240831T143829Z'

/** Mistakes that can be seen in X-Date and X-User-Id. */
export const requiredHeaderMistakes: readonly VisibleMistake[] = [
  {
    id: 'x-date-absent',
    title: 'There is no X-Date header',
    cure: DATE_CURE,
    detect: ({ headers }) => headerValue(headers, 'x-date') === undefined,
  },
  {
    id: 'x-date-repeated',
    title: 'There is more than one X-Date header',
    cure: 'send one',
    detect: ({ headers }) => headerValues(headers, 'x-date').length > 1,
  },
  {
    id: 'x-date-malformed',
    title: 'X-Date is not a date of the form yyyyMMddTHHmmssZ',
    cure: DATE_CURE,
    detect: (sight) => {
      const { headers } = sight
      const text = headerValue(headers, 'x-date')
      if (text === undefined || headerValues(headers, 'x-date').length > 1 || parseXDate(text) !== undefined)
        return false
      const pattern = patternIn(sight)
      return pattern === undefined ? malformedDetail(text) : `the pattern has ${pattern}`
    },
  },
  {
    id: 'x-date-pattern',
    title: 'X-Date looks like it was written by a pattern that is nearly right',
    cure: "write it by yyyyMMdd'T'HHmmss'Z' in UTC (strftime: %Y%m%dT%H%M%SZ)",
    detect: (sight) => dated(sight, patternIn(sight)),
  },
  {
    id: 'clock-moved',
    title: 'X-Date is right by the real time, but the clock of this sandbox was moved',
    cure: ({ movedClock }) => `${movedClock?.undo ?? 'set it back'}, or take X-Date from the clock of the sandbox`,
    detect: (sight) => dated(sight, movedIn(sight)),
  },
  {
    id: 'x-date-local-time',
    title: 'X-Date looks like local time with a Z at its end',
    cure: 'write UTC, not local time',
    detect: (sight) => {
      const offset = offsetOf(sight)
      if (offset === undefined || isExplained(sight)) return false
      const side = offset > 0 ? 'ahead of' : 'behind'
      return `it is ${clockText(offset)} ${side} the server, the local time of UTC${offset > 0 ? '+' : '-'}${clockText(offset)}`
    },
  },
  {
    id: 'x-date-too-old',
    title: 'X-Date is too old',
    cure: 'sign right before sending, again for every attempt, and set the clock right',
    detect: (sight) => {
      const age = ageOf(sight)
      if (age === undefined || age <= sight.windowMs || offsetOf(sight) !== undefined || isExplained(sight))
        return false
      return `${secondsText(age)} old, ${secondsText(sight.windowMs)} are allowed: ${spanText(age)} against ${spanText(sight.windowMs)}`
    },
  },
  {
    id: 'x-date-in-future',
    title: 'X-Date is later than the time of the server',
    cure: 'set the clock right, and round down to the second',
    detect: (sight) => {
      const age = ageOf(sight)
      if (age === undefined || -age <= sight.futureToleranceMs) return false
      if (offsetOf(sight) !== undefined || isExplained(sight)) return false
      return -age < MINUTE_MS ? `by ${secondsText(-age)}` : `by ${secondsText(-age)}, which is ${spanText(-age)}`
    },
  },
  {
    id: 'x-user-id-absent',
    title: 'There is no X-User-Id header, or it is empty',
    cure: 'send the id of the user on whose behalf the request is made, and sign it',
    detect: ({ headers }) => (headerValue(headers, 'x-user-id') ?? '') === '',
  },
  {
    id: 'x-user-id-repeated',
    title: 'There is more than one X-User-Id header',
    cure: 'send one',
    detect: ({ headers }) => headerValues(headers, 'x-user-id').length > 1,
  },
]

/** Whether the age of X-Date has a better explanation than the clock of the client. */
function isExplained(sight: Sight): boolean {
  return patternIn(sight) !== undefined || movedIn(sight) !== undefined
}

/** A detail of an X-Date that can be read but is out of the window; a malformed one has a mistake of its own. */
function dated(sight: Sight, detail: string | undefined): string | false {
  return isOutside(sight) && detail !== undefined ? detail : false
}

/** What is wrong with the pattern of X-Date: one that gives this string for the present moment. */
function patternIn({ headers, now, windowMs, movedClock }: Sight): string | undefined {
  const text = headerValue(headers, 'x-date')
  const times = [now, movedClock?.realNow].filter((time) => time !== undefined)
  return text === undefined ? undefined : times.map((time) => patternOf(text, time, windowMs)).find(Boolean)
}

/** How the clock of the service was moved, when X-Date is right by the real one. */
function movedIn({ headers, movedClock, windowMs }: Sight): string | undefined {
  const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
  if (movedClock === undefined || sent === undefined) return undefined
  const age = movedClock.realNow - sent
  return age <= windowMs && age >= -AHEAD_MS ? movedClock.what : undefined
}

function isOutside(sight: Sight): boolean {
  const age = ageOf(sight)
  return age !== undefined && (age > sight.windowMs || -age > sight.futureToleranceMs)
}

/** How old X-Date is, in ms; negative when it is in the future; undefined when either time is unknown. */
function ageOf({ headers, now }: Sight): number | undefined {
  const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
  return sent === undefined || now === undefined ? undefined : now - sent
}

/** The offset from UTC when X-Date is off by one: outside the window, and a whole number of quarter-hours away. */
function offsetOf(sight: Sight): number | undefined {
  const age = ageOf(sight)
  if (age === undefined || !isOutside(sight)) return undefined
  const offset = Math.round(-age / QUARTER_HOUR_MS) * QUARTER_HOUR_MS
  const latency = age + offset
  const isZone = Math.abs(offset) >= HOUR_MS && Math.abs(offset) <= MAX_OFFSET_MS
  return isZone && latency >= -AHEAD_MS && latency <= LATENCY_MS ? offset : undefined
}

/** `08:00`, without sign. */
function clockText(durationMs: number): string {
  const minutes = Math.round(Math.abs(durationMs) / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function secondsText(durationMs: number): string {
  return `${Math.ceil(durationMs / 1000)} s`
}

function malformedDetail(text: string): string | true {
  if (text === '') return 'it is empty'
  if (/^\d{10}(\d{3})?$/.test(text)) return 'it looks like seconds or milliseconds since 1970'
  if (/^\d{4}-\d\d-\d\d[T ]/.test(text)) return 'it looks like ISO 8601 with separators'
  if (/^[A-Z][a-z]{2}, /.test(text)) return 'it looks like an HTTP date'
  if (/^\d{8}T\d{6}$/.test(text)) return 'the Z is missing'
  if (/^\d{8}T\d{6}\.?\d{1,9}Z$/.test(text)) return 'it has fractions of a second'
  if (/^yyyy|^%Y|^2006/i.test(text)) return 'it is the pattern itself, not a date'
  if (/^\d{8}T\d{6}Z$/.test(text)) return 'there is no such day or time'
  if (/^\d{8}T\d{6}[+-]\d\d:?\d\d$/.test(text)) return 'it has an offset instead of Z'
  return true
}
