import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createProxy } from '../../src/proxy/proxy.ts'
import { type HarExchange, toHarEntry } from '../../src/shared/har.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'

/** One call through a proxy that records, as far as a test says something else than usual. */
interface Exchange {
  method?: string
  path?: string
  query?: string
  headers?: Record<string, string>
  body?: string
  answer?: { status?: number; headers?: Record<string, string>; body?: string }
}

/** Where something can stand in an exchange, and an exchange where it does. */
type Place = readonly [name: string, plant: (secret: string) => Exchange]

const all = operations as readonly Operation[]
const json = (value: unknown) => JSON.stringify(value)
const uri = encodeURIComponent

/** Names of the fields of a schema, with those of lists and objects in it. */
function fieldsOf(schema: z.ZodType | undefined): string[] {
  const names = new Set<string>()
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties } = node as { properties?: Record<string, unknown> }
    for (const name of Object.keys(properties ?? {})) names.add(name)
    for (const inner of Object.values(node)) collect(inner)
  }
  if (schema !== undefined) collect(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))
  return [...names]
}

const namesOf = (part: 'query' | 'body' | 'response'): string[] =>
  [...new Set(all.flatMap((one) => fieldsOf(one[part])))].sort()

const list = '/koodrive/ose/v1/userList'
const create = '/koodrive/ose/v1/user/batchRegister/create'
const post = (body: unknown): Exchange => ({
  method: 'POST',
  path: create,
  body: typeof body === 'string' ? body : json(body),
})
const answer = (body: unknown): Exchange => ({ answer: { body: typeof body === 'string' ? body : json(body) } })
const headers = [
  ...[
    'accept',
    'accept-language',
    'authorization',
    'content-type',
    'cookie',
    'date',
    'from',
    'host',
    'language',
    'link',
  ],
  ...['location', 'origin', 'referer', 'server', 'set-cookie', 'user-agent', 'via', 'www-authenticate', 'x-auth-token'],
  ...[
    'x-date',
    'x-forwarded-for',
    'x-mock-diagnosis',
    'x-mock-rule',
    'x-request-id',
    'x-traceid',
    'x-user-id',
    'x-own',
  ],
]
const sentences: readonly (readonly [string, (secret: string) => string])[] = [
  ['who does not exist', (secret) => `User ${secret} does not exist.`],
  ['in quotes', (secret) => `the value "${secret}" is invalid`],
  ['as appSecret=…', (secret) => `appSecret=${secret} is wrong`],
  ['behind Bearer', (secret) => `Authorization: Bearer ${secret}`],
  ['in an address', (secret) => `see https://service.example/x?token=${uri(secret)}`],
  ['in JSON', (secret) => `got {"password":${json(secret)}}`],
  ['in brackets', (secret) => `failed (${secret}), try again`],
]

const paths: Place[] = all
  .filter(({ path }) => path.includes('{'))
  .map(({ method, path }) => [
    `the path of ${method} ${path}`,
    (secret) => ({ method, path: path.replace(/\{\w+\}/g, uri(secret)), body: '{}' }),
  ])

const others: Place[] = [
  ['a path of no operation', (secret) => ({ path: `/koodrive/${uri(secret)}/v1` })],
  ['the name of a parameter', (secret) => ({ query: `${uri(secret)}=1` })],
  ['a parameter of no name', (secret) => ({ query: `=${uri(secret)}` })],
  ['a query that is none', (secret) => ({ query: uri(secret) })],
  ['a query in a query', (secret) => ({ query: `a=1?b=${uri(secret)}` })],
  ['the name of a field of the request', (secret) => post({ [secret]: 1 })],
  ['the name of a field of the answer', (secret) => answer({ code: 0, [secret]: 1 })],
  ['the name of a field in a field', (secret) => answer({ data: { [secret]: { a: 1 } } })],
  ['a request that is not JSON', (secret) => post(`name=${secret}`)],
  ['an answer that is not JSON', (secret) => answer(`<p>${secret}</p>`)],
  ['a request that is one string', (secret) => post(json(secret))],
  ['an answer that is one string', (secret) => answer(json(secret))],
  ['a list in a list', (secret) => answer({ list: [[[secret]]] })],
  ['JSON in a string of JSON', (secret) => answer({ data: json({ name: secret }) })],
  ['a cursor of the answer, in Base64', (secret) => answer({ nextPageCursor: Buffer.from(secret).toString('base64') })],
  [
    'a cursor of the request, in Base64',
    (secret) => ({ query: `cursor=${uri(Buffer.from(secret).toString('base64'))}` }),
  ],
  ['the 65th level of an answer', (secret) => answer(`${'['.repeat(66)}${json(secret)}${']'.repeat(66)}`)],
  ['a message in Chinese', (secret) => answer({ code: 1, msg: `用户 ${secret} 不存在` })],
]

const sided = (kind: string, names: readonly string[], make: (name: string, secret: string) => Exchange): Place[] =>
  names.map((name) => [`${kind} ${name}`, (secret) => make(name, secret)])

const every: readonly Place[] = [
  ...others,
  ...paths,
  ...['msg', 'reason', 'error_msg'].flatMap((field) =>
    sentences.map(([what, say]): Place => [`${field}, ${what}`, (secret) => answer({ code: 1, [field]: say(secret) })]),
  ),
  ...sided('the header of the request', headers, (name, secret) => ({ headers: { [name]: uri(secret) } })),
  ...sided('the header of the answer', headers, (name, secret) => ({ answer: { headers: { [name]: uri(secret) } } })),
  ...sided('the parameter', namesOf('query'), (name, secret) => ({ query: `${name}=${uri(secret)}` })),
  ...sided('the field of the request', namesOf('body'), (name, secret) =>
    post({ [name]: secret, userList: [{ [name]: secret }] }),
  ),
  ...sided('the field of the answer', namesOf('response'), (name, secret) =>
    answer({ [name]: secret, list: [{ [name]: secret }] }),
  ),
]
/** As many as the promise names: an operation more does not move them. */
const COUNT = 200
const places = every.slice(0, COUNT)

/** The n-th person or secret: each has a form of its own, and none is like a word of the API. */
function secretOf(n: number): string {
  const word = [...String(n).padStart(3, '0')].map((digit) => 'bdfghjkmpq'[Number(digit)]).join('')
  const forms = [
    `Q${word}ovanq`,
    `欧阳${[...String(n)].map((digit) => '张王李赵娜强伟芳敏静'[Number(digit)]).join('')}`,
    `1393141${String(n).padStart(4, '0')}`,
    `0086137${String(27_000_000 + n)}`,
    `q${word}x@q${word}host.cn`,
    `Zq9${word}TokenOfSomebody${n}Q`,
    `Qx!${word}#Pass${n}`,
    `21${String(10 ** 15 + n * 7919)}`,
  ]
  return forms[n % forms.length] ?? ''
}

/** What was said, and what the recording says of it. */
async function record({ method = 'GET', path = list, query, headers: sent = {}, body, answer: given = {} }: Exchange) {
  const exchanges: HarExchange[] = []
  const proxy = createProxy({
    target: 'http://127.0.0.1:1',
    har: { add: (exchange) => exchanges.push(exchange), close: () => undefined },
    fetch: async () =>
      new Response(given.body ?? '{"code":0}', { status: given.status ?? 200, headers: given.headers ?? {} }),
    now: () => Date.UTC(2026, 3, 16),
  })
  const url = `http://127.0.0.1:1${path}${query === undefined ? '' : `?${query}`}`
  const hasBody = method !== 'GET' && method !== 'DELETE' && body !== undefined
  const request = new Request(url, { method, headers: sent, ...(hasBody && { body }) })
  const said = json([request.url, [...request.headers], hasBody && body, given])
  await proxy.fetch(request)
  return { said, recorded: JSON.stringify(exchanges.map(toHarEntry)), count: exchanges.length }
}

const spellings = (text: string): string[] => [
  text,
  uri(text),
  uri(uri(text)),
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
]

async function expectNoWord(plant: Place[1], secret: string): Promise<void> {
  const { said, recorded, count } = await record(plant(secret))
  expect(count).toBe(1)
  expect(spellings(secret).some((spelling) => said.includes(spelling))).toBe(true)
  for (const spelling of spellings(secret)) expect(recorded).not.toContain(spelling)
}

describe('no word of 200 planted secrets and people is in a recording', () => {
  it('which stand in 200 places, no two alike', () => {
    expect(new Set(places.map(([name]) => name)).size).toBe(COUNT)
    expect(new Set(places.map((_, n) => secretOf(n))).size).toBe(COUNT)
  })

  it.each(places.map(([name, plant], n) => [name, secretOf(n), plant] as const))('%s: %s', async (_, secret, plant) => {
    await expectNoWord(plant, secret)
  })

  it('nor in any further field of an answer', async () => {
    for (const [n, [, plant]] of every.slice(COUNT).entries()) await expectNoWord(plant, secretOf(COUNT + n))
  })
})
