import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAuthorization } from '../../src/signing/index.ts'

const RIGHT = 'HMAC-SHA256 AppId=ab,SignedHeaders=host;x-date;x-user-id,Signature=cd'

describe('parseAuthorization', () => {
  it('reads the documented form', () => {
    expect(parseAuthorization(RIGHT)).toEqual({
      ok: true,
      appId: 'ab',
      signedHeaders: ['host', 'x-date', 'x-user-id'],
      signature: 'cd',
    })
  })

  it('accepts one space after a comma', () => {
    expect(parseAuthorization(RIGHT.replaceAll(',', ', '))).toEqual(parseAuthorization(RIGHT))
  })

  it('leaves the form of the signature to the comparison, so that a Base64 one can be diagnosed', () => {
    expect(parseAuthorization('HMAC-SHA256 AppId=a,SignedHeaders=x-date,Signature=q+/=')).toMatchObject({
      ok: true,
      signature: 'q+/=',
    })
  })

  it.each([
    ['', /it is empty/],
    ['HMAC-SHA256', /one space/],
    ['hmac-sha256 AppId=ab,SignedHeaders=a,Signature=b', /one space/],
    ['HMAC-SHA256  AppId=ab,SignedHeaders=a,Signature=b', /first field/],
    ['HMAC-SHA256,AppId=ab,SignedHeaders=a,Signature=b', /one space/],
    ['HMAC-SHA256 AppId=ab', /three fields/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a', /three fields/],
    ['HMAC-SHA256 AppId=ab;SignedHeaders=a;Signature=b', /three fields/],
    [`${RIGHT},X=1`, /more than three/],
    [`${RIGHT},`, /more than three/],
    ['HMAC-SHA256 Appid=ab,SignedHeaders=a,Signature=b', /first field is not AppId=/],
    ['HMAC-SHA256 AppId=,SignedHeaders=a,Signature=b', /first field/],
    ['HMAC-SHA256 AppId=a b,SignedHeaders=a,Signature=b', /first field/],
    ['HMAC-SHA256 SignedHeaders=a,AppId=ab,Signature=b', /first field/],
    ['HMAC-SHA256 AppId=ab,Signature=b,SignedHeaders=a', /second field/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=,Signature=b', /second field/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a b,Signature=b', /second field/],
    ['HMAC-SHA256 AppId=ab,  SignedHeaders=a,Signature=b', /second field/],
    ['HMAC-SHA256 AppId=ab ,SignedHeaders=a,Signature=b', /first field/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a,Signature=', /third field/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a,signature=b', /third field/],
    [`${RIGHT} `, /third field/],
    [`${RIGHT}\n`, /third field/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a;;b,Signature=b', /empty name/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a;,Signature=b', /empty name/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders="host;x-date",Signature=b', /not a header name/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a:b,Signature=b', /not a header name/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=a;b;a,Signature=b', /twice/],
    ['HMAC-SHA256 AppId=ab,SignedHeaders=Host;host,Signature=b', /twice/],
    ['SDK-HMAC-SHA256 Access=ab, SignedHeaders=host;x-sdk-date, Signature=cd', /SDK scheme/],
    ['Bearer mock-admin-token', /Bearer/],
    ['Bearer+mock-admin-token', /Bearer/],
    ['Basic YTpi', /Basic/],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c', /AWS/],
    ['mock-admin-token', /scheme is not HMAC-SHA256/],
  ])('refuses %j and says why', (value, reason) => {
    const parsed = parseAuthorization(value)
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
    expect(parsed).toMatchObject({ reason: expect.stringContaining('HMAC-SHA256 AppId=<id>,SignedHeaders=<a;b;c>') })
  })

  it('never quotes a header it refuses: it may hold a token or the AppSecret', () => {
    for (const value of ['Bearer canary-5f1', 'canary-5f1', 'HMAC-SHA256 canary-5f1', 'HMAC-SHA256 AppId=canary-5f1']) {
      expect(JSON.stringify(parseAuthorization(value))).not.toContain('canary-5f1')
    }
  })

  it('answers whatever comes, a megabyte included, without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseAuthorization(text).ok === 'boolean'))
    fc.assert(fc.property(fc.string(), (text) => typeof parseAuthorization(`HMAC-SHA256 ${text}`).ok === 'boolean'))
    expect(parseAuthorization(`HMAC-SHA256 AppId=${'a'.repeat(1_000_000)}`).ok).toBe(false)
  })
})
