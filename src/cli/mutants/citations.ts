import { pages } from '../../spec/evidence.ts'

/** Titles of the vendor pages without what stands in brackets, the longest first: one may be the end of another. */
const titles = Object.values(pages)
  .map((page) => page.replace(/ \(.*\)$/, ''))
  .sort((a, b) => b.length - a.length)

const PLACES =
  /(?:answer|request|header) table|query parameters|path parameter|\bDeptData\b|\bpage$|\bpage(?=[;,])|\btable (?!says|has|of|lists|calls)\w+|Tables? \d+(?: and \d+)*|\bexample\b|row \d+|koodrive_05_\d+|\bFunction\b|error body|\bcode 0\b|\brules\b|\b\d{3}\b/g

/**
 * The places of vendor pages that a source refers to.
 *
 * @example citations('Listing Users (2024-07-30), Table 3 and example') // ['Listing Users, Table 3', 'Listing Users, example']
 */
export function citations(source: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { title, text } of partsOf(source)) {
    for (const [place] of text.matchAll(PLACES)) {
      const [first = '', ...more] = place.split(' and ')
      const kind = first.replace(/^Tables/, 'Table')
      found.add(`${title}, ${kind}`)
      for (const number of more) found.add(`${title}, Table ${number}`)
    }
  }
  return found
}

const PAGE = new RegExp(`(${titles.join('|')})(?: \\([^)]*\\))?`, 'g')

/** What a source says of each page that it names. */
function partsOf(source: string): { readonly title: string; readonly text: string }[] {
  const starts = [...source.matchAll(PAGE)]
  return starts.map((match, at) => ({
    title: match[1] ?? '',
    text: source.slice(match.index + match[0].length, starts[at + 1]?.index),
  }))
}
