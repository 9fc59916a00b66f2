import { describe, expect, it } from 'vitest'
import { supportsColours } from '../../src/cli/colours.ts'
import { runToEnd } from '../support/command.ts'

describe('colours', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['a terminal', true, { TERM: 'xterm' }, true],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['a pipe', false, { TERM: 'xterm' }, false],
    ['a pipe in CI', false, { CI: 'true' }, false],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['a pipe with FORCE_COLOR and NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('of %s', (_, isTTY, environment, expected) => {
    expect(supportsColours({ isTTY }, environment)).toBe(expected)
  })

  it.each([
    ['none in a pipe, in CI neither', { CI: 'true', NO_COLOR: '' }, false],
    ['some when they are forced', { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ])('%s', async (_, environment, expected) => {
    const { code, out } = await runToEnd(['scenarios'], environment)
    expect([code, out.includes('\u001b[')]).toEqual([0, expected])
  })
})
