import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlLine, quote } from '../../src/shared/shell.ts'

/** No argument of a program can hold a zero byte, and no text of a client half a character. */
const text = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom("'", '"', '$HOME', '`id`', '%s', '\\n', '\n', '\u001b[2J')),
  )
  .map((parts) => parts.join('').replaceAll('\0', ''))

const shells = ['sh', 'bash']

/** The arguments that a shell makes of words. */
const argumentsOf = (shell: string, words: string): string[] =>
  execFileSync(shell, ['-c', `for word in ${words}; do printf '%s\\0' "$word"; done`], {
    env: { PATH: process.env['PATH'], TOKEN: "it's $secret" },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
    .split('\0')
    .slice(0, -1)

describe('a quoted word', () => {
  it.each(shells)('is for %s the text that it was, whatever it holds', (shell) => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (texts) => {
        expect(argumentsOf(shell, texts.map((one) => quote(one)).join(' '))).toEqual(texts)
      }),
      { numRuns: 8 },
    )
  })

  it('steers no terminal', () => {
    fc.assert(fc.property(text, (one) => void expect(quote(one)).not.toMatch(/[^\P{Cc}\n]/u)))
  })

  it.each(shells)('has its variables filled in by %s, and no others', (shell) => {
    expect(argumentsOf(shell, quote(['Bearer $TOKEN ', { variable: 'TOKEN' }, "'"]))).toEqual([
      "Bearer $TOKEN it's $secret'",
    ])
  })
})

describe('a curl line', () => {
  it('takes a body that begins with @ for a body, and a file for a file', () => {
    const request = {
      method: 'POST',
      url: 'http://a/',
      headers: [['Content-Type', 'text/plain']] as [string, string][],
    }
    expect(curlLine({ ...request, body: '@/etc/passwd' })).toContain("--data-raw '@/etc/passwd'")
    expect(curlLine({ ...request, bodyFile: 'rows.json' })).toContain("--data-binary '@rows.json'")
  })

  it('adds no Content-Type that nobody gave', () => {
    expect(curlLine({ method: 'POST', url: 'http://a/', headers: [], body: '{}' })).toContain("-H 'Content-Type:'")
  })
})
