import { describe, expect, it } from 'vitest'
import { chinese } from '../../src/console/texts/chinese/catalogue.ts'
import { inChinese, say } from '../../src/console/texts/say.ts'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { errors } from '../../src/spec/errors.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'

/** Values that are written alike in both languages: they are no words. */
const isValue = (text: string): boolean => /^(?:`[^`]*`|[\d`":, a-zA-Z]*`[^`]*`|\d+)$/.test(text)

const tables: Readonly<Record<string, readonly string[]>> = {
  errors: Object.values(errors).flatMap(({ when, source }) => [when, source]),
  scenarios: builtInScenarios.flatMap(({ title, teaches = '' }) => [title, teaches]),
  readings: readingIds.flatMap((id) => {
    const { question, why, answers } = readingEntry(id)
    return [question, why, ...Object.values(answers).flatMap(({ meaning, source }) => [meaning, source])]
  }),
  operations: (operations as readonly Operation[]).flatMap(({ title, page }) => [title, page.source]),
}

describe('every sentence of a table is there in Chinese', () => {
  it.each(Object.entries(tables))('of the table of %s', (_, sentences) => {
    const missing = [...new Set(sentences)].filter((one) => !isValue(one) && inChinese(one) === undefined)
    expect(missing).toEqual([])
  })
})

describe('the catalogue', () => {
  it.each(Object.entries(chinese))('says "%s" in Chinese, with the same gaps', (english, text) => {
    expect(text).toMatch(/\p{Script=Han}|^[\w\s`、:,.{}，]+$/u)
    expect(text.match(/\{\d*\}/g)?.length ?? 0).toBe(english.match(/\{\}/g)?.length ?? 0)
  })

  it('fills gaps with what is known in Chinese itself', () => {
    expect(say('zh-CN', 'ErrorCode, row 13000309')).toEqual({ text: '错误码，第 13000309 行', language: 'zh-CN' })
    expect(say('en-US', 'ErrorCode, row 13000309')).toEqual({ text: 'ErrorCode, row 13000309', language: 'en-US' })
  })

  it('leaves a sentence that it lacks in English, and marks it so', () => {
    expect(say('zh-CN', 'Nobody ever wrote this')).toEqual({ text: 'Nobody ever wrote this', language: 'en-US' })
  })
})
