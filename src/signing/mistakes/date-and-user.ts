import { type Change, detailed, withHeader } from '../attempt.ts'
import { headerValue } from '../request.ts'
import { formatXDate, parseXDate } from '../x-date.ts'
import { nearlyRightDates } from './date-patterns.ts'
import { inStage, type SearchContext, UNSET_VALUES } from './mistake.ts'

const QUARTER_HOUR_MS = 900_000
/** How far X-Date as signed may lie before, or after, the one that is sent. */
const SIGNED_BEFORE_SECONDS = 900
const SIGNED_AFTER_SECONDS = 60
/** Ten seconds both ways, and two minutes before. */
const PAIRED_SHIFTS = 130

/** Mistakes in the value of X-Date and X-User-Id. */
export const dateAndUserMistakes = [
  ...inStage('date', [
    {
      id: 'x-date-signed-anew',
      title: 'Another X-Date was signed than was sent (the clock was read twice)',
      cure: 'read the clock once, and use that string for the header and for the signature',
      likelihood: 'rare',
      paired: PAIRED_SHIFTS,
      variants: (search) => signedBeside(search),
    },
    {
      id: 'x-date-signed-local',
      title: 'X-Date was signed in another time zone than it was sent',
      cure: 'write UTC in both, once, and use that string for the header and for the signature',
      alone: true,
      variants: (search) =>
        shiftedDates(
          search,
          Array.from({ length: 56 }, (_, n) => (n + 1) * QUARTER_HOUR_MS),
        ),
    },
    {
      id: 'x-date-other-form',
      title: 'X-Date was signed in another form than it was sent (epoch or ISO 8601 with separators)',
      cure: 'sign the value of the X-Date header, yyyyMMddTHHmmssZ',
      variants: (search) => otherForms(search).map((text) => withHeader('x-date', text)),
    },
    {
      id: 'x-date-signed-by-pattern',
      likelihood: 'rare',
      title: 'X-Date was signed by a pattern that is nearly right, and sent by the right one',
      cure: 'write it once, by yyyyMMddTHHmmssZ, and use that string for the header and for the signature',
      alone: true,
      variants: ({ headers }) => {
        const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
        if (sent === undefined) return []
        return nearlyRightDates(sent).map(({ text, pattern }) => detailed(pattern, withHeader('x-date', text)))
      },
    },
    {
      id: 'x-date-empty',
      title: 'X-Date was signed without a value',
      cure: 'set X-Date before signing',
      alone: true,
      variants: () => UNSET_VALUES.map((value) => withHeader('x-date', value)),
    },
  ]),
  ...inStage('user', [
    {
      id: 'x-user-id-rounded',
      title: 'X-User-Id was signed as a number and lost its last digits',
      cure: 'keep ids as strings: they are beyond the integers a double can hold',
      variants: ({ headers }) =>
        roundedIds(headerValue(headers, 'x-user-id') ?? '').map((id) => withHeader('x-user-id', id)),
    },
    {
      id: 'x-user-id-other',
      likelihood: 'rare',
      paired: 8,
      title: 'Another X-User-Id was signed than was sent',
      cure: 'read the user id once, and use it for the header and for the signature',
      variants: ({ knownUserIds, claimed, credentials }) =>
        [...knownUserIds, claimed.appId, credentials.appId].map((id) =>
          detailed(`signed: ${id}`, withHeader('x-user-id', id)),
        ),
    },
    {
      id: 'x-user-id-empty',
      title: 'X-User-Id was signed without a value',
      cure: 'set X-User-Id before signing',
      alone: true,
      variants: () => UNSET_VALUES.map((value) => withHeader('x-user-id', value)),
    },
  ]),
]

/** An id as a double, as JavaScript writes it, with all its digits, and as Java, Python and Go write it. */
function roundedIds(id: string): string[] {
  const rounded = Number(id)
  if (!/^[0-9]{16,19}$/.test(id)) return [String(rounded)]
  const exponential = rounded.toExponential().replace('e+', 'E')
  return [String(rounded), String(BigInt(rounded)), exponential, rounded.toExponential()]
}

function shiftedDates({ headers }: SearchContext, shifts: readonly number[]): Change[] {
  const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
  if (sent === undefined) return []
  return shifts.flatMap((shift) =>
    [sent - shift, sent + shift].filter(isExpressible).map((time) => withHeader('x-date', formatXDate(time))),
  )
}

/** Near ones first, both ways; the clock that is read for the signature is mostly read first. */
function* signedBeside({ headers }: SearchContext): Generator<Change> {
  const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
  if (sent === undefined) return
  const before = Array.from({ length: SIGNED_BEFORE_SECONDS }, (_, index) => -(index + 1))
  const after = Array.from({ length: SIGNED_AFTER_SECONDS }, (_, index) => index + 1)
  const near = before.slice(0, 10).flatMap((shift, index) => [shift, after[index] ?? 1])
  for (const shift of [...near, ...before.slice(10), ...after.slice(10)]) {
    const time = sent + shift * 1000
    if (isExpressible(time)) yield signedAt(time, shift)
  }
}

function signedAt(time: number, shift: number): Change {
  const text = formatXDate(time)
  return detailed(
    `${text}, ${Math.abs(shift)} s ${shift < 0 ? 'before' : 'after'} the one sent`,
    withHeader('x-date', text),
  )
}

function isExpressible(epochMs: number): boolean {
  return epochMs >= -62_167_219_200_000 && epochMs < 253_402_300_800_000
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Thu, 16 Apr 2026 08:00:00 GMT` */
function httpDate(time: number): string {
  const text = formatXDate(time)
  const day = DAYS[((Math.floor(time / 86_400_000) % 7) + 7) % 7]
  const month = MONTHS[Number(text.slice(4, 6)) - 1]
  const clock = `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}`
  return `${day}, ${text.slice(6, 8)} ${month} ${text.slice(0, 4)} ${clock} GMT`
}

function otherForms({ headers }: SearchContext): string[] {
  const text = headerValue(headers, 'x-date') ?? ''
  const time = parseXDate(text)
  if (time === undefined) return []
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  const clock = `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}`
  return [
    String(time / 1000),
    String(time),
    `${day}T${clock}Z`,
    `${day}T${clock}.000Z`,
    `${day} ${clock}`,
    text.slice(0, 15),
    text.slice(0, 8),
    `${text.slice(0, 15)}+0000`,
    `${text.slice(0, 15)}.000Z`,
    httpDate(time),
  ]
}
