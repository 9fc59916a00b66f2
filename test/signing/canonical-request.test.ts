import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRequest, stringToSign } from '../../src/signing/index.ts'

const lineOf = (number: number, url: string) =>
  canonicalRequest({ method: 'GET', url, headers: {} }, ['x-date']).split('\n')[number]

describe('the path of the canonical request', () => {
  it.each([
    ['/', '/'],
    ['', '/'],
    ['?a=1', '/'],
    ['//', '/'],
    ['/a', '/a/'],
    ['/a/', '/a/'],
    ['/a//', '/a/'],
    ['//a///b', '/a/b/'],
    ['/a/./b', '/a/b/'],
    ['/a/.', '/a/'],
    ['/a/..', '/'],
    ['/a/../b', '/b/'],
    ['/../../a', '/a/'],
    ['/a/%2e%2e/b', '/b/'],
    ['/.a/..b', '/.a/..b/'],
    ['/...', '/.../'],
    ['/a%2fb', '/a%2Fb/'],
    ['/%7Euser', '/~user/'],
    ['/a%20b', '/a%20b/'],
    ['/a b', '/a%20b/'],
    ['/a+b', '/a%2Bb/'],
    ['/李', '/%E6%9D%8E/'],
    ['/😀', '/%F0%9F%98%80/'],
    ['/a%', '/a%25/'],
    ['/a%zz', '/a%25zz/'],
    ['/a%2', '/a%252/'],
    ['/a%252F', '/a%252F/'],
    ["/a:@!$&'()*,;=", '/a%3A%40%21%24%26%27%28%29%2A%2C%3B%3D/'],
    ['/a#b', '/a%23b/'],
    ['a', '/a/'],
    ['*', '/%2A/'],
    ['https://example.org', '/'],
    ['https://example.org/a/b', '/a/b/'],
    ['https://example.org?a=1', '/'],
    ['https://example.org/a#fragment', '/a/'],
    ['/https://example.org/a', '/https%3A/example.org/a/'],
  ])('of %j is %j', (url, path) => {
    expect(lineOf(1, url)).toBe(path)
  })
})

describe('the query of the canonical request', () => {
  it.each([
    ['', ''],
    ['?', ''],
    ['?&&', ''],
    ['?a', 'a='],
    ['?a=', 'a='],
    ['?=a', '=a'],
    ['?a=1&&b=2', 'a=1&b=2'],
    ['?b=1&a=2', 'a=2&b=1'],
    ['?b=1&B=2&a=3&A=4', 'A=4&B=2&a=3&b=1'],
    ['?a=2&a=1&a', 'a=&a=1&a=2'],
    ['?a-b=1&a=2', 'a=2&a-b=1'],
    ['?a10=1&a2=2', 'a10=1&a2=2'],
    ['?%61=1', 'a=1'],
    ['?a=b=c', 'a=b%3Dc'],
    ['?a=b?c', 'a=b%3Fc'],
    ['?a=x+y', 'a=x%2By'],
    ['?a=x%20y', 'a=x%20y'],
    ['?a=x y', 'a=x%20y'],
    ['?a=%2b%2B', 'a=%2B%2B'],
    ['?a=~-._', 'a=~-._'],
    ["?a=!'()*", 'a=%21%27%28%29%2A'],
    ['?a=a/b:c,d;e@f', 'a=a%2Fb%3Ac%2Cd%3Be%40f'],
    ['?名=李', '%E5%90%8D=%E6%9D%8E'],
    ['?a=%E6%9d%8e', 'a=%E6%9D%8E'],
    ['?a=%C3', 'a=%C3'],
    ['?a=100%', 'a=100%25'],
    ['?a=%25', 'a=%25'],
    ['?a=%2525', 'a=%2525'],
    ['?z=1&%7B=2&%C3%A9=3', '%7B=2&%C3%A9=3&z=1'],
    ['?a=1#b', 'a=1%23b'],
    ['?__proto__=1&constructor=2', '__proto__=1&constructor=2'],
  ])('of %j is %j', (query, canonical) => {
    expect(lineOf(2, `/koodrive/ose/v1/userList${query}`)).toBe(canonical)
  })

  it('does not depend on the order of the parameters', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9%&=+/ ]{0,6}$/)
    fc.assert(
      fc.property(
        fc.array(
          part.map((text) => text.replaceAll('&', '')),
          { maxLength: 6 },
        ),
        (parameters) => {
          const url = (all: string[]) => `/a?${all.join('&')}`
          expect(lineOf(2, url([...parameters].reverse()))).toBe(lineOf(2, url(parameters)))
        },
      ),
    )
  })

  it('stays as it is when it is canonical already', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = lineOf(2, `/a?${text.replaceAll('#', '')}`)
        expect(lineOf(2, `/a?${query}`)).toBe(query)
      }),
    )
  })
})

describe('the header lines of the canonical request', () => {
  const linesOf = (headers: [string, string][], names: string[]) =>
    canonicalRequest({ method: 'GET', url: '/', headers }, names).split('\n').slice(3, -1)

  it.each<[string, [string, string][], string[], string[]]>([
    ['lower-cases names', [['X-Date', 'D']], ['X-DATE'], ['x-date:D', '', 'x-date']],
    [
      'sorts them',
      [
        ['B', '1'],
        ['A', '2'],
      ],
      ['b', 'a'],
      ['a:2', 'b:1', '', 'a;b'],
    ],
    [
      'sorts hyphens before letters',
      [
        ['xa', '1'],
        ['x-a', '2'],
      ],
      ['xa', 'x-a'],
      ['x-a:2', 'xa:1', '', 'x-a;xa'],
    ],
    ['trims spaces and tabs', [['A', ' \t x \t ']], ['a'], ['a:x', '', 'a']],
    ['keeps spaces inside a value', [['A', 'x  y']], ['a'], ['a:x  y', '', 'a']],
    ['keeps other white space', [['A', '\u00a0x']], ['a'], ['a:\u00a0x', '', 'a']],
    [
      'joins a repeated header',
      [
        ['A', ' 1 '],
        ['a', '2'],
      ],
      ['a'],
      ['a:1, 2', '', 'a'],
    ],
    ['lists a name once', [['A', '1']], ['a', 'A'], ['a:1', '', 'a']],
    ['gives an absent header an empty value', [], ['a'], ['a:', '', 'a']],
    ['keeps colons in a value', [['Host', '[::1]:80']], ['host'], ['host:[::1]:80', '', 'host']],
    ['has two empty lines without signed headers', [], [], ['', '']],
  ])('%s', (_, headers, names, lines) => {
    expect(linesOf(headers, names)).toEqual(lines)
  })

  it('are the same for a record, Node headers, pairs, a Map and fetch Headers', () => {
    const pairs: [string, string][] = [
      ['X-Date', 'D'],
      ['X-User-Id', '1'],
      ['X-A', '1'],
      ['X-A', '2'],
    ]
    const names = ['x-a', 'x-date', 'x-user-id']
    const expected = linesOf(pairs, names)
    for (const headers of [
      { 'X-Date': 'D', 'X-User-Id': '1', 'X-A': ['1', '2'], 'X-B': undefined },
      new Headers(pairs),
      new Map([
        ['X-Date', 'D'],
        ['x-user-id', '1'],
        ['X-A', '1, 2'],
      ]),
    ]) {
      expect(canonicalRequest({ method: 'GET', url: '/', headers }, names).split('\n').slice(3, -1)).toEqual(expected)
    }
  })
})

describe('the body hash of the canonical request', () => {
  const hashOf = (body: Uint8Array | string | undefined) =>
    canonicalRequest({ method: 'POST', url: '/', headers: {}, body }, []).split('\n').at(-1)

  it('is that of the empty text without a body', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    expect([hashOf(undefined), hashOf(''), hashOf(new Uint8Array())]).toEqual([empty, empty, empty])
  })

  it('is that of the bytes, whatever they are', () => {
    expect(hashOf(Uint8Array.of(0xff, 0x00, 0xfe))).toBe(
      'af9ceddc9d8b08ac09e1994bfd20459b5e377425df7354dfce3501992828a5b7',
    )
    expect(hashOf('李')).toBe(hashOf(Uint8Array.of(0xe6, 0x9d, 0x8e)))
  })

  it('sees only the view of a larger buffer', () => {
    expect(hashOf(Buffer.from('xabcx').subarray(1, 4))).toBe(hashOf('abc'))
  })
})

describe('stringToSign', () => {
  it('is the algorithm and the hash, two lines without a date', () => {
    expect(stringToSign('')).toBe('HMAC-SHA256\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(stringToSign('abc')).toBe('HMAC-SHA256\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
