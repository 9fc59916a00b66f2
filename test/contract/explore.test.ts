import { describe, expect, it } from 'vitest'
import { type ContractOptions, type Exploration, explorationText, exploreContract } from '../../src/contract/index.ts'
import { concurrencyMutants } from '../../src/mutants/areas/concurrency.ts'
import { mockRun } from '../support/contract.ts'
import { sample } from '../support/judge.ts'
import { account } from './independent-organisation.ts'
import { startIndependentServer } from './independent-server.ts'

const chance = (): (() => number) => {
  let n = 0
  return () => {
    n = (n * 16807 + 12345) % 2147483647
    return n / 2147483647
  }
}

const explore = (more: Partial<ContractOptions> & { mutant?: string; seed?: number; maxSequences?: number } = {}) => {
  const { mutant, seed = 1, maxSequences = 400, ...options } = more
  const told = mockRun({ ...(mutant !== undefined && { mutant }), speed: 4 })
  return exploreContract({ ...told, random: chance(), ...options, seconds: 20, seed, maxSequences })
}

const inShort = ({ found, stopped }: Exploration) => ({ found: found?.promise, got: found?.got, stopped })

describe('an exploration', () => {
  it.each(sample(concurrencyMutants, 3).map(({ name }) => name))(
    'finds %s, and shows it in eight calls',
    { timeout: 30_000 },
    async (mutant) => {
      const exploration = await explore({ mutant })
      expect(exploration.found, `${exploration.sequences} sequences, ${exploration.stopped}`).toBeDefined()
      expect(exploration.exitCode).toBe(1)
      expect(exploration.found?.calls.length, exploration.found?.script).toBeLessThanOrEqual(8)
      expect(explorationText(exploration)).toContain(exploration.found?.source)
    },
  )

  it.each(['concurrency.lost-update', 'concurrency.stale-list'])(
    'waits a tenth of its time for a list at most, so that it finds %s in time',
    { timeout: 30_000 },
    async (mutant) => {
      const told = mockRun({ mutant })
      let waitedMs = 0
      const sleep = async (ms: number): Promise<void> => {
        waitedMs += ms
        await told.sleep?.(ms)
      }
      const { found } = await exploreContract({ ...told, random: chance(), sleep, seconds: 20, seed: 1 })
      expect(found?.got).toMatch(/ others, [23]\.\d s later too$/)
      expect(waitedMs).toBeLessThan(45_000)
    },
  )

  it('finds nothing in the correct mock', { timeout: 30_000 }, async () => {
    const exploration = await explore({ maxSequences: 60 })
    expect(inShort(exploration)).toEqual({})
    expect(exploration).toMatchObject({ exitCode: 0, sequences: 60 })
  })

  it.each([
    ['as it is', {}],
    ['that shows counts and rows only at the end', { tellsAtTheEnd: true }],
    ['that lists new users only after a moment', { listsPeopleAfter: 3 }],
    ['that finds a task only after a moment', { findsJobsAfter: 2 }],
    ['that gives rows the id of their task', { numbersRowsByTask: true }],
    ['that provisions only phones of real countries', { knowsCountries: true }],
  ])('finds nothing in the independent server %s', { timeout: 30_000 }, async (_, manners) => {
    const server = await startIndependentServer({ rowMs: 1, startMs: 3, ...manners })
    try {
      const exploration = await exploreContract({
        target: server.url,
        credentials: account,
        allowWrites: true,
        seconds: 10,
        seed: 7,
        maxSequences: 15,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 10))),
      })
      expect(inShort(exploration)).toEqual({})
      expect(exploration.sequences).toBe(15)
    } finally {
      await server.close()
    }
  })

  it('is the same twice by its seed, and another one by another', { timeout: 30_000 }, async () => {
    const sent = async (seed: number): Promise<string[]> => {
      const lines: string[] = []
      const onRequest = ({ method, path }: { method: string; path: string }) => lines.push(`${method} ${path}`)
      await explore({ seed, maxSequences: 5, onRequest })
      return lines
    }
    expect(await sent(3)).toEqual(await sent(3))
    expect(await sent(3)).not.toEqual(await sent(4))
  })

  it('sends nothing unless it may write, and says what it needs', async () => {
    await expect(explore({ allowWrites: false })).rejects.toThrow(/--allow-writes/)
    await expect(explore({ credentials: { accessToken: 't' } })).rejects.toThrow(/signature credentials/)
    await expect(explore({ target: 'https://koodrive.example.com' })).rejects.toThrow(/--confirm-host/)
  })
})
