import type { Language } from '../../spec/languages.ts'
import { commonTexts } from './common.ts'
import { docsTexts } from './docs.ts'
import { sandboxTexts } from './sandboxes.ts'
import { shellTexts } from './shell.ts'
import { trafficTexts } from './traffic.ts'

/** Every text of the console and the reference, in every language. */
export const texts = { ...shellTexts, ...commonTexts, ...sandboxTexts, ...trafficTexts, ...docsTexts } as const

export type TextKey = keyof typeof texts
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The texts of one language; `{name}` in a text is filled from the values. */
export function translator(language: Language): Translate {
  return (key, values = {}) =>
    texts[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether there is a text with this key. */
export const isTextKey = (key: string): key is TextKey => Object.hasOwn(texts, key)
