import { describe, expect, it } from 'vitest'
import { Coverage } from '../../../src/journal/coverage/coverage.ts'
import type { JournalEntry } from '../../../src/journal/journal-entry.ts'
import { paths } from '../../support/client.ts'

const succeeded = 'outcome:queryBatchProvisioning.success'

/** Notes an answer, and tells how often its text was asked for. */
function note(coverage: Coverage, taskId: string, text: string): number {
  let reads = 0
  const entry: JournalEntry = {
    requestId: 'default-1',
    at: 0,
    durationMs: 1,
    operation: 'queryBatchProvisioning',
    method: 'GET',
    target: `${paths.query}?taskId=${taskId}&pageSize=1000`,
    requestHeaders: [],
    requestBody: new Uint8Array(),
    status: 200,
    responseHeaders: {},
    get responseBody() {
      reads += 1
      return text
    },
    rule: 'query-batch-provisioning; documented',
    error: undefined,
    diagnosis: undefined,
    faults: [],
  }
  coverage.note(undefined, entry)
  return reads
}

const rows = (count: number) => `{"status":"2","registerList":[${'{"phone":"18800000000"},'.repeat(count)}{}],"code":0}`
const page = rows(5000)

describe('coverage of answers that repeat', () => {
  it('looks into a page of any length once, and counts it each time', () => {
    const coverage = new Coverage()
    expect(note(coverage, '1', page)).toBeGreaterThan(1)
    for (let poll = 0; poll < 9; poll += 1) expect(note(coverage, '1', page)).toBe(1)
    const items = coverage.ofAll().groups.flatMap((group) => group.items)
    expect(items.find(({ id }) => id === succeeded)?.count).toBe(10)
  })

  it.each([
    ['many', 65, rows(1)],
    ['long', 40, page],
  ])('forgets answers when they are too %s', (_, count, text) => {
    const coverage = new Coverage()
    for (let taskId = 0; taskId < count; taskId += 1) note(coverage, String(taskId), text)
    expect(note(coverage, '0', text)).toBeGreaterThan(1)
  })

  it('looks again into an answer that has changed', () => {
    const coverage = new Coverage()
    note(coverage, '1', rows(0))
    expect(note(coverage, '1', page)).toBeGreaterThan(1)
  })
})
