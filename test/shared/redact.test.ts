import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayHoldSecretsInHeaders, Redactor } from '../../src/shared/redact.ts'
import {
  isSecretName,
  mayNameSecret,
  replaceFormParts,
  replaceJsonFields,
  replaceLooseFields,
} from '../../src/shared/secret-fields.ts'

const KNOWN = 'koodrive app secret'
const TOKEN = '0123456789abcdef.~x'

const redactor = () =>
  new Redactor({
    secrets: [[KNOWN, 'appSecret']],
    tokenKind: (word) => (word === TOKEN ? 'accessToken' : undefined),
  })

/** Bodies with fields, secret and not, tokens, escapes, words that run into each other, and whatever else. */
const bodies = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', ':', ',', '{', '}', '=', '&', '%', '%41', '%2', '\\n', '\\', ' ', '\n', '-', '.', 'K', 'İ'),
      fc.constantFrom('name="', 'password', 'pass-word', 'To ken', 'token', 'total', 'accessToken', 'userName', 'x'),
      fc.constantFrom(
        '?',
        '//',
        '@',
        '//me:canary-1@host',
        '?token=canary-2',
        '%3Ftoken%3Dcanary-3',
        '&to%6ben=canary-4',
      ),
      fc.constantFrom(KNOWN, 'koodrive app', TOKEN, TOKEN.slice(1), TOKEN.toUpperCase(), encodeURIComponent(KNOWN)),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''))

describe('what is taken out of a body', () => {
  it('is nothing by the name of a field where no name of a secret can be', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        fc.pre(!mayNameSecret(body))
        const replace = () => '[redacted]'
        expect(replaceFormParts(body, replace)).toBe(body)
        expect(replaceJsonFields(body, replace)).toBe(body)
        expect(replaceLooseFields(body, replace)).toBe(body)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    'password',
    'pass_wd',
    'Pass-Phrase',
    'APP_SECRET',
    'x-auth-token',
    'pwd',
    'Cookie',
    'api key',
    'Authorization',
    'session.id',
    'credentials',
    'to\u212aen',
  ])('may be a field named %s, wherever it stands', (name) => {
    expect(isSecretName(name)).toBe(true)
    expect(mayNameSecret(`{"total":1,"${name}":"x"}`)).toBe(true)
    expect(mayNameSecret('{"total":1,"userName":"x"}')).toBe(false)
    expect(mayNameSecret(String.raw`{"p\u0061ssword":"x"}`)).toBe(true)
  })

  it('is learned from headers and targets as if they were written out', () => {
    fc.assert(
      fc.property(bodies, bodies, (target, value) => {
        const headers = [
          ['X-Note', value],
          ['Set-Cookie', target],
        ] as const
        const [writes, learns] = [redactor(), redactor()]
        writes.headers(headers)
        writes.target(target)
        learns.learnHeaders(headers)
        learns.learnTarget(target)
        expect(learns.text(`${target} ${value}`)).toBe(writes.text(`${target} ${value}`))
        if (!mayHoldSecretsInHeaders(headers.slice(0, 1))) {
          const learnsNothing = redactor()
          learnsNothing.headers(headers.slice(0, 1))
          expect(learnsNothing.text(value)).toBe(redactor().text(value))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is never a piece that is said to be shown', () => {
    const between = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 30 }))
    let told = 0
    fc.assert(
      fc.property(bodies, between, (body, [from, length]) => {
        const [start, end] = [Math.min(from, body.length), Math.min(from + length, body.length)]
        if (!redactor().showsPiece(body, start, end)) return
        told += 1
        expect(redactor().body(body)).toContain(body.slice(start, end))
      }),
      { numRuns: 2000 },
    )
    expect(told).toBeGreaterThan(100)
  })

  it.each([
    ['a word of a plain body', `{"total":1,"userName":"Zhang"}`, 'zhang', true],
    ['a token', `{"total":1,"note":"${TOKEN}"}`, TOKEN, false],
    ['a part of a token', `{"total":1,"note":"${TOKEN}"}`, '89abc', false],
    ['a token behind an escape', `{"note":"%20${TOKEN}"}`, '89abc', false],
    ['a word beside a token', `{"total":1,"note":"${TOKEN}"}`, 'total', true],
    ['a word beside a known secret', `{"total":1,"note":"${KNOWN}"}`, 'total', false],
    ['a word beside a field of a secret', `{"total":1,"password":"x"}`, 'total', false],
  ])('is told at once of %s, or left to be found out', (_, body, word, isShown) => {
    const start = body.toLowerCase().indexOf(word)
    expect(redactor().showsPiece(body, start, start + word.length)).toBe(isShown)
  })
})
