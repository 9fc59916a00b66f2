import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProxy } from '../../src/proxy/proxy.ts'
import { type HarExchange, toHarEntry } from '../../src/shared/har.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'
import { cpuMs } from '../support/cpu.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const letters = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((all) => all.join(''))

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
/** Words of whole sentences would be common ones by chance: a name of the test has a Q in it. */
const latinName = letters(LATIN, 3, 7).map((text) => `Q${text}q`)
const chineseName = letters('张王李赵欧阳娜强伟芳敏静丽', 2, 4)
const phone = digits(9).map((rest) => `13${rest}`)
const token = letters(`${LATIN}${LATIN.toUpperCase()}0123456789`, 20, 40).map((text) => `Zq9${text}`)

/** Something about somebody, or a proof of identity. */
const planted = fc.oneof(
  latinName,
  chineseName,
  fc.tuple(latinName, latinName).map(([first, last]) => `${first} ${last}`),
  phone,
  phone.map((one) => `0086${one}`),
  fc.tuple(latinName, latinName).map(([name, host]) => `${name}@${host}.cn`),
  token,
  token.map((text) => `${text}!`),
  digits(16).map((rest) => `21${rest}`),
)
const number = phone.map(Number)

/** How a service may speak of somebody. */
const sentence = fc
  .tuple(planted, phone, token)
  .chain(([one, tel, secret]) =>
    fc
      .constantFrom(
        `User ${one} does not exist.`,
        `phone ${tel.slice(0, 3)}-${tel.slice(3, 7)}-${tel.slice(7)} is used`,
        `call +86 ${tel.slice(0, 3)} ${tel.slice(3, 7)} ${tel.slice(7)} for help`,
        `appSecret=${secret} is wrong`,
        `the token "${secret}" of ${one} is invalid`,
        `Authorization: Bearer ${secret}`,
        `see https://${one.replace(/[^a-zA-Z0-9]/g, '')}q.example/x?token=${secret}`,
      )
      .map((text) => ({ text, secrets: [one, tel, secret].filter((secret) => text.includes(secret)) })),
  )

const fieldNames = [
  ...new Set(
    (operations as readonly Operation[]).flatMap(({ query, body, response }) =>
      [query, body, response].flatMap((schema) =>
        [...JSON.stringify(schema?.toJSONSchema?.({ unrepresentable: 'any' }) ?? {}).matchAll(/"(\w+)":\{/g)].map(
          ([, name = '']) => name,
        ),
      ),
    ),
  ),
  ...['code', 'error_code', 'error_msg', 'request_id', 'unheardOf'],
]
const headerNames = [
  'Accept',
  'Content-Type',
  'Date',
  'Language',
  'Retry-After',
  'X-Date',
  'X-Traceid',
  'X-User-Id',
  'Location',
  'Cookie',
  'Server',
  'X-Mock-Rule',
  'X-Mock-Diagnosis',
  'User-Agent',
  'Authorization',
]

/** An object with something planted in every kind of place; `secrets` is what must not be found again. */
const body = fc
  .record({
    texts: fc.array(fc.tuple(fc.constantFrom(...fieldNames), planted), { minLength: 2, maxLength: 8 }),
    numbers: fc.array(fc.tuple(fc.constantFrom(...fieldNames), number), { maxLength: 3 }),
    sentences: fc.array(fc.tuple(fc.constantFrom('msg', 'reason', 'error_msg'), sentence), { maxLength: 3 }),
    keys: fc.array(fc.tuple(planted, planted), { maxLength: 2 }),
    cursor: planted,
    shape: fc.constantFrom('flat', 'rows', 'deep'),
  })
  .map(({ texts, numbers, sentences, keys, cursor, shape }) => {
    const base64 = Buffer.from(JSON.stringify({ last: cursor })).toString('base64')
    const flat = Object.fromEntries<unknown>([
      ['nextPageCursor', base64],
      ...texts,
      ...numbers.map(([name, value], at) => [name, [value, -value, value + 0.5][at % 3]] as const),
      ...sentences.map(([name, { text }]) => [name, text] as const),
      ...keys,
    ])
    const value =
      shape === 'flat' ? flat : shape === 'rows' ? { list: [flat, flat] } : { data: { registerList: [[flat]] } }
    const isThere = (name: string, one: unknown) => flat[name] === one
    return {
      value,
      secrets: [
        ...texts.filter(([name, one]) => isThere(name, one)).map(([, one]) => one),
        ...numbers.map(([, one]) => String(one)),
        ...sentences.flatMap(([, one]) => one.secrets),
        ...keys.flat(),
        cursor,
        base64,
      ],
    }
  })

const hiddenHeader = fc.tuple(fc.constantFrom(...headerNames), planted)
const ascii = /^[ -~]+$/

const spellings = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString('base64'),
]

/** One call through a proxy that records, and what the recording says. */
async function record(
  sent: { method: string; path: string; headers: [string, string][]; body: string },
  answered: { headers: [string, string][]; body: string; status: number },
) {
  const exchanges: HarExchange[] = []
  const proxy = createProxy({
    target: 'http://127.0.0.1:1',
    har: { add: (exchange) => exchanges.push(exchange), close: () => undefined },
    fetch: async () => new Response(answered.body, { status: answered.status, headers: answered.headers }),
    now: () => Date.UTC(2026, 3, 16),
  })
  const hasBody = sent.method !== 'GET'
  await proxy.fetch(
    new Request(`http://127.0.0.1:1${sent.path}`, {
      method: sent.method,
      headers: sent.headers,
      ...(hasBody && { body: sent.body }),
    }),
  )
  return { exchanges, text: JSON.stringify(exchanges.map(toHarEntry)) }
}

describe('a recording', () => {
  const call = fc.record({
    operation: fc.constantFrom(...(operations as readonly Operation[])),
    segment: fc.option(planted, { nil: undefined }),
    query: fc.array(fc.tuple(fc.oneof(planted, fc.constantFrom(...fieldNames)), planted), { maxLength: 4 }),
    headers: fc.array(hiddenHeader, { maxLength: 4 }),
    headerName: letters(LATIN, 6, 12).map((text) => `x-q${text}`),
    request: body,
    response: body,
    answerHeaders: fc.array(hiddenHeader, { maxLength: 4 }),
    status: fc.constantFrom(200, 400, 500),
  })

  it('knows the fields', () =>
    expect(fieldNames).toEqual(expect.arrayContaining(['phone', 'firstname', 'capacity', 'nextPageCursor'])))

  it('holds no word of the secrets and people that an exchange had, wherever they stood', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(
        call,
        async ({ operation, segment, query, headers, headerName, request, response, answerHeaders, status }) => {
          const path = `${operation.path}${segment === undefined ? '' : `/${encodeURIComponent(segment)}`}?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
          const sendable = (pairs: [string, string][]) => pairs.filter(([, value]) => ascii.test(value))
          const sentHeaders: [string, string][] = [
            ...sendable(headers),
            [headerName, 'x'],
            ['Content-Type', 'application/json'],
          ]
          const { text } = await record(
            { method: operation.method, path, headers: sentHeaders, body: JSON.stringify(request.value) },
            { status, headers: sendable(answerHeaders), body: JSON.stringify(response.value) },
          )
          const secrets = [
            ...(segment === undefined ? [] : [segment]),
            ...query.flatMap(([name, value]) => (fieldNames.includes(name) ? [value] : [name, value])),
            ...sendable(headers).map(([, value]) => value),
            headerName,
            ...(operation.method === 'GET' ? [] : request.secrets),
            ...response.secrets,
            ...sendable(answerHeaders).map(([, value]) => value),
          ]
          count += secrets.length
          for (const secret of secrets) {
            for (const spelling of spellings(secret)) expect(text, `"${secret}" as ${spelling}`).not.toContain(spelling)
          }
          // Nor in pieces: a phone with other separators, one of the names of a person.
          const seen = text.replace(/[\s().+-]/g, '')
          for (const secret of secrets) {
            if (/^\d{11,}$/.test(secret)) expect(seen).not.toContain(secret)
            for (const part of secret.split(/[ @!]/)) if (/^Q[a-z]+q$/.test(part)) expect(text).not.toContain(part)
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(count).toBeGreaterThan(200)
  })

  it('keeps who is the same and who is not, the forms and the lengths', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(phone, { minLength: 3, maxLength: 8 }), chineseName, async (phones, name) => {
        const userList = phones.map((one) => ({
          firstname: name,
          phone: one,
          email: `${one}@qq.com`,
          password: 'Hunter2!abc',
        }))
        const registerList = phones.map((one, at) => ({
          phone: one,
          firstname: name,
          status: String(at % 3),
          code: 40000009,
          userId: `21${one}123456`,
        }))
        const { exchanges } = await record(
          {
            method: 'POST',
            path: operations[0].path,
            headers: [['Content-Type', 'application/json;charset=UTF-8']],
            body: JSON.stringify({ userList }),
          },
          {
            status: 200,
            headers: [['Content-Type', 'application/json']],
            body: JSON.stringify({ code: 0, msg: 'success', data: { totalCount: phones.length, registerList } }),
          },
        )
        const sent = JSON.parse(exchanges[0]?.request.body ?? '').userList
        const got = JSON.parse(exchanges[0]?.response.body ?? '')
        expect(got).toMatchObject({ code: 0, msg: 'success', data: { totalCount: phones.length } })
        expect(sent.map((row: any) => row.phone)).toEqual(got.data.registerList.map((row: any) => row.phone))
        expect(new Set(sent.map((row: any) => row.phone)).size).toBe(phones.length)
        expect(new Set(sent.map((row: any) => row.firstname)).size).toBe(1)
        for (const row of sent) {
          expect(row.phone).toMatch(/^1\d{10}$/)
          expect(row.email).toMatch(/^person-\d+@example\.com$/)
          expect(row.password).toMatch(/^.{8,32}$/)
        }
        for (const [at, row] of got.data.registerList.entries()) {
          expect(row).toMatchObject({
            status: String(at % 3),
            code: 40000009,
            userId: expect.stringMatching(/^1\d{18}$/),
          })
        }
        expect(exchanges[0]?.request.headers).toContainEqual(['content-type', 'application/json;charset=UTF-8'])
      }),
      { numRuns: 20 },
    )
  })

  it('keeps a long value long, and a short password short', async () => {
    const userList = [{ firstname: '很'.repeat(300), phone: '1', email: 'no address', password: 'Ab1' }]
    const { exchanges } = await record(
      { method: 'POST', path: operations[0].path, headers: [], body: JSON.stringify({ userList }) },
      { status: 400, headers: [], body: '{"code": 13000102, "msg": "Verify parameters failed."}' },
    )
    const [row] = JSON.parse(exchanges[0]?.request.body ?? '').userList
    expect([row.firstname.length, row.password.length]).toEqual([300, 3])
    expect(row.email).not.toContain('@')
    expect(JSON.parse(exchanges[0]?.response.body ?? '')).toEqual({ code: 13000102, msg: 'Verify parameters failed.' })
  })

  it('names no host that a redirect leads to', async () => {
    const { text } = await record(
      { method: 'GET', path: `${operations[3].path}?offset=0&limit=1`, headers: [], body: '' },
      { status: 302, headers: [['Location', 'https://zhang-san.corp.example/login?token=Zq9secret']], body: '' },
    )
    expect(text).not.toMatch(/zhang-san|Zq9secret/)
  })

  it.each([
    ['one long word', 'a'.repeat(80_000)],
    ['many addresses that are none', 'a@'.repeat(40_000)],
    ['many digits', '1 '.repeat(40_000)],
    ['many quotes', '"'.repeat(80_000)],
    ['many signs', 'token= '.repeat(12_000)],
  ])('takes no long time over a message of 80 KB: %s', async (_, msg) => {
    const took = await cpuMs(() =>
      record(
        { method: 'GET', path: `${operations[3].path}?offset=0&limit=1`, headers: [], body: '' },
        { status: 400, headers: [], body: JSON.stringify({ code: 13000102, msg }) },
      ),
    )
    expect(took).toBeLessThan(1000)
  })
})
