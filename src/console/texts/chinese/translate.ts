import { chinese } from './catalogue.ts'

/** A sentence with gaps, `{}`, for what it is about. */
interface Pattern {
  /** What stands before, between and behind the gaps. */
  readonly pieces: readonly string[]
  readonly chinese: string
}

/** What has letters is a sentence or a name; what has none reads the same in every language. */
const HAS_WORDS = /[A-Za-z]{2}/

/** A request line is code. */
const REQUEST_LINE = /^[A-Z]{3,7} \/\S*$/

/** Longer texts in a gap are what a client sent, not words of the mock. */
const LONGEST_PHRASE = 1000
/** Phrases within phrases within a sentence. */
const DEEPEST = 3

const patterns: readonly Pattern[] = Object.entries(chinese)
  .filter(([english]) => english.includes('{}'))
  // The one that says most comes first, of those that fit.
  .sort(([one], [other]) => other.replaceAll('{}', '').length - one.replaceAll('{}', '').length)
  .map(([english, text]) => ({ pieces: english.split('{}'), chinese: text }))

/** The Chinese of a sentence; undefined when the catalogue lacks it. */
export function inChinese(english: string, depth = 0): string | undefined {
  if (SPAN.test(english)) return spanInChinese(english)
  if (!HAS_WORDS.test(english)) return english
  if (REQUEST_LINE.test(english)) return english
  if (!Object.hasOwn(chinese, english) && english.includes('\n\n')) return paragraphs(english, depth)
  return (
    known(english, depth) ?? diagnosis(english, depth) ?? sentences(english, depth) ?? byPattern(english, depth, true)
  )
}

/** One sentence or phrase that the catalogue has, or a title with a detail behind it. */
function known(english: string, depth: number): string | undefined {
  if (Object.hasOwn(chinese, english)) return chinese[english]
  const [, allowed] = /^Allowed: (.+)\.$/s.exec(english) ?? []
  // What is allowed is the description of a field, without the full stop at its end.
  if (allowed !== undefined)
    return filled('允许：{}。', [(inChinese(`${allowed}.`, depth + 1) ?? allowed).replace(/[。.]$/, '')])
  return (
    detailed(english, depth, false) ??
    byPattern(english, depth, false) ??
    placed(english, depth) ??
    detailed(english, depth, true)
  )
}

/** Where something is, such as a field, a body, an operation or a code, and what is said of it. */
function placed(english: string, depth: number): string | undefined {
  if (depth >= DEEPEST) return undefined
  if (/^\d{3,8}, ./.test(english)) return codes(english, depth + 1)
  const [, count, mistake] = /^(\d+) requests?: (.+)$/s.exec(english) ?? []
  if (mistake !== undefined) return `${count} 个请求：${phrase(mistake, '', depth)}`
  const [, where, what] = /^([\w.[\]]{1,200}(?::\d+)?|[A-Z][\w' -]{0,60}): (.+)$/s.exec(english) ?? []
  if (where === undefined || what === undefined) return undefined
  const said = known(what, depth + 1)
  // A field keeps its name, also where that is a word.
  return said && `${/^[A-Z]/.test(where) ? phrase(where, '', depth) : where}：${said}`
}

/** By a sentence with gaps. One that leaves whole sentences in a gap fits by chance, and is taken at the last only. */
function byPattern(english: string, depth: number, atLast: boolean): string | undefined {
  for (const { pieces, chinese: text } of patterns) {
    const gaps = gapsOf(english, pieces)
    if (gaps === undefined) continue
    const said = gaps.map((gap, at) => phrase(gap, pieces[at] ?? '', depth))
    if (!atLast && gaps.some((gap, at) => said[at] === gap && /[.;:!?] \S/.test(gap))) continue
    return filled(text, said)
  }
  return undefined
}

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

/** What stands in a gap: words of the mock in Chinese, a value of somebody else as it is. Quoted is always a value. */
function phrase(gap: string, before: string, depth: number): string {
  if (depth >= DEEPEST || gap.length > LONGEST_PHRASE || /["'`]$/.test(before)) return gap
  return inChinese(gap, depth + 1) ?? gap
}

/**
 * `{}` takes the next value, `{2}` the second: Chinese puts some of them in another order. Between a Chinese and another
 * character stands a space, between two Chinese ones none.
 */
function filled(text: string, values: readonly string[]): string {
  let next = 0
  return text
    .split(/(\{\d*\})/)
    .map((piece) =>
      /^\{\d*\}$/.test(piece) ? (values[piece === '{}' ? next++ : Number(piece.slice(1, -1)) - 1] ?? '') : piece,
    )
    .reduce(joined, '')
}

const HAN = /\p{Script=Han}/u
const FULL_WIDTH = /[\p{Script=Han}，。；：？！（）、“”]/u

function joined(before: string, behind: string): string {
  const [last, first] = [before.trimEnd().at(-1) ?? '', behind.trimStart()[0] ?? '']
  if (last === '' || first === '') return before + behind
  const isApart = /\s$/.test(before) || /^\s/.test(behind)
  if (isApart)
    return FULL_WIDTH.test(last) && FULL_WIDTH.test(first) ? before.trimEnd() + behind.trimStart() : before + behind
  const needsSpace = (HAN.test(last) && /[\w"`-]/.test(first)) || (/[\w"`%]/.test(last) && HAN.test(first))
  return `${before}${needsSpace ? ' ' : ''}${behind}`
}

const units: Readonly<Record<string, string>> = { day: '天', days: '天', h: '小时', min: '分钟', s: '秒' }
/** A span such as `1 day 2 h`. */
const SPAN = /^\d+ (?:days?|h|min|s)(?: \d+ (?:h|min|s))?$/

const spanInChinese = (text: string): string =>
  text.replace(/ (days?|h|min|s)/g, (_, unit: string) => ` ${units[unit]}`)

/** Several sentences one after the other, each known for itself or together with those behind it. */
function sentences(english: string, depth: number): string | undefined {
  const said: string[] = []
  let open = ''
  for (const part of english.split(/(?<=[.!?])\s+/)) {
    open = open === '' ? part : `${open} ${part}`
    const one = diagnosis(open, depth) ?? known(open, depth)
    if (one === undefined) continue
    said.push(one)
    open = ''
  }
  return open === '' && said.length > 1 ? said.join('') : undefined
}

/** Codes with what they say, one after the other. */
function codes(english: string, depth: number): string {
  return english
    .split(/; (?=\d{3,8}, )/)
    .map((one) => {
      const at = one.indexOf(', ')
      const what = one.slice(at + 2)
      return `${one.slice(0, at)}，${known(what, depth) ?? what}`
    })
    .join('；')
}

/** Paragraphs of prose, each known for itself. */
function paragraphs(english: string, depth: number): string | undefined {
  const said = english.split('\n\n').map((one) => inChinese(one, depth))
  return said.every((one) => one !== undefined) ? said.join('\n\n') : undefined
}

/** A title with what was seen behind it, in parentheses: a value, or words that the catalogue has, or any at the last. */
function detailed(english: string, depth: number, atLast: boolean): string | undefined {
  if (!english.endsWith(')') || depth >= DEEPEST) return undefined
  for (let at = english.indexOf(' ('); at > 0; at = english.indexOf(' (', at + 1)) {
    const title = known(english.slice(0, at), depth + 1)
    if (title === undefined) continue
    const detail = english.slice(at + 2, -1)
    const said = phrase(detail, '', depth)
    if (atLast || said !== detail || !detail.includes(' ')) return `${title}（${said}）`
  }
  return undefined
}

const LIST = /^(\d+) mistakes: \(1\) (.+)$/s
const BESIDES = '; besides, the signature does not match: '

/** A whole diagnosis: a mistake and its cure, or a numbered list of them, as the header says it in one sentence. */
function diagnosis(english: string, depth: number): string | undefined {
  if (!english.endsWith('.') || Object.hasOwn(chinese, english)) return undefined
  const [first = '', besides] = english.slice(0, -1).split(BESIDES)
  const rest = besides === undefined ? '' : `；此外签名也不一致：${inChinese(besides, depth) ?? besides}`
  const [, count, list] = LIST.exec(first) ?? []
  if (list === undefined) {
    const said = mistake(first, depth)
    return said && `${said}${rest}。`
  }
  const said = list.split(/; \(\d+\) /).map((one) => mistake(one, depth))
  if (said.some((one) => one === undefined)) return undefined
  return `${count} 处错误：${said.map((one, at) => `（${at + 1}）${one}`).join('；')}${rest}。`
}

function mistake(english: string, depth: number): string | undefined {
  for (let at = english.indexOf(': '); at > 0; at = english.indexOf(': ', at + 1)) {
    const title = known(english.slice(0, at), depth)
    const cure = title && known(english.slice(at + 2), depth)
    if (cure !== undefined) return `${title}：${cure}`
  }
  return undefined
}
