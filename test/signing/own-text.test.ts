import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { compareOwnText, firstDifference, formatXDate, sign, visible } from '../../src/signing/index.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }
const required = { Host: 'mock', 'X-Date': formatXDate(1_700_000_000_000), 'X-User-Id': '1' }
const request = { method: 'GET', url: '/koodrive/ose/v1/userList?offset=0', headers: required }
const right = sign(request, credentials)

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The request with a signature that a client made of its own text. */
function signedBy(own: string, appSecret = credentials.appSecret) {
  const text = own.startsWith('HMAC') ? own : `HMAC-SHA256\n${hash(own)}`
  const { authorization } = right
  const signature = createHmac('sha256', appSecret).update(text).digest('hex')
  return { ...request, headers: { ...required, Authorization: authorization.replace(/[0-9a-f]{64}$/, signature) } }
}

describe("a client's own canonical request", () => {
  it.each<[string, string, number, string, string, string]>([
    ['no slash at the end', right.canonicalRequest.replace('userList/', 'userList'), 2, 'path', '2f', ''],
    ['CR LF', right.canonicalRequest.replaceAll('\n', '\r\n'), 1, 'method', '', '0d'],
    [
      'a space at the end of a header',
      right.canonicalRequest.replace('host:mock', 'host:mock '),
      4,
      'header host',
      '',
      '20',
    ],
    [
      'a no-break space',
      right.canonicalRequest.replace('x-user-id:1', 'x-user-id:\u00a01'),
      6,
      'header x-user-id',
      '31',
      'c2 a0 31',
    ],
    ['a line feed at the end', `${right.canonicalRequest}\n`, 10, 'end', '', ''],
    [
      'no empty line',
      right.canonicalRequest.replace('\n\nhost;', '\nhost;'),
      7,
      'empty line',
      '',
      '68 6f 73 74 3b 78 2d 64',
    ],
  ])('with %s is told by the first line that differs', (_, own, line, part, expected, actual) => {
    const {
      kind,
      isRight,
      makesSignature,
      firstDifference: difference,
      summary,
    } = compareOwnText(own, signedBy(own), credentials)
    expect({ kind, isRight, makesSignature }).toEqual({
      kind: 'canonical request',
      isRight: false,
      makesSignature: true,
    })
    expect(difference).toMatchObject({ line, part, expectedBytes: expected, actualBytes: actual })
    expect(summary).toContain(`line ${line} (${part})`)
    expect(summary).toContain('the AppSecret and the HMAC are right')
  })

  it('that is right and not what was signed points to what comes after it', () => {
    const { isRight, makesSignature, summary } = compareOwnText(
      right.canonicalRequest,
      signedBy(right.canonicalRequest, 'other secret'),
      credentials,
    )
    expect({ isRight, makesSignature }).toEqual({ isRight: true, makesSignature: false })
    expect(summary).toMatch(/check the string to sign, the AppSecret and the HMAC/)
  })

  it('that is right and was signed is right', () => {
    const comparison = compareOwnText(right.canonicalRequest, { ...request, headers: right.headers }, credentials)
    expect(comparison).toMatchObject({ isRight: true, makesSignature: true })
    expect(comparison.firstDifference).toBeUndefined()
  })

  it('is compared without an Authorization header too, by the usual signed headers', () => {
    const comparison = compareOwnText(right.canonicalRequest, request, credentials)
    expect(comparison).toMatchObject({ isRight: true, makesSignature: undefined })
  })
})

describe("a client's own string to sign", () => {
  it('is recognised, and its hash points back to the canonical request', () => {
    const own = `HMAC-SHA256\n${'0'.repeat(64)}`
    const comparison = compareOwnText(own, signedBy(own), credentials)
    expect(comparison).toMatchObject({
      kind: 'string to sign',
      makesSignature: true,
      firstDifference: { part: 'hash' },
    })
    expect(comparison.summary).toContain('compare these')
  })

  it('with a line too many is told by its line', () => {
    const own = right.stringToSign.replace('\n', '\n20260416T080000Z\n')
    expect(compareOwnText(own, request, credentials).firstDifference).toMatchObject({ line: 2, part: 'hash' })
  })
})

describe('what cannot be seen', () => {
  it.each([
    [' a ', '\\u0020a\\u0020'],
    ['a\tb\r', 'a\\tb\\r'],
    ['\ufeffGET', '\\ufeffGET'],
    ['a\u200bb\u00a0c\u3000', 'a\\u200bb\\u00a0c\\u3000'],
    ['a b', 'a b'],
    ['李\u0000', '李\\u0000'],
  ])('%j is written out as %s', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it('never repeats the AppSecret', () => {
    const own = right.canonicalRequest.replace('offset=0', credentials.appSecret)
    expect(JSON.stringify(compareOwnText(own, request, credentials))).not.toContain(credentials.appSecret)
  })

  it('is no difference between equal texts', () => {
    expect(firstDifference('a\nb', 'a\nb')).toBeUndefined()
  })
})
