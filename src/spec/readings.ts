import { access } from './readings/access.ts'
import { answerForms } from './readings/answer-forms.ts'
import { behaviour } from './readings/behaviour.ts'
import { management } from './readings/management.ts'
import type { Reading } from './readings/reading.ts'

/** The one table of readings. Adding a row to a part adds a switch, a docs row and a question the contract suite asks. */
const readings = { ...answerForms, ...access, ...behaviour, ...management } as const satisfies Record<string, Reading>

export type ReadingId = keyof typeof readings
type AnswerOf<Id extends ReadingId> = (typeof readings)[Id] extends { seconds: object }
  ? `${number}`
  : Extract<keyof (typeof readings)[Id]['answers'], string>

/** A chosen answer for every reading. */
export type Readings = { readonly [Id in ReadingId]: AnswerOf<Id> }

export const readingIds = Object.keys(readings) as ReadingId[]

/** The reading with this id, typed without its literal details. */
export const readingEntry = (id: ReadingId): Reading => readings[id]

/** The default answer of every reading. */
export const defaultReadings = Object.fromEntries(
  readingIds.map((id): [string, string] => [id, readings[id].default]),
) as Record<string, string> as Readings

/** Thrown when a reading or its answer does not exist; the message lists what does. */
export class ReadingError extends Error {
  override name = 'ReadingError' as const
}

function isAnswer(entry: Reading, value: string): boolean {
  if (Object.hasOwn(entry.answers, value)) return true
  if (entry.seconds === undefined || !/^\d{1,6}$/.test(value)) return false
  return Number(value) >= entry.seconds.min && Number(value) <= entry.seconds.max
}

/** The answers of a reading in words, for messages: `number, string`. */
export function allowedAnswers(id: ReadingId): string {
  const { answers, seconds } = readingEntry(id)
  return seconds ? `a number of seconds from ${seconds.min} to ${seconds.max}` : Object.keys(answers).join(', ')
}

/**
 * Lays chosen answers over a full set of readings.
 *
 * @throws ReadingError when an id or an answer is unknown; nothing is applied then.
 * @example toReadings({ 'code-type': 'string' })['code-type'] // 'string'
 */
export function toReadings(chosen: Readonly<Record<string, unknown>>, base: Readings = defaultReadings): Readings {
  for (const [id, value] of Object.entries(chosen)) {
    if (!Object.hasOwn(readings, id)) {
      throw new ReadingError(`Unknown reading "${id}". Known readings: ${readingIds.join(', ')}.`)
    }
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || !isAnswer(readings[id as ReadingId], text)) {
      throw new ReadingError(
        `Reading "${id}" does not take ${JSON.stringify(value)}. Allowed: ${allowedAnswers(id as ReadingId)}.`,
      )
    }
  }
  const texts = Object.entries(chosen).map(([id, value]) => [id, String(value)])
  return { ...base, ...Object.fromEntries(texts) }
}
