import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalTextOf, rightAttempt } from '../../src/signing/attempt.ts'
import { canonicalRequest } from '../../src/signing/canonical-request.ts'
import { hmacKey, hmacSha256 } from '../../src/signing/digest.ts'
import { parseJsonText, writeJsonText } from '../../src/signing/mistakes/json-text.ts'
import { mistakes } from '../../src/signing/mistakes/table.ts'
import { splitTarget, toHeaderPairs } from '../../src/signing/request.ts'

describe('the table of mistakes', () => {
  it('has readable ids, each once', () => {
    const ids = mistakes.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
  })

  it.each(mistakes.map(({ id, title, cure }) => [id, title, typeof cure === 'string' ? cure : cure({} as never)]))(
    '%s has a title and a cure that make one sentence in ASCII',
    (_, title, cure) => {
      expect(`${title}: ${cure}.`).toMatch(/^[A-Z][ -~]*[^.]\.$/)
      expect(title).not.toMatch(/[.:;]$/)
      expect(cure).toMatch(/^[a-z"]|^KooDrive/)
    },
  )

  it('keeps its ids forever', () => {
    expect(mistakes.map(({ id }) => id)).toMatchSnapshot()
  })
})

describe('the right attempt', () => {
  it('is the canonical request, step by step', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(fc.tuple(text, text)),
        fc.array(text),
        text,
        (method, url, headers, names, body) => {
          const parts = { method, target: splitTarget(url), headers: toHeaderPairs(headers), body: Buffer.from(body) }
          const attempt = rightAttempt(parts, names, 'secret')
          expect(canonicalTextOf(attempt)).toBe(canonicalRequest({ method, url, headers, body }, names))
          const sameLines = { ...attempt, layouts: [(lines: readonly { part: string; text: string }[]) => lines] }
          expect(canonicalTextOf(sameLines)).toBe(canonicalTextOf(attempt))
        },
      ),
    )
  })
})

describe('hmacSha256', () => {
  it('is the HMAC of the platform, for any key and text', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ maxLength: 200 }),
        fc.string(),
        (key, bytes, text) => {
          const prepared = hmacKey(key)
          expect(hmacSha256(prepared, bytes)).toBe(createHmac('sha256', key).update(bytes).digest('hex'))
          expect(hmacSha256(prepared, text)).toBe(createHmac('sha256', key).update(text).digest('hex'))
        },
      ),
    )
  })
})

describe('JSON as text', () => {
  const compact = { comma: ',', colon: ':' }

  it('is written in each style as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const tree = parseJsonText(JSON.stringify(value, undefined, 3))
        expect(tree).toBeDefined()
        if (tree === undefined) return
        expect(writeJsonText(tree, compact)).toBe(JSON.stringify(value))
        for (const indent of ['  ', '\t']) {
          expect(writeJsonText(tree, { comma: ',', colon: ': ', indent })).toBe(
            JSON.stringify(value, undefined, indent),
          )
        }
      }),
    )
  })

  it('keeps digits and escapes that JSON.parse would change', () => {
    const text = '{"a":1.0,"b":1575416580416769793,"c":"\\u00e9\\/","a":1E5}'
    const tree = parseJsonText(text)
    expect(tree && writeJsonText(tree, compact)).toBe(text)
  })

  it('sorts keys at every level, and leaves arrays alone', () => {
    const tree = parseJsonText('{"b":[2,1],"a":{"d":1,"c":2}}')
    expect(tree && writeJsonText(tree, { ...compact, sortKeys: true })).toBe('{"a":{"c":2,"d":1},"b":[2,1]}')
  })

  it.each([
    '',
    '{',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '1 2',
    '"a',
    '[1}',
    ',',
    'nul',
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('refuses %j', (text) => {
    expect(parseJsonText(text)).toBeUndefined()
  })
})
