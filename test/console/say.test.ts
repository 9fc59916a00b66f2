import { beforeAll, describe, expect, it } from 'vitest'
import { chinese } from '../../src/console/texts/chinese/catalogue.ts'
import { inChinese } from '../../src/console/texts/chinese/translate.ts'
import { loadTexts, say } from '../../src/console/texts/say.ts'
import { texts } from '../../src/console/texts/texts.ts'
import { universe } from '../../src/journal/coverage/universe.ts'
import { findings } from '../../src/journal/report-card/findings.ts'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { errors } from '../../src/spec/errors.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'
import { englishIn } from '../support/chinese.ts'
import { cpuMs } from '../support/cpu.ts'

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
  findings: findings.flatMap(({ title, why, cure }) => [title, why, cure]),
  coverage: universe().flatMap(({ title, items }) => [title, ...items.map((item) => item.title)]),
}

describe('every sentence of a table is there in Chinese', () => {
  it.each(Object.entries(tables))('of the table of %s, with no English left in it', (_, sentences) => {
    const said = [...new Set(sentences)].filter((one) => !isValue(one)).map((one) => [one, inChinese(one)] as const)
    expect(said.filter(([, text]) => text === undefined)).toEqual([])
    expect(said.filter(([, text = '']) => englishIn(text).length > 0)).toEqual([])
  })
})

describe('the catalogue', () => {
  beforeAll(() => loadTexts('zh-CN'))

  it.each(Object.entries(chinese))('says "%s" in Chinese, with the same gaps', (english, text) => {
    expect(text).toMatch(/\p{Script=Han}|^[\w\s`、:,.{}，（）：；()]+$/u)
    expect(text.match(/\{\d*\}/g)?.length ?? 0).toBe(english.match(/\{\}/g)?.length ?? 0)
    expect(englishIn(text)).toEqual([])
  })

  it.each([...Object.entries(chinese), ...Object.entries(texts).map(([key, both]) => [key, both['zh-CN']] as const)])(
    'writes the Chinese of "%s" as it is written: full-width marks, and a space before and after other letters',
    (_, text) => {
      const prose = text.replace(/\{\w*\}/g, '').replace(/`[^`]*`/g, 'x')
      expect(prose).not.toMatch(/\p{Script=Han}[,;?!]|\p{Script=Han}:(?!\/\/)|\p{Script=Han}\.(?!\w)/u)
      expect(prose).not.toMatch(/\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u)
      expect(prose).not.toMatch(/\p{Script=Han} \p{Script=Han}/u)
    },
  )

  it('fills gaps with what is known in Chinese itself', () => {
    expect(say('zh-CN', 'ErrorCode, row 13000309')).toEqual({ text: '错误码，第 13000309 行', language: 'zh-CN' })
    expect(say('en-US', 'ErrorCode, row 13000309')).toEqual({ text: 'ErrorCode, row 13000309', language: 'en-US' })
  })

  it('leaves what a client sent as it is, in quotes or not', () => {
    expect(say('zh-CN', 'offset: expected a number, got "a string".').text).toBe(
      'offset：应为数字，实际为 "a string"。',
    )
    expect(say('zh-CN', 'There is no sandbox "The log". GET /__admin/sandboxes lists them.').text).toContain(
      '"The log"',
    )
  })

  it('leaves a sentence that it lacks in English, and marks it so', () => {
    expect(say('zh-CN', 'Nobody ever wrote this')).toEqual({ text: 'Nobody ever wrote this', language: 'en-US' })
  })

  it('takes a moment for a long text of somebody else', async () => {
    const hostile = 'X-Date is too old ('.repeat(200) + ': '.repeat(500)
    expect(await cpuMs(() => say('zh-CN', hostile))).toBeLessThan(1000)
  })
})
