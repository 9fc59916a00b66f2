import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeMarkup,
  headerText,
  markdownCell,
  printable,
  printableJson,
  workflowMessage,
  workflowProperty,
} from '../../src/shared/escape.ts'
import { cpuMs } from '../support/cpu.ts'

/** Text with everything in it that somebody could attack with. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', '\r\n', '\0', '\u202e', '\u2028', '\ufeff', '\u009b31m', '\ud800', '\u{e0041}'),
      fc.constantFrom('::error::', '::error file=a::', '##[error]', '##vso[task.complete]', '##teamcity[x]', '%0A'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

/** Whatever steers a terminal, or looks like a line end to some reader of a log. */
const steers = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

describe('a text of somebody else in a line for people', () => {
  it('neither steers a terminal, nor ends the line, nor is a workflow command', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = printable(text)
        expect(shown).not.toMatch(steers)
        expect(shown).not.toMatch(/\p{Cs}/u)
        expect(shown).not.toMatch(/::[a-z-]+(?: [^:]*)?::|##\w*\[/i)
      }),
    )
  })

  it('is shown as it is when it is harmless, addresses and accents included', () => {
    for (const text of [
      'Zoë 张伟 😀',
      'http://[::1]:4010/a?b=c',
      '[::ffff:127.0.0.1]',
      'a :: b',
      '# ## [x]',
      'C:\\new',
    ]) {
      expect(printable(text)).toBe(text)
    }
  })

  it.each([
    ['a\u001b[31mb', 'a\\x1b[31mb'],
    ['GET /\r\nERROR forged', 'GET /\\r\\nERROR forged'],
    ['user\u202etxt', 'user\\u202etxt'],
    ['::error title=x::y', ':\\x3aerror title=x::y'],
    ['##[error]x', '#\\x23[error]x'],
  ])('shows %j as %s', (text, shown) => expect(printable(text)).toBe(shown))

  it('is one line of JSON that reads back as it was, without a sign that steers', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = printableJson({ text })
        expect(line).not.toMatch(steers)
        expect(line).not.toMatch(/::[a-z-]+(?: [^:]*)?::|##\w*\[/i)
        expect(JSON.parse(line)).toEqual({ text })
      }),
    )
  })

  it('costs time in proportion to its length', async () => {
    const long = '::error '.repeat(20_000) + '##'.repeat(40_000) + '::'.repeat(40_000)
    expect(await cpuMs(() => printable(long))).toBeLessThan(1000)
  })
})

describe('a text as the value of a header', () => {
  it('is ASCII in one line and not longer than said', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 60 }), (text, longest) => {
        const value = headerText(text, longest)
        expect(value).toMatch(/^[ -~]*$/)
        expect(value.length).toBeLessThanOrEqual(longest)
        expect(() => new Headers({ 'X-Test': value })).not.toThrow()
      }),
    )
  })

  it('shows by their codes the characters that no header can hold', () => {
    expect(headerText('字段 a\u0000b')).toBe('\\u5b57\\u6bb5 a\\x00b')
  })

  it('says that it is cut', () => expect(headerText('x'.repeat(5000))).toMatch(/^x{2045}\.\.\.$/))
})

describe('other outputs', () => {
  it('hold one annotation a line, with its line ends encoded', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(workflowMessage(text)).not.toMatch(steers)
        expect(workflowProperty(text)).not.toMatch(/[:,\n\r]/)
        expect(markdownCell(text)).not.toMatch(steers)
      }),
    )
  })

  it('hold XML that any parser takes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeMarkup(text)).toMatch(/^[\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
        expect(escapeMarkup(text)).not.toMatch(/[<>"']/)
      }),
    )
  })
})
