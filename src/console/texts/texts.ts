import { both, type Language } from '../../spec/languages.ts'
import { docsTexts } from './docs.ts'
import { faultTexts, rowTexts } from './faults.ts'
import { journalTexts } from './journal.ts'
import { peopleTexts } from './people.ts'
import { firstRunTexts, sandboxTexts } from './sandboxes.ts'
import { shellTexts } from './shell.ts'
import { timeTexts } from './time.ts'
import { trafficTexts } from './traffic.ts'

/** Texts that several views share. */
const commonTexts = {
  'common.sandbox': both('Sandbox', '沙箱'),
  'common.copy': both('Copy', '复制'),
  'common.copyWhat': both('Copy {what}', '复制{what}'),
  'common.show': both('Show', '显示'),
  'common.showWhat': both('Show {what}', '显示{what}'),
  'common.apply': both('Apply', '应用'),
  'common.page': both('Page {page} of {pages}', '第 {page} 页，共 {pages} 页'),
  'common.pages': both('Pages', '分页'),
  'common.previous': both('Previous', '上一页'),
  'common.next': both('Next', '下一页'),
  'common.none': both('none', '无'),
  'common.any': both('any', '不限'),
  'common.actions': both('Actions', '操作'),
  'common.operation': both('Operation', '接口'),
  'common.status': both('Status', '状态'),
  'common.time': both('Virtual time', '虚拟时间'),
  'common.done': both('Done', '已完成'),
  'common.colon': both(': ', '：'),
} as const

/** Every text of the console and the reference, in every language. */
export const texts = {
  ...shellTexts,
  ...commonTexts,
  ...sandboxTexts,
  ...trafficTexts,
  ...journalTexts,
  ...docsTexts,
  ...timeTexts,
  ...peopleTexts,
  ...faultTexts,
  ...firstRunTexts,
  ...rowTexts,
} as const

export type TextKey = keyof typeof texts
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

const GAP = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g

/**
 * The texts of one language, filled from the values: `{count}` becomes `1` or `2`, `{count|request|requests}` becomes
 * `1 request` or `2 requests`.
 */
export function translator(language: Language): Translate {
  return (key, values = {}) =>
    texts[key][language].replace(GAP, (whole, name: string, one?: string, many?: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return one === undefined ? String(value) : `${value} ${Number(value) === 1 ? one : many}`
    })
}

/** Whether there is a text with this key. */
export const isTextKey = (key: string): key is TextKey => Object.hasOwn(texts, key)
