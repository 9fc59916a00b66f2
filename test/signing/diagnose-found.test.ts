import { describe, expect, it } from 'vitest'
import { diagnose, diagnoseInSlices, type SignableRequest, sign } from '../../src/signing/index.ts'
import { LIST } from './mistaken-client-parts.ts'
import { sentBy } from './mistaken-client-request.ts'
import { type MistakenClient, mistakenClients } from './mistaken-clients.ts'
import { type Steps, sha256 } from './mistaken-signer.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }
const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)

function diagnoseClient(client: MistakenClient, options = {}) {
  const { method, target, headers, body } = sentBy(client, credentials, 'mock.example.org:4010')
  return diagnose({ method, url: target, headers, body }, { ...credentials, now: NOW, ...options })
}

/** The mistakes people make most, each in a step of its own, so that any two of different steps can be made at once. */
const common = [
  'method-lower-case',
  'path-no-trailing-slash',
  'path-other-prefix',
  'query-unsorted',
  'query-left-out',
  'host-port',
  'body-hash-left-empty',
  'layout-no-empty-line',
  'layout-trailing-newline',
  'string-to-sign-with-date',
  'canonical-request-not-hashed',
  'secret-trailing-newline',
  'secret-as-base64-bytes',
  'app-id-as-secret',
  'mac-plain-hash',
  'signature-base64',
  'signature-upper-case',
]

/** Two ways to the same bytes: one mistake, or another pair, explains these as well. */
const ambiguous = ['body-hash-left-empty+layout-trailing-newline', 'secret-trailing-newline+mac-plain-hash']

describe('two mistakes at once', () => {
  const pairs = common.flatMap((first, at) => common.slice(at + 1).map((second) => [first, second] as const))
  const made = pairs.flatMap(([first, second]) => {
    const a = mistakenClients[first]?.steps ?? {}
    const b = mistakenClients[second]?.steps ?? {}
    const isFree = Object.keys(a).every((step) => !Object.hasOwn(b, step))
    return isFree && !ambiguous.includes(`${first}+${second}`)
      ? [[first, second, { ...a, ...b } satisfies Partial<Steps>] as const]
      : []
  })

  it('are more than a hundred of the common ones', () => {
    expect(made.length).toBeGreaterThan(100)
  })

  it.each(made)('%s and %s are both named, and nothing else', (first, second, steps) => {
    const { mistakes, signature } = diagnoseClient({ steps })
    expect(signature).toBe('explained')
    expect(mistakes.map(({ id }) => id).sort()).toEqual([first, second].sort())
  })

  it('are three when the form of the signature gives one away', () => {
    const steps = { ...mistakenClients['path-no-trailing-slash']?.steps, ...mistakenClients['secret-case']?.steps }
    const output = mistakenClients['signature-base64']?.steps
    const { mistakes } = diagnoseClient({ steps: { ...steps, ...output } })
    expect(mistakes.map(({ id }) => id)).toEqual(['path-no-trailing-slash', 'secret-case', 'signature-base64'])
  })
})

describe('what a diagnosis shows', () => {
  it('labels the lines only the client has, only the server has, and those that differ', () => {
    const extra = diagnoseClient(mistakenClients['layout-extra-empty-line'] ?? {})
    expect(extra.differences).toEqual([{ line: 9, part: 'extra empty line', expected: null, actual: '' }])
    const missing = diagnoseClient(mistakenClients['layout-no-empty-line'] ?? {})
    expect(missing.differences).toEqual([{ line: 7, part: 'empty line', expected: '', actual: null }])
    const changed = diagnoseClient(mistakenClients['host-port'] ?? {})
    expect(changed.differences).toEqual([
      { line: 4, part: 'header host', expected: 'host:mock.example.org:4010', actual: 'host:mock.example.org' },
    ])
  })

  it('has no difference when the mistake comes after the canonical request, and shows the string to sign', () => {
    const { differences, clientStringToSign, expected } = diagnoseClient(
      mistakenClients['string-to-sign-with-date'] ?? {},
    )
    expect(differences).toEqual([])
    expect(clientStringToSign).toBe(expected.stringToSign.replace('\n', '\n20260416T080000Z\n'))
  })

  it('shows raw bytes that were signed as hex', () => {
    const client: MistakenClient = { steps: { text: () => Buffer.from('00ff', 'hex') } }
    expect(diagnoseClient(client).signature).toBe('unexplained')
    const rawHash = diagnoseClient({
      steps: { text: (canonical) => Buffer.from(sha256(canonical), 'hex') },
    })
    expect(rawHash.mistakes.map(({ id }) => id)).toEqual(['canonical-request-hash-form'])
    expect(rawHash.clientStringToSign).toMatch(/^hex:[0-9a-f]{64}$/)
  })

  it('is a plain object that survives JSON', () => {
    const diagnosis = diagnoseClient(mistakenClients['path-no-trailing-slash'] ?? {})
    expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis)
  })
})

describe('secrets', () => {
  const canary = 'canary/secret+7c1e'
  const spellings = [canary, 'canary%2Fsecret%2B7c1e', 'canary%252Fsecret%252B7c1e']
  const options = { appId: credentials.appId, appSecret: canary, now: NOW }
  const required = { Host: 'mock', 'X-Date': '20260416T080000Z', 'X-User-Id': '1844090530019957504' }

  it.each<[string, Partial<SignableRequest>, string]>([
    ['the query', { url: '/a?secret=canary%2Fsecret%2B7c1e' }, 'x-date;x-user-id'],
    ['the path, not encoded', { url: `/a/${canary}` }, 'x-date;x-user-id'],
    ['the query, encoded twice', { url: '/a?secret=canary%252Fsecret%252B7c1e' }, 'x-date;x-user-id'],
    ['a signed header', { headers: { ...required, 'X-Secret': canary } }, 'x-date;x-secret;x-user-id'],
    ['the body, signed raw', { method: 'POST', body: `{"secret":"${canary}"}` }, 'x-date;x-user-id'],
    ['X-Date', { headers: { ...required, 'X-Date': canary } }, 'x-date;x-user-id'],
  ])('are not repeated when a client puts them into %s', (_, change, list) => {
    const request = { method: 'GET', url: '/a', headers: required, ...change }
    for (const [appId, signature] of [
      [options.appId, 'a'.repeat(64)],
      [canary, canary],
    ]) {
      const authorization = `HMAC-SHA256 AppId=${appId},SignedHeaders=${list},Signature=${signature}`
      const headers = { ...(request.headers as Record<string, string>), Authorization: authorization }
      const text = JSON.stringify(diagnose({ ...request, headers }, options))
      for (const spelling of spellings) expect(text).not.toContain(spelling)
    }
  })

  it('of other applications are not repeated either', () => {
    const headers = {
      ...required,
      Authorization: `HMAC-SHA256 AppId=${canary},SignedHeaders=x-date;x-user-id,Signature=b`,
    }
    const knownSecrets = [{ appId: 'other', appSecret: canary }]
    const diagnosis = diagnose({ method: 'GET', url: '/', headers }, { ...credentials, now: NOW, knownSecrets })
    expect(diagnosis.mistakes.map(({ id }) => id)).toContain('secret-in-app-id')
    expect(JSON.stringify(diagnosis)).not.toContain(canary)
  })

  it('are not told by the right signature: one that was sent is cut short', () => {
    const request = { method: 'GET', url: '/a', headers: required }
    const signed = sign(request, options)
    const diagnosis = diagnose({ ...request, headers: signed.headers }, options)
    expect(diagnosis.claimed?.signature).toBe(`${signed.signature.slice(0, 8)}...`)
    const late = diagnose({ ...request, headers: signed.headers }, { ...options, now: NOW + 3_000_000 })
    expect(JSON.stringify(late)).not.toContain(signed.signature)
  })

  it('are told in a signed body neither as a line nor in the string to sign', () => {
    const client = mistakenClients['body-not-hashed'] ?? {}
    const { body } = sentBy(client, credentials, 'mock')
    const { steps } = client
    for (const all of [steps, { ...steps, ...mistakenClients['canonical-request-not-hashed']?.steps }]) {
      const diagnosis = diagnoseClient({ ...client, steps: { ...all } })
      expect(diagnosis.mistakes[0]?.id).toBe('body-not-hashed')
      expect(JSON.stringify(diagnosis)).not.toContain(JSON.stringify(body).slice(1, -1))
      expect(diagnosis.clientCanonicalRequest).toMatch(/\n\(the body itself\)$/)
    }
  })
})

describe('of several explanations', () => {
  it('a line end is preferred to another style of JSON', () => {
    const send = { method: 'POST', target: '/a', body: '{"a":1}\n' }
    const steps = { payload: (body: string) => sha256(body.trimEnd()) }
    expect(diagnoseClient({ send, steps }).mistakes.map(({ id }) => id)).toEqual(['body-line-end'])
  })

  it('the one with fewer mistakes is preferred', () => {
    const send = { method: 'GET', target: '/?a=1', body: '' }
    const steps = { path: () => '', query: () => 'a=1' }
    expect(diagnoseClient({ send, steps }).mistakes).toHaveLength(1)
  })
})

describe('the search', () => {
  const unknown: MistakenClient = { steps: { key: () => 'a secret nobody knows' } }

  it('is bounded by maxEffort', () => {
    const last: MistakenClient = mistakenClients['mac-hashed-again'] ?? {}
    expect(diagnoseClient(last, { maxEffort: 10 })).toMatchObject({ signature: 'unexplained', isCutShort: true })
    expect(diagnoseClient(last, { maxEffort: 20_000 })).toMatchObject({ signature: 'explained', isCutShort: false })
    expect(diagnoseClient(unknown, { maxEffort: 0 })).toMatchObject({ signature: 'unexplained', isCutShort: true })
    expect(diagnoseClient(unknown)).toMatchObject({ signature: 'unexplained', isCutShort: false })
  })

  const slicesOf = (client: MistakenClient, maxEffort?: number): number => {
    const { method, target, headers, body } = sentBy(client, credentials, 'mock.example.org:4010')
    const options = { ...credentials, now: NOW, ...(maxEffort !== undefined && { maxEffort }) }
    return [...diagnoseInSlices({ method, url: target, headers, body }, options)].length
  }

  it('lets others run between its slices, and gives what diagnose gives', () => {
    const { method, target, headers, body } = sentBy(unknown, credentials, 'mock')
    const request = { method, url: target, headers, body }
    const slices = diagnoseInSlices(request, { ...credentials, now: NOW })
    let slice = slices.next()
    while (!slice.done) slice = slices.next()
    expect(slice.value).toEqual(diagnose(request, { ...credentials, now: NOW }))
    expect(slicesOf(unknown)).toBeGreaterThan(10)
    expect(slicesOf(unknown, 1000)).toBeLessThan(4)
  })

  it.each([
    ['a long query', { target: `${LIST}?${'k=%20&'.repeat(1300)}` }],
    ['a large body', { method: 'POST', body: `{"userList":[${'{"firstname":"李","phone":"1"},'.repeat(5000)}{}]}` }],
    ['a body that is not JSON', { method: 'POST', body: 'é'.repeat(100_000) }],
  ])('takes no more than a few times as long over %s', (_, send) => {
    const client = { ...unknown, send: { method: 'GET', target: LIST, body: '', ...send } }
    expect(slicesOf(client)).toBeLessThan(5 * slicesOf(unknown))
    expect(slicesOf(client, 1000)).toBeLessThan(4)
  })

  it('does not make a right signature wrong, however small maxEffort is', () => {
    expect(diagnoseClient({}, { maxEffort: 0 }).ok).toBe(true)
  })

  it('explains nothing by chance: a thousand random signatures stay unexplained by single mistakes', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const written = () => sha256(String(seed))
      expect(diagnoseClient({ steps: { written } }, { maxEffort: 20 }).signature).toBe('unexplained')
    }
  })

  it('bears bodies and targets of any size and kind', () => {
    const bodies = [`${'['.repeat(200_000)}`, `{"a":"${'x'.repeat(2_000_000)}"}`, '\u0000\ud800"\\', '{"a":1,}', '"']
    for (const body of bodies) {
      const request = { method: 'POST', target: `/a?${'k=%20&'.repeat(3000)}`, body }
      expect(diagnoseClient({ ...unknown, send: request }).signature).toBe('unexplained')
    }
  })
})

describe('a + of the query', () => {
  const asSent = (raw: string) => raw.split('&').sort().join('&')
  it.each([
    ['keyWord=a+b&limit=1&offset=0', asSent, 'query-plus-for-blank'],
    ['keyWord=a+b%2Bc&limit=1&offset=0', asSent, 'query-plus-for-blank'],
    ['keyWord=%E6%9D%8E+b&limit=1&offset=0', asSent, 'query-plus-for-blank'],
    ['keyWord=a%20b&limit=1&offset=0', (raw: string) => raw.replaceAll('%20', '+'), 'query-plus-for-blank'],
    ['keyWord=a+b&limit=1&offset=0', (raw: string) => raw.replaceAll('+', '%20'), 'query-plus-for-blank'],
    ['keyWord=a%2Bb&limit=1&offset=0', (raw: string) => raw.replaceAll('%2B', '+'), 'query-not-encoded'],
  ])('of %s that is signed otherwise is told by what was done', (raw, query, id) => {
    const target = LIST.slice(0, LIST.indexOf('?'))
    const { mistakes } = diagnoseClient({ send: { target: `${target}?${raw}` }, steps: { query } } as never)
    expect(mistakes.map((one) => one.id)).toEqual([id])
  })
})
