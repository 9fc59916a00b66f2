import type { Change } from '../attempt.ts'
import type { CanonicalLine } from '../canonical-request.ts'
import { inStage } from './mistake.ts'

type Lines = readonly CanonicalLine[]

/** Mistakes in how the lines of the canonical request are put together. */
export const layoutMistakes = [
  ...inStage('layout', [
    {
      id: 'layout-no-empty-line',
      likelihood: 'frequent',
      title: 'The empty line before the list of signed headers is missing',
      cure: 'end every header line with a line feed and add one more before the list',
      variants: () => [lines(without('empty line'))],
    },
    {
      id: 'layout-extra-empty-line',
      likelihood: 'frequent',
      title: 'The canonical request has an empty line too many',
      cure: 'there is one empty line only, between the header lines and the list of signed headers',
      variants: () =>
        ['empty line', 'body hash', 'signed headers', 'query', 'path'].map((part) => lines(emptyBefore(part))),
    },
    {
      id: 'layout-no-query-line',
      title: 'The line of the query is missing in the canonical request',
      cure: 'keep the third line, empty when there is no query',
      variants: () => [lines(without('query'))],
    },
    {
      id: 'layout-slash-behind-query',
      title: 'The slash was put after the query: path?query/ was signed as the path',
      cure: 'split the URL at the question mark first: the path with its slash on the second line, the query on the third',
      variants: () => [
        lines(slashAfterQuery),
        lines(slashAfterQuery, emptied('query')),
        lines(slashAfterQuery, without('query')),
      ],
    },
    {
      id: 'layout-query-in-path',
      title: 'The query was signed in the line of the path',
      cure: 'put the path on the second line and the query, without question mark, on the third',
      variants: () => [
        lines(queryAfterPath, without('query')),
        lines(queryAfterPath, emptied('query')),
        lines(queryAfterPath),
      ],
    },
    {
      id: 'layout-target-as-path',
      title: 'Everything after the host was signed as the path, the query included',
      cure: 'split it at the question mark: the path with a slash at its end on the second line, the sorted query on the third',
      variants: ({ target: { path, query } }) => {
        if (query === '') return []
        const asPath = change('path', () => `${path}?${query}`)
        return [lines(asPath, emptied('query')), lines(asPath, without('query')), lines(asPath)]
      },
    },
    {
      id: 'layout-query-separator',
      likelihood: 'rare',
      title: 'The parameters of the query were not joined by one ampersand each',
      cure: 'write name=value, join the parameters by &, and put nothing before or after them',
      variants: () => [
        lines(change('query', (text) => text && `${text}&`)),
        lines(change('query', (text) => text && `&${text}`)),
        ...[';', ',', '\n', '', '&amp;'].map((by) => lines(change('query', (text) => text.replaceAll('&', by)))),
      ],
    },
    {
      id: 'layout-empty-lines-dropped',
      likelihood: 'rare',
      title: 'Every empty line was dropped from the canonical request',
      cure: 'keep the line of the query, empty without one, and the empty line before the list of signed headers',
      variants: () => [lines((all) => all.filter(({ text }) => text !== ''))],
    },
    {
      id: 'layout-header-lines',
      title: 'The header lines were not written as name:value, one to a line',
      cure: 'write name:value and a line feed for every signed header',
      alone: true,
      variants: () => [
        lines(headerLines((text) => text.replace(':', '='))),
        lines(headerLines((text) => text.slice(text.indexOf(':') + 1))),
        ...[',', ';', '&', '', ' '].flatMap((by) => [
          lines((all) => oneHeaderLine(all, by)),
          lines((all) => oneHeaderLine(all, by), without('empty line')),
        ]),
      ],
    },
    {
      id: 'layout-list-before-headers',
      title: 'The list of signed headers was put before the header lines',
      cure: 'put the header lines first, then an empty line, then the list',
      alone: true,
      variants: () => [lines(listFirst), lines(without('empty line'), listFirst)],
    },
    {
      id: 'layout-no-signed-headers-line',
      title: 'The list of signed headers is missing in the canonical request',
      cure: 'put the names, joined by semicolons, on the line before the last',
      variants: () => [lines(without('signed headers')), lines(without('signed headers'), without('empty line'))],
    },
    {
      id: 'layout-signed-headers-separator',
      title: 'The list of signed headers was not joined by semicolons',
      cure: 'join the names by semicolons without spaces',
      variants: () =>
        [',', ', ', '; ', ' ', '&'].map((separator) =>
          lines(change('signed headers', (text) => text.replaceAll(';', separator))),
        ),
    },
    {
      id: 'layout-no-header-lines',
      title: 'The header lines are missing in the canonical request',
      cure: 'put one line name:value for every signed header after the query',
      variants: () => [lines((all) => all.filter(({ part }) => !part.startsWith('header ')))],
    },
    {
      id: 'layout-no-body-line',
      title: 'The last line, the hash of the body, is missing in the canonical request',
      cure: 'end the canonical request with the hash of the body, or of the empty string without a body',
      variants: () => [lines(without('body hash'))],
    },
  ]),
  ...inStage('line-ends', [
    {
      id: 'layout-carriage-returns',
      title: 'The lines of the canonical request were ended by CR LF',
      cure: 'join them by a line feed (\\n) alone',
      variants: () => [
        lines((all) => all.map((line, index) => (index < all.length - 1 ? ending(line, '\r') : line))),
        lines((all) => [...all.map((line) => ending(line, '\r')), { part: 'end', text: '' }]),
      ],
    },
    {
      id: 'layout-trailing-newline',
      likelihood: 'frequent',
      title: 'The canonical request was signed with a line feed at its end',
      cure: 'put nothing after the hash of the body (in a shell: printf instead of echo)',
      variants: () => [lines((all) => [...all, { part: 'end', text: '' }])],
    },
    {
      id: 'layout-written-backslash-n',
      title: 'The canonical request was joined by a backslash and an n instead of line feeds',
      cure: "use a real line feed (in a shell: $'\\n' or printf)",
      variants: () => [lines((all) => oneLine(all, '\\n'))],
    },
    {
      id: 'layout-indented',
      title: 'The lines of the canonical request were indented (a template or multi-line string of the source)',
      cure: 'join the lines by a line feed and put no space before them',
      alone: true,
      variants: () =>
        ['  ', '    ', '      ', '        ', '            ', '\t', '\t\t'].flatMap((margin) => [
          lines((all) => all.map((line, at) => (at === 0 ? line : prefixed(margin, line)))),
          lines((all) => all.map((line) => prefixed(margin, line))),
          lines((all) => [{ part: 'start', text: '' }, ...all.map((line) => prefixed(margin, line))]),
        ]),
    },
    {
      id: 'layout-byte-order-mark',
      title: 'The canonical request was signed with a byte order mark in front of it',
      cure: 'turn the string into UTF-8 without a mark (in .NET: new UTF8Encoding(false))',
      alone: true,
      variants: () => [lines((all) => all.map((line, at) => (at === 0 ? prefixed('\uFEFF', line) : line)))],
    },
    {
      id: 'layout-lower-cased',
      title: 'The whole canonical request was signed in lower case',
      cure: 'lower-case the names of the headers only',
      alone: true,
      variants: () => [lines((all) => all.map(({ part, text }) => ({ part, text: text.toLowerCase() })))],
    },
    {
      id: 'layout-no-line-feeds',
      title: 'The lines of the canonical request were joined without line feeds',
      cure: 'join them by a line feed (\\n)',
      variants: () => [lines((all) => oneLine(all, '')), lines((all) => oneLine(all, ' '))],
    },
  ]),
]

/** Lays the lines out again, one step after the other. */
function lines(...layouts: readonly ((all: Lines) => Lines)[]): Change {
  return (attempt) => ({ ...attempt, layouts: [...attempt.layouts, ...layouts] })
}

function without(part: string): (all: Lines) => Lines {
  return (all) => all.filter((line) => line.part !== part)
}

function change(part: string, text: (text: string) => string): (all: Lines) => Lines {
  return (all) => all.map((line) => (line.part === part ? { part, text: text(line.text) } : line))
}

const isHeader = ({ part }: CanonicalLine): boolean => part.startsWith('header ')

function headerLines(text: (text: string) => string): (all: Lines) => Lines {
  return (all) => all.map((line) => (isHeader(line) ? { part: line.part, text: text(line.text) } : line))
}

function oneHeaderLine(all: Lines, separator: string): Lines {
  const headers = all.filter(isHeader)
  const joined = { part: 'headers', text: headers.map(({ text }) => text).join(separator) }
  return all.flatMap((line) => (isHeader(line) ? (line === headers[0] ? [joined] : []) : [line]))
}

function listFirst(all: Lines): Lines {
  const list = all.filter(({ part }) => part === 'signed headers')
  const start = all.findIndex(isHeader)
  const rest = without('signed headers')(all)
  return start < 0 ? all : [...rest.slice(0, start), ...list, ...rest.slice(start)]
}

function emptied(part: string): (all: Lines) => Lines {
  return change(part, () => '')
}

function emptyBefore(part: string): (all: Lines) => Lines {
  return (all) => all.flatMap((line) => (line.part === part ? [{ part: 'extra empty line', text: '' }, line] : [line]))
}

function queryAfterPath(all: Lines): Lines {
  const query = all.find(({ part }) => part === 'query')?.text ?? ''
  return query === '' ? all : change('path', (text) => `${text}?${query}`)(all)
}

/** The path has its slash by now: the client that asks for one at the end found none after the query. */
function slashAfterQuery(all: Lines): Lines {
  const query = all.find(({ part }) => part === 'query')?.text ?? ''
  return query === '' ? all : change('path', (text) => `${text.replace(/\/$/, '')}?${query}/`)(all)
}

function prefixed(prefix: string, line: CanonicalLine): CanonicalLine {
  return { part: line.part, text: `${prefix}${line.text}` }
}

function ending(line: CanonicalLine, end: string): CanonicalLine {
  return { part: line.part, text: `${line.text}${end}` }
}

function oneLine(all: Lines, separator: string): Lines {
  return [{ part: 'all in one line', text: all.map(({ text }) => text).join(separator) }]
}
