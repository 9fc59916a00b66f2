import { type Change, detailed, type HeaderLine, withHeader } from '../attempt.ts'
import { headerValue, headerValues } from '../request.ts'
import { inStage, type SearchContext } from './mistake.ts'

/** More unlisted headers than this are not tried one by one. */
const MAX_UNLISTED = 16
/** Spaces around a value that the server no longer sees: HTTP drops them on the way. */
const LOST_BLANKS = [' ', '  ', '   ', '\t', '']

const CHARSETS = ['; charset=utf-8', '; charset=UTF-8', ';charset=utf-8', ';charset=UTF-8']

/** What libraries send, or their users set, in place of the type of the body. */
const OTHER_TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json;charset=utf8',
  ...CHARSETS.map((charset) => `text/plain${charset}`),
  'application/octet-stream',
  'text/json',
  '*/*',
]

export const headerMistakes = [
  ...inStage('header-list', [
    {
      id: 'host-not-signed',
      likelihood: 'frequent',
      title: 'SignedHeaders lists host, but host was not signed',
      cure: 'sign the Host header that the HTTP library sends, or take host off the list',
      variants: () => leaveOut('host'),
    },
    {
      id: 'header-listed-not-signed',
      title: 'SignedHeaders lists a header that was not signed',
      cure: 'make the list from the very headers that are in the canonical request',
      variants: ({ right }) => right.signedNames.filter((name) => name !== 'host').flatMap(leaveOut),
    },
    {
      id: 'header-signed-not-listed',
      title: 'A header was signed that SignedHeaders does not list',
      cure: 'list every signed header in SignedHeaders',
      variants: (search) => unlisted(search).flatMap((headers) => addHeaders(headers)),
    },
    {
      id: 'header-repeated',
      impliedBy: ['x-date-repeated', 'x-user-id-repeated'],
      title: 'A signed header is sent more than once, and not all its values were signed',
      cure: 'send each signed header once',
      variants: ({ headers }) => [
        values(({ name, value }) => headerValues(headers, name)[0]?.trim() ?? value),
        values(({ name, value }) => headerValues(headers, name).at(-1)?.trim() ?? value),
        values(({ name }) => headerValues(headers, name).join(',')),
      ],
    },
    {
      id: 'headers-unsorted',
      title: 'The signed headers were not sorted by name',
      cure: 'sort them by lower-case name, in the canonical request and in SignedHeaders',
      variants: ({ claimed, headers, right }) => {
        const listed = claimed.signedHeaders.map((name) => name.toLowerCase())
        const sent = headers.map(([name]) => name.toLowerCase()).filter((name) => right.signedNames.includes(name))
        return [listed, sent, [...right.signedNames].reverse()].flatMap(inOrder)
      },
    },
  ]),
  ...inStage('header-values', [
    {
      id: 'content-type-parameters',
      likelihood: 'frequent',
      title: 'Content-Type was signed with other parameters than it is sent with (charset=utf-8)',
      cure: 'sign the Content-Type that is sent: some libraries add "; charset=utf-8" (OkHttp: build the body from bytes)',
      variants: ({ headers }) => {
        const sent = headerValue(headers, 'content-type') ?? ''
        const type = sent.split(';')[0]?.trim() ?? ''
        return [type, ...CHARSETS.map((charset) => `${type}${charset}`), sent.toLowerCase(), ''].map((text) =>
          withHeader('content-type', text),
        )
      },
    },
    {
      id: 'content-type-other',
      title: 'Another Content-Type was signed than is sent',
      cure: 'sign the Content-Type that is sent: some libraries set one of their own',
      alone: true,
      variants: ({ headers }) =>
        OTHER_TYPES.filter((type) => type !== headerValue(headers, 'content-type')).map((type) =>
          detailed(`signed: ${type}`, withHeader('content-type', type)),
        ),
    },
    {
      id: 'header-blank-after-colon',
      title: 'The header lines were signed with a space after the colon',
      cure: 'write name:value without a space in the canonical request',
      variants: () => [values(({ value }) => ` ${value}`)],
    },
    {
      id: 'header-values-not-trimmed',
      title: 'A header value was signed with leading or trailing spaces',
      cure: 'trim the values before signing; they do not reach the server',
      alone: true,
      variants: ({ headers, right }) => [
        values(({ name }) => headerValues(headers, name).join(', ')),
        ...LOST_BLANKS.flatMap((before) =>
          LOST_BLANKS.flatMap((after) =>
            [undefined, ...right.signedNames].map((only) =>
              values(({ name, value }) => (only === undefined || name === only ? `${before}${value}${after}` : value)),
            ),
          ),
        ),
      ],
    },
    {
      id: 'header-blanks-collapsed',
      title: 'Several spaces inside a header value were signed as one',
      cure: 'trim the ends of the value and leave the rest as it is',
      variants: () => [values(({ value }) => value.replace(/\s+/g, ' '))],
    },
    {
      id: 'header-values-lower-cased',
      title: 'The header values were signed in lower case',
      cure: 'lower-case the names only',
      variants: () => [values(({ value }) => value.toLowerCase())],
    },
    {
      id: 'header-value-not-ascii',
      title: 'A signed header value is not ASCII, and client and server read its bytes differently',
      cure: 'keep signed header values in ASCII',
      variants: () => [
        values(({ value }) => Buffer.from(value, 'latin1').toString()),
        values(({ value }) => Buffer.from(value).toString('latin1')),
      ],
    },
  ]),
  ...inStage('header-names', [
    {
      id: 'header-names-not-lower-cased',
      likelihood: 'frequent',
      title: 'The names of the signed headers were not written in lower case',
      cure: 'lower-case them in the canonical request and in SignedHeaders',
      variants: ({ claimed, headers }) => {
        const spellings = new Map(headers.map(([name]) => [name.toLowerCase(), name]))
        const listed = new Map(claimed.signedHeaders.map((name) => [name.toLowerCase(), name]))
        return [
          (name: string) => listed.get(name) ?? name,
          (name: string) => spellings.get(name) ?? name,
          (name: string) => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
          (name: string) => name.toUpperCase(),
        ].flatMap(spell)
      },
    },
  ]),
]

/** Signs other values of the headers. */
function values(value: (line: HeaderLine) => string): Change {
  return (attempt) => ({ ...attempt, headers: attempt.headers.map((line) => ({ ...line, value: value(line) })) })
}

/** Changes the lines of the headers and the list of their names: both, the lines only, the list only. */
function inBoth(
  change: (lines: readonly HeaderLine[]) => readonly HeaderLine[],
  changeNames: (names: readonly string[]) => readonly string[],
): [both: Change, lines: Change, list: Change] {
  const lines: Change = (attempt) => ({ ...attempt, headers: change(attempt.headers) })
  const list: Change = (attempt) => ({ ...attempt, signedNames: changeNames(attempt.signedNames) })
  return [(attempt) => list(lines(attempt)), lines, list]
}

/** Without a header. */
const leaveOut = (name: string): Change[] =>
  inBoth(
    (lines) => lines.filter((line) => line.name !== name),
    (names) => names.filter((one) => one !== name),
  )

/** Sets of headers the client may have signed beyond its list: each one alone, all of them, all but the volatile. */
function unlisted({ headers, right, target }: SearchContext): HeaderLine[][] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  for (const name of [...right.signedNames, 'authorization']) names.delete(name)
  const lines = [...names].map((name) => ({ name, value: headerValue(headers, name) ?? '' }))
  if (!right.signedNames.includes('host') && !names.has('host') && target.host !== undefined) {
    lines.push({ name: 'host', value: target.host })
  }
  const pair = lines.filter(({ name }) => name === 'content-type' || name === 'host')
  return [...lines.slice(0, MAX_UNLISTED).map((line) => [line]), pair, lines]
}

/** With more headers, sorted in: in the lines and the list, or in the lines only. */
function addHeaders(added: readonly HeaderLine[]): Change[] {
  const [both, lines] = inBoth(
    (all) => [...all, ...added].sort((a, b) => (a.name < b.name ? -1 : 1)),
    (names) => [...names, ...added.map(({ name }) => name)].sort(),
  )
  return [both, lines]
}

function inOrder(names: readonly string[]): Change[] {
  const place = (name: string) => names.indexOf(name)
  return inBoth(
    (lines) => [...lines].sort((a, b) => place(a.name) - place(b.name)),
    (signed) => [...signed].sort((a, b) => place(a) - place(b)),
  )
}

const spell = (spelling: (name: string) => string): Change[] =>
  inBoth(
    (lines) => lines.map(({ name, value }) => ({ name: spelling(name), value })),
    (names) => names.map(spelling),
  )
