import type { Language } from '../../spec/languages.ts'

/** Says an English sentence of the mock in Chinese; undefined when there is none. */
type Speaker = (english: string) => string | undefined

let inChinese: Speaker | undefined

/** Loads the Chinese for {@link say}, which a page in English, and a server without a console, do without. */
export async function loadTexts(language: Language): Promise<void> {
  if (language === 'zh-CN') inChinese ??= (await import('./chinese/translate.ts')).inChinese
}

/**
 * A sentence of a table of the mock (readings, scenarios, errors, diagnoses, refusals) in the language of the reader.
 * The tables speak English; the catalogue has the Chinese for each sentence, by the English one. Chinese is there once
 * {@link loadTexts} has loaded it.
 *
 * @returns The sentence, and the language it is in: English where the catalogue lacks it.
 */
export function say(language: Language, english: string): { readonly text: string; readonly language: Language } {
  const text = language === 'zh-CN' ? inChinese?.(english) : undefined
  return text === undefined ? { text: english, language: 'en-US' } : { text, language }
}

/** {@link say}, with what it needs for it. */
export async function sayIn(language: Language, english: string): Promise<string> {
  await loadTexts(language)
  return say(language, english).text
}
