import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type DiagnoseOptions, diagnose, formatXDate } from '../../src/signing/index.ts'
import { sample } from '../support/judge.ts'
import { compact, create, jackson, LIST, list, type MistakenClient, valueAs } from './mistaken-client-parts.ts'
import { sentBy } from './mistaken-client-request.ts'
import { query, right, type Steps, sha256 } from './mistaken-signer.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }
const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)

const diagnoseClient = (client: MistakenClient, options: Partial<DiagnoseOptions> = {}, host = '127.0.0.1:4010') => {
  const { method, target, headers, body } = sentBy(client, credentials, host)
  return diagnose({ method, url: target, headers, body }, { ...credentials, now: NOW, ...options })
}
const idsOf = (client: MistakenClient, options: Partial<DiagnoseOptions> = {}, host?: string) =>
  diagnoseClient(client, options, host).mistakes.map(({ id }) => id)

const signedBody = (bytes: string | Buffer): Partial<Steps> => ({ payload: () => sha256(bytes) })
const chinese = '{"userList":[{"firstname":"李雷","phone":"13900000001"}]}'
const typed = { signed: ['content-type', 'host', 'x-date', 'x-user-id'] }

/** What frameworks and platforms do behind the back of a client. */
const clients: readonly (readonly [what: string, id: string, client: MistakenClient])[] = [
  ...['; charset=utf-8', ';charset=UTF-8', '; charset=UTF-8', ''].flatMap((sent) =>
    ['; charset=utf-8', '; charset=UTF-8', '']
      .filter((signed) => signed !== sent)
      .map((signed): [string, string, MistakenClient] => [
        `Content-Type signed with "${signed}" and sent with "${sent}"`,
        'content-type-parameters',
        {
          ...typed,
          send: create(compact),
          replace: { 'Content-Type': `application/json${sent}` },
          steps: valueAs('content-type', () => `application/json${signed}`),
        },
      ]),
  ),
  [
    "Jackson's pretty printer hashed, compact sent",
    'body-jackson-json',
    { send: create(compact), steps: signedBody(jackson) },
  ],
  ['compact hashed, Jackson sent', 'body-compact-json', { send: create(jackson), steps: signedBody(compact) }],
  [
    'Jackson on Windows',
    'body-jackson-json',
    { send: create(compact), steps: signedBody(jackson.replaceAll('\n', '\r\n')) },
  ],
  [
    'keys in the order of a hash map',
    'body-keys-reordered',
    {
      send: create('{"userList":[{"firstname":"Ann","surname":"Lee","phone":"13900000001","email":"a@b.cn"}]}'),
      steps: signedBody('{"userList":[{"phone":"13900000001","surname":"Lee","email":"a@b.cn","firstname":"Ann"}]}'),
    },
  ],
  [
    'a flat form in place of JSON',
    'body-sent-as-form',
    { send: create('firstname=Ann&phone=1390'), steps: signedBody('{"firstname":"Ann","phone":"1390"}') },
  ],
  [
    "the form that Python's requests makes of nested data",
    'body-is-a-form',
    { send: create('userList=firstname&userList=phone'), steps: signedBody(chinese) },
  ],
  [
    'a body hashed in GBK and sent in UTF-8',
    'body-charset',
    {
      send: create(chinese),
      steps: signedBody(Buffer.from(chinese.replace('李雷', 'ÀîÀ×'), 'latin1')),
    },
  ],
  [
    'a body hashed in Shift_JIS and sent in UTF-8',
    'body-charset',
    {
      send: create('{"firstname":"日本"}'),
      steps: signedBody(
        Buffer.concat([Buffer.from('{"firstname":"'), Buffer.from('93fa967b', 'hex'), Buffer.from('"}')]),
      ),
    },
  ],
  [
    'a body hashed in ASCII, with question marks',
    'body-charset',
    { send: create(chinese), steps: signedBody(chinese.replace('李雷', '??')) },
  ],
  [
    'a body hashed in UTF-8 and sent in GBK',
    'body-charset',
    { send: create(Buffer.from(chinese.replace('李雷', 'ÀîÀ×'), 'latin1')), steps: signedBody(chinese) },
  ],
  ...[gzipSync, deflateSync, brotliCompressSync].flatMap((compress): [string, string, MistakenClient][] => [
    [
      `a body compressed by ${compress.name} after it was signed`,
      'body-compressed-after-signing',
      { send: create(compress(chinese)), steps: signedBody(chinese) },
    ],
  ]),
  [
    'a body compressed before it was signed, and sent as it was',
    'body-compressed-before-signing',
    { send: create(chinese), steps: signedBody(gzipSync(chinese)) },
  ],
  ...['path?query/ as the path', 'path?query/ and the query on its own line'].map(
    (what, at): [string, string, MistakenClient] => [
      what,
      'layout-slash-behind-query',
      {
        send: list('limit=10&offset=0'),
        steps: { path: (all) => `${all}?limit=10&offset=0/`, query: (raw) => (at === 0 ? '' : right.query(raw)) },
      },
    ],
  ),
  ...['/proxy', '/api', '/gateway'].map((prefix): [string, string, MistakenClient] => [
    `${prefix} in front of the path`,
    'path-other-prefix',
    { steps: { path: (all) => right.path(`${prefix}${all}`) } },
  ]),
  [
    'a prefix that X-Forwarded-Prefix tells',
    'path-other-prefix',
    { replace: { 'X-Forwarded-Prefix': '/drive/' }, steps: { path: (all) => right.path(`/drive${all}`) } },
  ],
  [
    'a prefix in place of the one that arrives',
    'path-other-prefix',
    { steps: { path: (all) => right.path(all.replace('/koodrive/ose', '/gateway')) } },
  ],
  ...['Mock.Example.Org', 'MOCK.EXAMPLE.ORG', 'Mock.example.ORG'].map((host): [string, string, MistakenClient] => [
    `Host signed as ${host}`,
    'host-lower-cased',
    { replace: { Host: 'mock.example.org' }, steps: valueAs('host', () => host) },
  ]),
  ...['localhost:8080', '127.0.0.1:3000', 'koodrive-mock:4010', 'mock'].map(
    (host): [string, string, MistakenClient] => [
      `Host signed as ${host} in front of a proxy that leaves no trace`,
      'host-of-another-address',
      { replace: { Host: '10.1.2.3:9999' }, steps: valueAs('host', () => host) },
    ],
  ),
  ...[1, 9, 11, 61, 299, 840].map((seconds): [string, string, MistakenClient] => [
    `X-Date signed ${seconds} s before it was sent`,
    'x-date-signed-anew',
    { steps: valueAs('x-date', () => formatXDate(NOW - seconds * 1000)) },
  ]),
  ['X-User-Id signed is not the one sent', 'x-user-id-other', { steps: valueAs('x-user-id', () => '77') }],
  [
    '~ signed as %7E',
    'query-tilde-encoded',
    { send: list('keyWord=~a%20b&limit=1'), steps: { query: (raw) => right.query(raw).replaceAll('~', '%7E') } },
  ],
]

const known = { knownUserIds: ['1844090530019957504', '77'] }

describe('what libraries, platforms and proxies do behind the back of a client', () => {
  it.each(clients)('%s is told as %s', (_, id, client) => {
    expect(idsOf(client, known)).toEqual([id])
  })

  const frequentBeside: Readonly<Record<string, Partial<Steps>>> = {
    'path-no-trailing-slash': { path: (all) => all },
    'secret-trailing-newline': { key: (secret) => `${secret}\n` },
  }
  /** Tried alone only, too far from what was sent, or no explanation of the signature. */
  const single = ['body-compressed-before-signing', 'body-is-a-form']
  const tooFar = /signed (299|840) s|Mock.example.ORG/
  const beside = clients.flatMap(([what, id, client]) =>
    Object.entries(frequentBeside).flatMap(([second, steps]) => {
      const isFree = Object.keys(steps).every((step) => !Object.hasOwn(client.steps ?? {}, step))
      if (single.includes(id) || tooFar.test(what) || !isFree) return []
      if (second.startsWith('path') && id.startsWith('layout')) return []
      return [[what, second, id, { ...client, steps: { ...client.steps, ...steps } }] as const]
    }),
  )

  it('is told together with a frequent mistake too', () => {
    expect(beside.length).toBeGreaterThan(70)
    const wrong = sample(beside, 4).flatMap(([what, second, id, client]) => {
      const ids = idsOf(client, known)
      return [...ids].sort().join() === [id, second].sort().join() ? [] : [`${what} + ${second}: ${ids}`]
    })
    expect(wrong).toEqual([])
  })
})

describe('the first attempt from the page of the vendor', () => {
  it('makes three mistakes at once, and all three are told', () => {
    const steps = { path: (all: string) => all, query: query({ sorted: false }), ...valueAs('host', () => '127.0.0.1') }
    const { mistakes, summary } = diagnoseClient({ steps })
    expect(mistakes.map(({ id }) => id)).toEqual(['path-no-trailing-slash', 'query-unsorted', 'host-port'])
    expect(summary).toMatch(/^3 mistakes: \(1\) The path was signed without the slash at its end/)
  })
})

describe('an X-Date by a pattern that is nearly right', () => {
  const at = (now: number, text: string) => {
    const client = { replace: { 'X-Date': text } }
    return diagnoseClient(client, { now }).mistakes.map(({ id, title }) => `${id}: ${title}`)
  }

  it.each([
    ['the 12-hour clock in the afternoon', '2026-04-16T14:30:10Z', '20260416T023005Z', 'x-date-pattern', 'hh'],
    ['the 12-hour clock at midnight', '2026-04-16T00:30:10Z', '20260416T123005Z', 'x-date-pattern', 'hh'],
    ['minutes for months', '2026-04-16T08:07:10Z', '20260716T080705Z', 'x-date-pattern', 'mm'],
    ['minutes for months, no such month', '2026-04-16T08:45:10Z', '20264516T084505Z', 'x-date-malformed', 'mm'],
    ['months for minutes', '2026-04-16T08:45:10Z', '20260416T080405Z', 'x-date-pattern', 'MM'],
    ['the year of the week', '2025-12-30T08:00:10Z', '20261230T080005Z', 'x-date-pattern', 'YYYY'],
    ['the day of the year', '2026-04-16T08:00:10Z', '202604106T080005Z', 'x-date-malformed', 'DD'],
    ['the day of the year, two digits', '2026-01-31T08:00:10Z', '20260131T080005Z', undefined, ''],
    ['the day of the year in February', '2026-02-16T08:00:10Z', '20260247T080005Z', 'x-date-malformed', 'DD'],
    ['hours to 24', '2026-04-16T00:05:10Z', '20260416T240505Z', 'x-date-malformed', 'kk'],
    ['two digits of the year', '2026-04-16T08:00:10Z', '260416T080005Z', 'x-date-malformed', 'yy'],
    ['quotes that are kept', '2026-04-16T08:00:10Z', "20260416'T'080005'Z'", 'x-date-malformed', 'quotes'],
    ['small letters', '2026-04-16T08:00:10Z', '20260416t080005z', 'x-date-malformed', 'lower case'],
    ['milliseconds', '2026-04-16T08:00:10Z', '20260416T080005.123Z', 'x-date-malformed', 'fractions'],
    ['the pattern itself', '2026-04-16T08:00:10Z', 'yyyyMMddTHHmmssZ', 'x-date-malformed', 'pattern itself'],
  ])('%s: at %s, %s', (_, now, text, id, detail) => {
    const told = at(Date.parse(now), text)
    if (id === undefined) return expect(told).toEqual([])
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(`${id}: `)
    expect(told[0]).toContain(detail)
    return undefined
  })
})

describe('a clock of the service that was moved', () => {
  const movedClock = { realNow: NOW, what: 'it is 8 h ahead of the real time', undo: 'PUT the clock back' }
  const at = (now: number) => diagnoseClient({}, { now, movedClock })

  it.each([8, -8, 0.5, -24, 24 * 365])('by %i hours is told instead of a wrong clock of the client', (hours) => {
    const { mistakes, summary } = at(NOW + hours * 3_600_000)
    expect(mistakes.map(({ id }) => id)).toEqual(['clock-moved'])
    expect(summary).toContain('it is 8 h ahead of the real time')
    expect(summary).toContain('PUT the clock back')
  })

  it('accuses nobody while X-Date is in the window, and the client when its date is wrong by both clocks', () => {
    expect(at(NOW + 60_000).ok).toBe(true)
    const ids = idsOf({ replace: { 'X-Date': '20260101T000000Z' } }, { now: NOW + 3_600_000, movedClock })
    expect(ids).toEqual(['x-date-too-old'])
  })
})

describe('right requests', () => {
  it('are accused of nothing: two hundred, of random methods, paths, queries, headers and bodies', () => {
    let state = 7
    const next = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const words = ['a b', '~x', 'é', '李', '%', '+', '/', 'A', '', '=', '&', '"', '*', '10', "'"]
    const word = () => `${words[next(words.length)]}${words[next(words.length)]}`
    for (let count = 0; count < 200; count += 1) {
      const pairs = Array.from({ length: next(5) }, () => `${encodeURIComponent(word())}=${encodeURIComponent(word())}`)
      const body = next(2) === 0 ? '' : JSON.stringify({ userList: [{ firstname: word(), phone: word() }] })
      const send = { method: body === '' ? 'GET' : 'POST', target: `${LIST}?${pairs.join('&')}`, body }
      const replace = { 'Content-Type': 'application/json; charset=utf-8', 'X-Extra': `v${next(100)}` }
      const signed = next(2) === 0 ? typed.signed : [...typed.signed, 'x-extra']
      expect(diagnoseClient({ send, replace, signed }, known)).toMatchObject({ ok: true, mistakes: [] })
    }
  })
})
