import { type Attempt, type Change, detailed, type QueryPart } from '../attempt.ts'
import { percentDecode, percentEncode } from '../percent-encoding.ts'
import { charsets, encodeLikeForm, encodeLikeJavaScript, encodeLikeUri, lowerCaseHex } from './encodings.ts'
import { inStage } from './mistake.ts'

/** More parameters than this are not left out one by one. */
const MAX_PARAMETERS = 20
/** No encoding of its own in the Encoding Standard, where latin1 means windows-1252. */
const LATIN1 = { name: 'latin1', encode: (text: string) => Buffer.from(text, 'latin1') }

export const queryMistakes = [
  ...inStage('query-order', [
    {
      id: 'query-unsorted',
      likelihood: 'frequent',
      title: 'The query was signed in the order in which it was sent',
      cure: 'sort the parameters by name, by character code',
      variants: ({ right }) => [inOrder(sentOrder(right.query))],
    },
    {
      id: 'query-sorted-ignoring-case',
      title: 'The query was sorted without regard to case',
      cure: 'sort the parameters by character code: F comes before a and b',
      variants: ({ right }) => [inOrder(sortedBy(right.query, ({ name, value }) => [name.toLowerCase(), value]))],
    },
    {
      id: 'query-sorted-before-encoding',
      title: 'The query was sorted before it was encoded',
      cure: 'encode the names first, then sort the encoded names',
      variants: ({ right }) => [inOrder(sortedBy(right.query, ({ name, value }) => [decode(name), decode(value)]))],
    },
    {
      id: 'query-sorted-as-text',
      title: 'The query was sorted by the strings name=value instead of by name',
      cure: 'sort by name, and parameters of the same name by value',
      variants: ({ right }) => [inOrder(sortedBy(right.query, ({ name, value }) => [`${name}=${value}`]))],
    },
    {
      id: 'query-repeated-unsorted',
      title: 'Parameters of the same name were signed in the order in which they were sent',
      cure: 'sort parameters of the same name by value',
      variants: ({ right }) => [inOrder(sortedBy(sentOrder(right.query), ({ name }) => [name]))],
    },
  ]),
  ...inStage('query-encoding', [
    {
      id: 'query-not-encoded',
      likelihood: 'frequent',
      title: 'The query was signed without percent-encoding',
      cure: 'encode names and values by RFC 3986 (UTF-8, upper-case %XY)',
      variants: ({ right }) =>
        [
          texts(decode),
          eachPart((part) => ({ ...part, value: decode(part.value) })),
          eachPart((part) => ({ ...part, name: decode(part.name) })),
          sentTexts((sent) => decode(sent.replaceAll('+', ' '))),
        ].filter((change) => !keepsPlusOnly(right, change)),
    },
    {
      id: 'query-double-encoded',
      likelihood: 'frequent',
      title: 'The query was percent-encoded twice (%25)',
      cure: 'encode names and values once',
      variants: () => [texts(percentEncode), sentTexts(percentEncode)],
    },
    {
      id: 'query-plus-for-blank',
      likelihood: 'frequent',
      title: 'A space of the query was written as + in the URL or in the canonical request',
      cure: 'write a space as %20 in both (a + is a plus sign, signed as %2B)',
      variants: () => [
        texts((text) => text.replaceAll('%20', '+')),
        sentTexts((sent) => encodeOnce(sent.replaceAll('+', ' '))),
        keepPlus,
      ],
    },
    {
      id: 'query-lower-case-hex',
      title: 'The query was percent-encoded with lower-case hex digits',
      cure: 'write %XY in upper case',
      variants: () => [texts(lowerCaseHex)],
    },
    {
      id: 'query-slash-left',
      title: 'A slash in the query was left as it is',
      cure: 'write it as %2F (in Python: quote(value, safe=""))',
      variants: () => [texts((text) => text.replaceAll('%2F', '/'))],
    },
    {
      id: 'query-tilde-encoded',
      title: 'A ~ in the query was signed as %7E',
      cure: "leave ~ as it is (URLEncoder of Java and PHP's urlencode encode it)",
      variants: () => [texts((text) => text.replaceAll('~', '%7E'))],
    },
    {
      id: 'query-encoded-as-form',
      title: 'The query was encoded as a form (+ for a space, * left, ~ as %7E)',
      cure: 'encode by RFC 3986 instead (in Java: replace + by %20, * by %2A and %7E by ~ in what URLEncoder returns)',
      variants: () => [
        texts((text) => encodeLikeForm(decode(text))),
        sentTexts((sent) => encodeLikeForm(decode(sent.replaceAll('+', ' ')))),
        texts((text) => encodeLikeForm(decode(text)).replaceAll('+', '%20')),
      ],
    },
    {
      id: 'query-other-encoding',
      title: 'The query was encoded by other rules than RFC 3986',
      cure: "encode everything except A-Z a-z 0-9 - . _ ~ (encodeURIComponent leaves ! ' ( ) *; URLEncoder leaves *)",
      variants: () => [
        texts((text) => encodeLikeJavaScript(decode(text))),
        texts((text) => encodeLikeUri(decode(text))),
      ],
    },
    {
      id: 'query-charset',
      title: 'The query was percent-encoded in another character encoding than UTF-8 for the signature',
      cure: 'encode names and values in UTF-8, in the URL and in the canonical request',
      alone: true,
      variants: ({ right }) =>
        right.query.some(({ value }) => /%[89A-F]/.test(value))
          ? [...charsets(), LATIN1].map(({ name, encode }) =>
              detailed(
                `signed in ${name}`,
                texts((text) => percentEncode(encode(decode(text)))),
              ),
            )
          : [],
    },
    {
      id: 'query-normal-form',
      title: 'The query was signed in another Unicode normal form than it was sent (NFC or NFD)',
      cure: 'normalise a string once, before it is sent and signed',
      alone: true,
      variants: () => ['NFC', 'NFD'].map((form) => texts((text) => percentEncode(decode(text).normalize(form)))),
    },
    {
      id: 'query-as-sent',
      title: 'Names and values of the query were signed as they stand in the URL',
      cure: 'decode them once and encode them once by RFC 3986 before signing',
      variants: () => [sentTexts((sent) => sent)],
    },
  ]),
  ...inStage('query-form', [
    {
      id: 'query-missing-equals',
      title: 'A parameter without a value was signed as name',
      cure: 'sign it as name= (the equals sign stays)',
      variants: () => [
        eachPart((part) => ({ ...part, equals: part.value !== '' })),
        eachPart((part) => ({ ...part, equals: part.source.sentValue !== undefined })),
      ],
    },
    {
      id: 'query-empty-omitted',
      title: 'Parameters without a value were left out of the signed query',
      cure: 'sign them as name=',
      variants: () => [keep((part) => part.value !== ''), keep((part) => part.source.sentValue !== undefined)],
    },
    {
      id: 'query-left-out',
      likelihood: 'frequent',
      title: 'The query was left out of the canonical request',
      cure: 'put the sorted, encoded query on the third line',
      variants: () => [keep(() => false)],
    },
    {
      id: 'query-question-mark',
      title: 'The query was signed with its question mark',
      cure: 'leave the question mark out',
      variants: () => [eachPart((part, index) => (index === 0 ? { ...part, name: `?${part.name}` } : part))],
    },
    {
      id: 'query-repeated-once',
      title: 'A parameter that is sent more than once was signed once',
      cure: 'sign every parameter that is sent',
      variants: () => [
        keep((part, index, parts) => parts.findIndex(({ name }) => name === part.name) === index),
        keep((part, index, parts) => parts.findLastIndex(({ name }) => name === part.name) === index),
      ],
    },
    {
      id: 'query-names-lower-cased',
      title: 'The names of the query were signed in lower case',
      cure: 'sign the names in the case in which they are sent',
      variants: () => [eachPart((part) => ({ ...part, name: part.name.toLowerCase() }))],
    },
    {
      id: 'query-parameter-not-signed',
      title: 'A parameter of the query was not signed (it may have been added afterwards)',
      cure: 'sign every parameter that is sent',
      variants: ({ right }) =>
        right.query.slice(0, MAX_PARAMETERS).map(({ source }) => keep((part) => part.source !== source)),
    },
  ]),
]

function inOrder(parts: readonly QueryPart[]): Change {
  return (attempt) => ({ ...attempt, query: parts })
}

function sentOrder(parts: readonly QueryPart[]): QueryPart[] {
  return sortedBy(parts, ({ source }) => [source.index])
}

function sortedBy(parts: readonly QueryPart[], keys: (part: QueryPart) => (string | number)[]): QueryPart[] {
  return [...parts].sort((a, b) => {
    const right = keys(b)
    for (const [index, left] of keys(a).entries()) {
      const other = right[index] ?? left
      if (left !== other) return left < other ? -1 : 1
    }
    return 0
  })
}

function eachPart(change: (part: QueryPart, index: number) => QueryPart): Change {
  return (attempt) => ({ ...attempt, query: attempt.query.map(change) })
}

/** Changes names and values, as they are signed. */
function texts(change: (text: string) => string): Change {
  return eachPart((part) => ({ ...part, name: change(part.name), value: change(part.value) }))
}

/** Makes names and values anew from what was sent. */
function sentTexts(change: (sent: string) => string): Change {
  return eachPart((part) => ({
    ...part,
    name: change(part.source.sentName),
    value: change(part.source.sentValue ?? ''),
  }))
}

function keep(condition: (part: QueryPart, index: number, parts: readonly QueryPart[]) => boolean): Change {
  return (attempt) => ({ ...attempt, query: attempt.query.filter(condition) })
}

/** A + of the URL signed as it stands, everything else as it should be. */
const keepPlus: Change = sentTexts((sent) => sent.split('+').map(encodeOnce).join('+'))

/** Whether a change does nothing to a query but that: it is told as what it is, not as a query without encoding. */
function keepsPlusOnly(right: Attempt, change: Change): boolean {
  if (!right.query.some(({ source }) => `${source.sentName}${source.sentValue}`.includes('+'))) return false
  const kept = keepPlus(right).query
  return change(right).query.every(({ name, value }, at) => name === kept[at]?.name && value === kept[at]?.value)
}

/** As a text is signed that was sent as it is, encoded or not. */
const encodeOnce = (sent: string): string => percentEncode(percentDecode(sent))

function decode(text: string): string {
  return percentDecode(text).toString()
}
