import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLedger, runContract } from '../../src/contract/index.ts'
import { mockRun } from '../support/contract.ts'
import { sample } from '../support/judge.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Numbers in [0, 1), other ones at each call: two runs draw other ids. */
const drawing = (): (() => number) => {
  let drawn = 0
  return () => {
    drawn += 0.618_034
    return drawn % 1
  }
}

describe('a run that goes on', () => {
  it('creates nothing anew that the ledger holds', async () => {
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const told = mockRun()
    const creates = async (more: object): Promise<string[]> => {
      const sent: string[] = []
      const onRequest = ({ probe, method }: { probe: string; method: string }) => {
        if (method === 'POST' && /^batch\.create-(?!broken|too-large)|^batch\.create$/.test(probe)) sent.push(probe)
      }
      const report = await runContract({ ...told, ...more, ledger, onRequest }).report()
      expect(report.summary.violation).toBe(0)
      return sent
    }
    // As if it had been killed in the middle: only the first task was created.
    expect(await creates({ only: ['query-batch-provisioning.ends'], keep: true })).toEqual([
      'batch.create',
      'batch.create-twin',
    ])
    const resume = readLedger(ledger, told.target)
    const before = readFileSync(ledger, 'utf8')
    expect(await creates({ resume })).not.toContain('batch.create')
    const further = readFileSync(ledger, 'utf8').slice(before.length).split('\n').filter(Boolean)
    expect(further.every((line) => JSON.parse(line).run === resume?.run)).toBe(true)
    // That run has reached its end, and has deleted what both have created.
    expect(readLedger(ledger, told.target)).toBeUndefined()
    expect(existsSync(ledger)).toBe(true)
  })

  it.each(sample([195, 210, 225, 240, 255, 270, 285], 4))(
    'finds no violation and leaves nothing, wherever the first was stopped: after %i requests',
    async (maxRequests) => {
      const ledger = join(temporaryFolder(), 'ledger.jsonl')
      const random = drawing()
      const told = { ...mockRun(), ledger, random }
      const stopped = await runContract({ ...told, maxRequests }).report()
      expect(stopped.outcome).toBe('safety-guard')
      const resume = readLedger(ledger, told.target)
      expect(resume?.run).toBe(stopped.run)
      // The authorization code is good for one sign-in only: the first run may have redeemed it.
      const { authCode: _, ...credentials } = told.credentials
      const { run, outcome, checks, cleanUp } = await runContract({ ...told, credentials, resume }).report()
      expect([run, outcome]).toEqual([stopped.run, 'conforms'])
      const found = checks.filter(({ verdict }) => verdict === 'violation')
      expect(found.map(({ id, got }) => [id, got])).toEqual([])
      expect(cleanUp?.left).toEqual([])
      expect(readLedger(ledger, told.target)).toBeUndefined()
    },
  )
})
