import { describe, expect, it } from 'vitest'
import { explainSigning, isSigningError, type SignableRequest, SigningError, sign } from '../../src/signing/index.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'canary-secret-7c1e' }
const required = { 'X-Date': '20260416T080000Z', 'X-User-Id': '1844090530019957504' }
const url = 'https://intl.myhuaweicloud-koodrive.com/koodrive/ose/v1/userList?offset=0&limit=10'
const request: SignableRequest = { method: 'GET', url, headers: required }

describe('sign', () => {
  it('adds Host of an absolute URL, and Authorization, to the headers as they were', () => {
    const { headers, authorization } = sign(request, credentials)
    expect(headers).toEqual([
      ['Host', 'intl.myhuaweicloud-koodrive.com'],
      ['X-Date', '20260416T080000Z'],
      ['X-User-Id', '1844090530019957504'],
      ['Authorization', authorization],
    ])
  })

  it.each([
    ['http://127.0.0.1:4010/a', '127.0.0.1:4010'],
    ['http://127.0.0.1:80/a', '127.0.0.1'],
    ['https://example.org:443/a', 'example.org'],
    ['http://example.org:443/a', 'example.org:443'],
    ['https://Example.ORG/a', 'example.org'],
    ['https://user:password@example.org/a', 'example.org'],
    ['http://[::1]:4010/a', '[::1]:4010'],
    ['https://bücher.example?a=1', 'xn--bcher-kva.example'],
  ])('signs for %s the Host that a client sends, %s', (absolute, host) => {
    const signed = sign({ ...request, url: absolute }, credentials)
    expect(signed.headers[0]).toEqual(['Host', host])
    expect(signed.canonicalRequest).toContain(`\nhost:${host}\n`)
  })

  it('leaves a Host that is there alone, and does without one that nobody knows', () => {
    const own = sign({ ...request, headers: { host: 'proxy.example', ...required } }, credentials)
    expect(own.headers.filter(([name]) => name.toLowerCase() === 'host')).toEqual([['host', 'proxy.example']])
    const none = sign({ ...request, url: '/koodrive/ose/v1/userList' }, credentials)
    expect(none.signedHeaders).toEqual(['x-date', 'x-user-id'])
  })

  it('replaces an Authorization header and never signs it', () => {
    const headers = { ...required, authorization: 'Bearer x' }
    const signed = sign({ ...request, headers }, credentials)
    expect(signed.headers.filter(([name]) => name.toLowerCase() === 'authorization')).toHaveLength(1)
    expect(signed.signature).toBe(sign(request, credentials).signature)
  })

  it('signs the headers it is told to, in any case and order', () => {
    const headers = { ...required, 'Content-Type': 'application/json' }
    const signed = sign(
      { ...request, headers },
      { ...credentials, signedHeaders: ['X-User-Id', 'content-type', 'X-DATE'] },
    )
    expect(signed.signedHeaders).toEqual(['content-type', 'x-date', 'x-user-id'])
    expect(signed.authorization).toContain('SignedHeaders=content-type;x-date;x-user-id,')
  })

  it('gives the same signature for the absolute URL and for its origin form', () => {
    const headers = { ...required, Host: 'intl.myhuaweicloud-koodrive.com' }
    const origin = sign({ ...request, url: '/koodrive/ose/v1/userList?offset=0&limit=10', headers }, credentials)
    expect(sign(request, credentials).signature).toBe(origin.signature)
  })

  it('does not hold the AppSecret', () => {
    expect(JSON.stringify(sign(request, credentials))).not.toContain(credentials.appSecret)
  })

  it.each<[string, RegExp, Partial<SignableRequest>, object]>([
    ['x-date-absent', /add it before signing.*formatXDate/, { headers: { 'X-User-Id': '1' } }, {}],
    ['x-date-malformed', /"2026-04-16".*20240831T143829Z/, { headers: { ...required, 'X-Date': '2026-04-16' } }, {}],
    ['x-date-malformed', /20260230T080000Z/, { headers: { ...required, 'X-Date': '20260230T080000Z' } }, {}],
    [
      'x-date-malformed',
      /real UTC date/,
      { headers: [...Object.entries(required), ['x-date', '20260416T080000Z']] },
      {},
    ],
    ['x-user-id-absent', /id of the calling user/, { headers: { 'X-Date': '20260416T080000Z' } }, {}],
    ['x-user-id-malformed', /one user id/, { headers: { ...required, 'X-User-Id': ' ' } }, {}],
    ['x-user-id-malformed', /one user id/, { headers: { ...required, 'X-User-Id': '1, 2' } }, {}],
    ['signed-headers-incomplete', /must list x-date/, {}, { signedHeaders: ['host', 'x-user-id'] }],
    ['signed-headers-incomplete', /must list x-user-id/, {}, { signedHeaders: ['X-Date'] }],
    ['signed-header-absent', /lists x-gone/, {}, { signedHeaders: ['x-date', 'x-user-id', 'x-gone'] }],
    ['signed-header-malformed', /"x;y"/, {}, { signedHeaders: ['x-date', 'x-user-id', 'x;y'] }],
    ['signed-header-malformed', /holds the signature/, {}, { signedHeaders: ['x-date', 'x-user-id', 'authorization'] }],
    ['app-id-malformed', /not empty/, {}, { appId: '' }],
    ['app-id-malformed', /without a comma/, {}, { appId: 'a,b' }],
    ['app-secret-empty', /variable/, {}, { appSecret: '' }],
  ])('throws %s with a message that teaches (%s)', (code, message, change, options) => {
    const act = () => sign({ ...request, ...change }, { ...credentials, ...options })
    expect(act).toThrow(SigningError)
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })

  it('throws nothing that holds the AppSecret, also when it was given as AppId', () => {
    const appId = `${credentials.appSecret} ,`
    expect(() => sign(request, { ...credentials, appId })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(credentials.appSecret) }),
    )
  })
})

describe('isSigningError', () => {
  it('knows the error of another copy of the package, and nothing else', () => {
    const foreign = Object.assign(new Error('x'), { name: 'SigningError', code: 'x-date-absent' })
    expect(isSigningError(foreign)).toBe(true)
    expect(isSigningError(new SigningError('x-date-absent', 'x'))).toBe(true)
    expect([new Error('x'), undefined, { name: 'SigningError', code: 'x' }].some(isSigningError)).toBe(false)
  })
})

describe('explainSigning', () => {
  it('names every line of the canonical request, and shows all that follows from it', () => {
    expect(explainSigning(sign(request, credentials))).toMatchInlineSnapshot(`
      "Canonical request (lines joined by line feeds, none at the end)
        method              GET
        path                /koodrive/ose/v1/userList/
        query               limit=10&offset=0
        header host         host:intl.myhuaweicloud-koodrive.com
        header x-date       x-date:20260416T080000Z
        header x-user-id    x-user-id:1844090530019957504
        empty line
        signed headers      host;x-date;x-user-id
        body hash           e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

      String to sign (two lines)
        algorithm           HMAC-SHA256
        hash                1e18d8b4dc6b22649ba3bbd4741543430e8a106a8fbfd5f6e4f125f755974890  = hex(SHA-256(canonical request))

      Signature = hex(HMAC-SHA256(AppSecret, string to sign))
        signature           4986bd5ac73580fa398afcd0bd2745de1e2dcb82533d404e95f944de718c031a

      Header to send
        Authorization       HMAC-SHA256 AppId=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,SignedHeaders=host;x-date;x-user-id,Signature=4986bd5ac73580fa398afcd0bd2745de1e2dcb82533d404e95f944de718c031a
      "
    `)
  })

  it('does not tell the AppSecret', () => {
    expect(explainSigning(sign(request, credentials))).not.toContain(credentials.appSecret)
  })

  it('leaves no space at the end of a line, also without a query', () => {
    const text = explainSigning(sign({ ...request, url: 'https://example.org/' }, credentials))
    expect(text).not.toMatch(/[ \t]$/m)
  })
})
