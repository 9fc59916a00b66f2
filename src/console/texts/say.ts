import type { Language } from '../../spec/languages.ts'
import { chinese } from './chinese/catalogue.ts'

/** A sentence with gaps, `{}`, for what it is about. */
interface Pattern {
  /** What stands before, between and behind the gaps. */
  readonly pieces: readonly string[]
  readonly chinese: string
}

/** What has letters is a sentence or a name; what has none reads the same in every language. */
const SPEAKS = /[A-Za-z]{2}/

const patterns: readonly Pattern[] = Object.entries(chinese)
  .filter(([english]) => english.includes('{}'))
  // The one that says most comes first, of those that fit.
  .sort(([one], [other]) => other.replaceAll('{}', '').length - one.replaceAll('{}', '').length)
  .map(([english, text]) => ({ pieces: english.split('{}'), chinese: text }))

/** What fills the gaps of a pattern; undefined when the text is another sentence. One pass, however long the text. */
function gapsOf(text: string, pieces: readonly string[]): string[] | undefined {
  const [first = '', ...rest] = pieces
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined
  const end = text.length - last.length
  const gaps: string[] = []
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return undefined
    gaps.push(text.slice(at, found))
    at = found + piece.length
  }
  return at > end ? undefined : [...gaps, text.slice(at, end)]
}

/**
 * A sentence of a table of the mock (readings, scenarios, errors, diagnoses, refusals) in the language of the reader.
 * The tables speak English; the catalogue has the Chinese for each sentence, by the English one.
 *
 * @returns The sentence, and the language it is in: English where the catalogue lacks it.
 */
export function say(language: Language, english: string): { readonly text: string; readonly language: Language } {
  if (language === 'en-US') return { text: english, language }
  const text = inChinese(english)
  return text === undefined ? { text: english, language: 'en-US' } : { text, language: 'zh-CN' }
}

/** The Chinese of a sentence; undefined when the catalogue lacks it. */
export function inChinese(english: string): string | undefined {
  if (!SPEAKS.test(english)) return english
  if (Object.hasOwn(chinese, english)) return chinese[english]
  for (const { pieces, chinese: text } of patterns) {
    const gaps = gapsOf(english, pieces)
    if (gaps !== undefined) return filled(text, gaps)
  }
  return sentences(english)
}

/** `{}` takes the next value, `{2}` the second: Chinese puts some of them in another order. */
function filled(text: string, values: readonly string[]): string {
  let next = 0
  return text.replace(/\{(\d*)\}/g, (_, at: string) => {
    const value = values[at === '' ? next++ : Number(at) - 1] ?? ''
    return Object.hasOwn(chinese, value) ? (chinese[value] ?? value) : value
  })
}

/** Several sentences one after the other, each known for itself. */
function sentences(english: string): string | undefined {
  const parts = english.split(/(?<=[.!?])\s+(?=[A-Z`"'])/)
  if (parts.length < 2) return undefined
  const said = parts.map(inChinese)
  return said.every((one) => one !== undefined) ? said.join('') : undefined
}
