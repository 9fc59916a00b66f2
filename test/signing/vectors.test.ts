import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalRequest, sign, stringToSign, verify } from '../../src/signing/index.ts'
import file from './vectors.json' with { type: 'json' }

const recordOf = (headers: object): Record<string, string> => ({ ...headers }) as Record<string, string>

describe('every vector', () => {
  it('is there: 18 of them', () => {
    expect(file.vectors).toHaveLength(18)
  })

  describe.each(file.vectors)('$name', (vector) => {
    const request = {
      method: vector.method,
      url: vector.target,
      headers: recordOf(vector.headers),
      body: vector.body,
    }
    const { appId, appSecret, signedHeaders } = vector

    it('has the canonical request, its hash and the string to sign of the vector', () => {
      const canonical = canonicalRequest(request, signedHeaders)
      expect(canonical).toBe(vector.canonicalRequest)
      expect(createHash('sha256').update(canonical).digest('hex')).toBe(vector.hashedCanonicalRequest)
      expect(stringToSign(canonical)).toBe(vector.stringToSign)
    })

    it('has the signature and the Authorization header of the vector', () => {
      const signed = sign(request, { appId, appSecret, signedHeaders })
      expect(signed).toMatchObject({
        signature: vector.signature,
        authorization: vector.authorization,
        canonicalRequest: vector.canonicalRequest,
        stringToSign: vector.stringToSign,
      })
    })

    it('is verified', () => {
      const headers = { ...recordOf(vector.headers), Authorization: vector.authorization }
      expect(verify({ ...request, headers }, { appSecret })).toEqual({ ok: true })
    })

    it('does not depend on whether the body is text or bytes, or on the shape of the headers', () => {
      const pairs = Object.entries(recordOf(vector.headers)).map(([name, value]): [string, string] => [name, value])
      const bytes = { ...request, headers: pairs, body: Buffer.from(vector.body) }
      expect(sign(bytes, { appId, appSecret, signedHeaders }).signature).toBe(vector.signature)
      const fetchHeaders = { ...request, headers: new Headers(pairs) }
      expect(sign(fetchHeaders, { appId, appSecret, signedHeaders }).signature).toBe(vector.signature)
    })
  })
})
