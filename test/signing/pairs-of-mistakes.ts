import { createHash } from 'node:crypto'
import { searchedMistakes } from '../../src/signing/mistakes/table.ts'
import { LIST, type MistakenClient } from './mistaken-client-parts.ts'
import { mistakenClients } from './mistaken-clients.ts'
import { encode, type Steps, sha256 } from './mistaken-signer.ts'

/** The mistakes that are made most, as the table has them. */
export const frequent: readonly string[] = [
  ...searchedMistakes
    .filter(({ likelihood, includes }) => likelihood === 'frequent' && includes === undefined)
    .map(({ id }) => id),
  'signature-base64',
  'signature-upper-case',
]

const body = '{\n  "userList": [\n    {\n      "firstname": "李雷",\n      "phone": "13900000001"\n    }\n  ]\n}\n'
const compact = JSON.stringify(JSON.parse(body))

/** One request on which every frequent mistake makes a difference: a query out of order, a body, a Content-Type. */
const request: MistakenClient = {
  send: { method: 'POST', target: `${LIST}?offset=0&limit=10&keyWord=Sam%20Smith`, body },
  replace: { 'Content-Type': 'application/json; charset=utf-8' },
  signed: ['content-type', 'host', 'x-date', 'x-user-id'],
}

const payloadOf = (text: (body: string) => string): Partial<Steps> => ({ payload: (sent) => sha256(text(sent)) })

/** How a mistake is made on that request, where it is not as in the tests of single mistakes. */
const otherwise: Readonly<Record<string, Partial<Steps>>> = {
  'body-carriage-returns': payloadOf((sent) => sent.replaceAll('\n', '\r\n')),
  'body-compact-json': payloadOf(() => compact),
  'body-python-json': payloadOf(() => compact.replaceAll('":', '": ').replaceAll(',"', ', "')),
  'body-pretty-json': payloadOf(() => JSON.stringify(JSON.parse(compact), null, 4)),
  'body-non-ascii-escaped': payloadOf((sent) =>
    sent.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`),
  ),
  'body-line-end': payloadOf((sent) => sent.trimEnd()),
  'body-hash-upper-case': { payload: (sent) => createHash('sha256').update(sent).digest('hex').toUpperCase() },
  'query-plus-for-blank': { queryEnds: (text) => text.replaceAll('%20', '+') },
  'query-not-encoded': { queryEnds: decodeURIComponent },
  'query-double-encoded': {
    queryEnds: (text) =>
      text
        .split('&')
        .map((one) => one.split('=').map(encode).join('='))
        .join('&'),
  },
}

/** Both mistakes at once on one request; undefined when they are two ways of doing the same step. */
export function pairClient(first: string, second: string): MistakenClient | undefined {
  const steps = [first, second].map((id) => otherwise[id] ?? mistakenClients[id]?.steps ?? {})
  const [a = {}, b = {}] = steps
  if (stageOf(first) === stageOf(second)) return undefined
  const signed = [first, second].includes('header-names-not-lower-cased')
    ? { signed: ['Content-Type', 'Host', 'X-Date', 'X-User-Id'] }
    : {}
  const both = compose(a, b)
  return both === undefined ? undefined : { ...request, ...signed, steps: both }
}

const stageOf = (id: string) => searchedMistakes.find((mistake) => mistake.id === id)?.stage

/** Values of different headers are changed one after the other; any other step can be done in one way only. */
function compose(a: Partial<Steps>, b: Partial<Steps>): Partial<Steps> | undefined {
  const { value: first, ...others } = a
  const { value: second, ...rest } = b
  if (Object.keys(others).some((step) => Object.hasOwn(rest, step))) return undefined
  const value = first && second ? (name: string, text: string) => second(name, first(name, text)) : (first ?? second)
  return { ...others, ...rest, ...(value && { value }) }
}
