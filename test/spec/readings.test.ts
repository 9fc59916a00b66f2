import { describe, expect, it } from 'vitest'
import {
  allowedAnswers,
  defaultReadings,
  ReadingError,
  readingEntry,
  readingIds,
  toReadings,
} from '../../src/spec/readings.ts'

/** Readings that users rely on by name, with their answers; the default comes first. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'code-type': ['number', 'string'],
  'success-message': ['per-operation', 'success'],
  'user-list-key': ['list', 'data'],
  'user-list-total': ['present', 'absent'],
  'space-total-type': ['number', 'string'],
  'space-dept-id-type': ['string', 'number'],
  'unsafe-ids': ['exact', 'rounded'],
  'query-inner-envelope': ['absent', 'present'],
  'subtask-id': ['unique', 'task-id'],
  'next-cursor-name': ['nextPageCursor', 'nextCursor'],
  'last-page-cursor': ['absent', 'empty'],
  'existing-phone': ['skipped', 'failed'],
  'auth-failure-status': ['401', '400', '403'],
  'auth-failure-body': ['code-msg', 'gateway'],
  'not-found-status': ['400', '404', '200'],
  'parameter-error-status': ['400', '200'],
  'bearer-form': ['any', 'plus', 'blank'],
  'space-list-token': ['any', 'application'],
  'trace-id-length': ['enforced', 'not-enforced'],
  'trace-id-echo': ['echoed', 'not-echoed'],
  'is-direct': ['department', 'root'],
  'preverify-success-value': ['0', '1'],
  'empty-result': ['array', 'absent'],
  'unknown-department': ['error', 'empty'],
  'future-date-tolerance': ['0'],
}

describe('the table of readings', () => {
  it.each(Object.entries(promised))('%s has its promised answers, the default among them', (id, answers) => {
    const reading = readingEntry(id as (typeof readingIds)[number])
    expect(Object.keys(reading.answers).sort()).toEqual([...answers].sort())
    expect(reading.default).toBe(answers[0])
  })

  describe.each(readingIds)('%s', (id) => {
    const { question, answers, default: chosen, why, seconds } = readingEntry(id)

    it('asks a question, and says why its default is one of its answers', () => {
      expect(question).toMatch(/\?$/)
      expect(why).not.toBe('')
      expect(Object.keys(answers)).toContain(chosen)
      expect(defaultReadings[id]).toBe(chosen)
    })

    it('has more than one answer, each with its meaning, evidence and source', () => {
      expect(Object.keys(answers).length + (seconds === undefined ? 0 : 1)).toBeGreaterThan(1)
      for (const { meaning, evidence, source } of Object.values(answers)) {
        expect([meaning, source]).not.toContain('')
        expect(['documented', 'example', 'inferred']).toContain(evidence)
      }
    })

    it('takes each of its answers and no other', () => {
      for (const value of Object.keys(answers)) expect(toReadings({ [id]: value })[id]).toBe(value)
      for (const value of ['nonsense', '', '__proto__', null, {}, [], true, -1, 1e9]) {
        expect(() => toReadings({ [id]: value })).toThrow(ReadingError)
      }
    })
  })
})

describe('toReadings', () => {
  it('lays what was chosen over a base and leaves the base alone', () => {
    const base = toReadings({ 'code-type': 'string' })
    expect(toReadings({ 'empty-result': 'absent' }, base)).toEqual({ ...base, 'empty-result': 'absent' })
    expect(base['empty-result']).toBe('array')
  })

  it('takes numbers for answers that are digits', () => {
    expect(toReadings({ 'not-found-status': 404, 'future-date-tolerance': 900 })).toMatchObject({
      'not-found-status': '404',
      'future-date-tolerance': '900',
    })
  })

  it('names an unknown reading and those that exist', () => {
    expect(() => toReadings({ 'code-typ': 'string' })).toThrow(/"code-typ".*code-type/)
    expect(() => toReadings(JSON.parse('{"__proto__": "x"}'))).toThrow(/__proto__/)
  })

  it('names a wrong answer and those that are allowed', () => {
    expect(() => toReadings({ 'bearer-form': 'minus' })).toThrow(/"bearer-form".*"minus".*any, plus, blank/)
    expect(() => toReadings({ 'future-date-tolerance': 901 })).toThrow(allowedAnswers('future-date-tolerance'))
  })
})
