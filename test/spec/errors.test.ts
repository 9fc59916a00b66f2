import { describe, expect, it } from 'vitest'
import { commonErrors, type ErrorName, errorEntry, errors } from '../../src/spec/errors.ts'
import { languages } from '../../src/spec/languages.ts'
import { readingEntry } from '../../src/spec/readings.ts'

const names = Object.keys(errors) as ErrorName[]

describe('the error table', () => {
  it('gives every error a code of its own', () => {
    const codes = names.map((name) => errorEntry(name).code)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('lists every common error once', () => {
    expect(new Set(commonErrors).size).toBe(commonErrors.length)
  })

  describe.each(names)('%s', (name) => {
    const { code, status, message, when, evidence, source, statusReading } = errorEntry(name)

    it('has a message in every language, with the same placeholders', () => {
      const placeholders = languages.map((language) => message[language].match(/\{\d\}/g))
      expect(new Set(placeholders.map(String)).size).toBe(1)
      for (const language of languages) expect(message[language].trim()).not.toBe('')
    })

    it('says when it is answered, how well it is known and from where', () => {
      expect(when).not.toBe('')
      expect(['documented', 'example', 'inferred']).toContain(evidence)
      expect(source).not.toBe('')
    })

    it('has an HTTP status that refuses; a code of the vendor is a documented 400', () => {
      expect(status).toBeGreaterThanOrEqual(400)
      if (code > 1000) expect(status).toBe(400)
      else expect(code).toBe(status)
    })

    it('moves to another status only by a reading whose default is its status', () => {
      if (statusReading === undefined) return
      const reading = readingEntry(statusReading)
      expect(reading.default).toBe(String(status))
      for (const answer of Object.keys(reading.answers)) expect(answer).toMatch(/^[1-5]\d\d$/)
    })
  })
})
