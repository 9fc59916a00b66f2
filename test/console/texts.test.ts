import { describe, expect, it } from 'vitest'
import { texts, translator } from '../../src/console/texts/texts.ts'
import { languages, pageLanguage } from '../../src/spec/languages.ts'

/** Words that both languages write alike, and marks that are no words. */
const ALIKE = new Set([
  'sandboxes.appId',
  'sandboxes.appSecret',
  'sandboxes.userId',
  'docs.http',
  'directory.gb',
  'common.colon',
  'jump.ahead',
])

const placeholders = (text: string): string[] => (text.match(/\{\w+/g) ?? []).sort()

describe('the texts of the console', () => {
  it.each(Object.entries(texts))('%s is there in every language, with the same places to fill', (key, text) => {
    expect(Object.keys(text).sort()).toEqual([...languages].sort())
    expect(text['en-US'].trim()).not.toBe('')
    expect(text['zh-CN'].trim()).not.toBe('')
    expect(placeholders(text['zh-CN'])).toEqual(placeholders(text['en-US']))
    if (!ALIKE.has(key) && key !== 'shell.language') {
      expect(text['zh-CN']).toMatch(/\p{Script=Han}/u)
      expect(text['en-US']).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('say of one thing that it is one', () => {
    const t = translator('en-US')
    expect([0, 1, 2].map((count) => t('journal.count', { count }))).toEqual(['0 requests', '1 request', '2 requests'])
    expect(t('tasks.settled', { settled: 0, total: 1 })).toBe('0 of 1 row')
    expect(translator('zh-CN')('journal.count', { count: 1 })).toBe('1 个请求')
    const numbers = /\{(?:count|total|settled|bytes|calls|checks|users|rows)\} (?!of |new|more|GB)[a-z]+s\b/
    const plain = Object.entries(texts).filter(([key, text]) => key !== 'first.progress' && numbers.test(text['en-US']))
    expect(plain).toEqual([])
  })

  it('are filled from the values', () => {
    expect(translator('en-US')('common.page', { page: 2, pages: 7 })).toBe('Page 2 of 7')
  })
})

describe('the language of a page', () => {
  it.each([
    ['zh-CN', null, 'zh-CN'],
    ['en-US', 'zh-CN,zh;q=0.9', 'en-US'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    [undefined, 'zh-Hans', 'zh-CN'],
    [undefined, 'de-DE,en;q=0.5,zh;q=0.4', 'en-US'],
    [undefined, 'de', 'en-US'],
    ['fr', null, 'en-US'],
    ['zh', null, 'zh-CN'],
    ['zh-Hans', 'en', 'zh-CN'],
    ['zh_CN', 'en', 'zh-CN'],
    ['fr', 'zh', 'zh-CN'],
    [undefined, null, 'en-US'],
  ] as const)('asked for %s by a browser that accepts %s is %s', (wanted, accepted, language) => {
    expect(pageLanguage(wanted, accepted)).toBe(language)
  })
})
