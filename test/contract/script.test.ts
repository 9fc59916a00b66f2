import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { exploreContract } from '../../src/contract/index.ts'
import { createMock } from '../../src/index.ts'
import { mockRun } from '../support/contract.ts'
import { sample } from '../support/judge.ts'
import { shellFor } from '../support/pasted.ts'

const shell = promisify(execFile)

const chance = (): (() => number) => {
  let n = 0
  return () => {
    n = (n * 16807 + 12345) % 2147483647
    return n / 2147483647
  }
}

/** What an exploration prints, run by a shell against a mock of its own; the answer to the last call. */
async function lastAnswer(script: string, mutant?: string): Promise<string> {
  const mock = createMock({ ...(mutant !== undefined && { mutant }), maxJournal: 0 })
  try {
    const { url } = await mock.listen({ port: 0 })
    const { stdout } = await shell('/bin/sh', ['-eu', '-c', script], {
      env: shellFor(url, mock.credentials),
    })
    return stdout.split('HTTP/1.1 ').at(-1) ?? ''
  } finally {
    await mock.close()
  }
}

// What the answer to the last call is about.
const cases = [
  [
    'update-department.parent-ignored',
    'tree',
    (expected: string) => new RegExp(`"name":"kdc\\d{7}${/d\d/.exec(expected.slice(1))?.[0]}"`),
  ],
  ['delete-user.not-done', 'deleted', () => /"name":"[^"]*kdc\d{7}u\d/],
] as const

describe('the script of an exploration', () => {
  it.each(sample(cases, 2))(
    'shows %s again when a shell runs it, and not in the correct mock',
    {
      timeout: 120_000,
    },
    async (mutant, promise, signOf) => {
      const told = mockRun({ mutant, speed: 4 })
      const { found } = await exploreContract({ ...told, random: chance(), seconds: 60, seed: 1, maxSequences: 300 })
      expect(found).toMatchObject({ promise })
      expect(found?.calls.length).toBeLessThanOrEqual(8)
      const script = found?.script ?? ''
      const sign = signOf(found?.expected ?? '')
      // Either something is there that should not be, or it is not where it should be.
      const isThere = /^no |not below/.test(found?.expected ?? '')
      expect(sign.test(await lastAnswer(script, mutant)), script).toBe(isThere)
      expect(sign.test(await lastAnswer(script)), script).toBe(!isThere)
    },
  )
})
