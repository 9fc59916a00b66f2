import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { createMock } from '../../src/index.ts'
import type { JournalEntry } from '../../src/journal/journal-entry.ts'
import { Journals } from '../../src/journal/journals.ts'
import { bounds } from '../../src/shared/bounds.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { paths } from '../support/client.ts'
import { root } from '../support/source-files.ts'

const MIB = 1024 * 1024

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes in use: on the heap, and as buffers outside of it. */
function used(): number {
  for (let turn = 0; turn < 3; turn += 1) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** What the pods of the manifest may take. */
const [deployment] = parseAllDocuments(readFileSync(`${root}deploy/kubernetes.yaml`, 'utf8')).map((one) => one.toJS())
const limit = Number(/^(\d+)Mi$/.exec(deployment.spec.template.spec.containers[0].resources.limits.memory)?.[1]) * MIB

/** A page of 100 users as a client got it. */
async function pageOf100(): Promise<{ text: string; headers: Record<string, string> }> {
  const mock = createMock({ users: 1000 })
  const response = await mock.fetch(`http://mock${paths.users}?offset=0&limit=100`, {
    headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}` },
  })
  return { text: await response.text(), headers: Object.fromEntries(response.headers) }
}

function entryOf(n: number, text: string, responseHeaders: Record<string, string>): JournalEntry {
  return {
    requestId: `sandbox-${n}`,
    at: n,
    durationMs: 1.5,
    operation: 'listUsers',
    method: 'GET',
    target: `${paths.users}?offset=${n}&limit=100`,
    requestHeaders: [
      ['Authorization', `Bearer ${'0'.repeat(40)}${n}`],
      ['Host', '127.0.0.1:4010'],
      ['Connection', 'keep-alive'],
    ],
    requestBody: new Uint8Array(),
    status: 200,
    responseHeaders: { ...responseHeaders },
    // A text of its own, as every answer is.
    responseBody: text.replace('"total"', `"${n}"`),
    rule: 'listed; documented',
    error: undefined,
    diagnosis: undefined,
    faults: [],
  }
}

/** Exchanges of each sandbox: all of them together are twice what may be kept. bench/sandboxes-memory.mjs sends 1,000. */
const PAGES = 30

describe('the journals of 200 sandboxes that read pages of 100 users', () => {
  it('take no more than they may, as they are counted and as the process is measured', async () => {
    const { text, headers } = await pageOf100()
    const mock = createMock()
    for (let made = 1; made < 200; made += 1) mock.sandbox()
    const sandboxes = [...mock.world.all()]
    const journals = new Journals({ size: 1000 })
    const before = used()
    for (let page = 0; page < PAGES; page += 1) {
      for (const sandbox of sandboxes) journals.of(sandbox).add(entryOf(page, text, headers))
    }
    const measured = used() - before
    expect(journals.bytes).toBeLessThanOrEqual(bounds.journalBytes.value)
    expect(journals.bytes, 'what may be kept is').toBeGreaterThan(0.99 * bounds.journalBytes.value)
    expect(measured).toBeLessThan(1.05 * bounds.journalBytes.value)
    expect(journals.of(sandboxes[0] as Sandbox).list({ limit: 1 })[0]?.responseBody).toContain('"list"')
  }, 60_000)

  it('leave more than half of what the manifest allows for everything else', () => {
    expect(bounds.journalBytes.value).toBeLessThan(limit / 2)
    expect(bounds.journalBytes.value + bounds.answerCacheBytes.value).toBeLessThan(limit / 3)
  })
})

describe('a journal', () => {
  it('keeps at most half of all bytes, so that one client pushes out its own exchanges and not those of others', async () => {
    const { text, headers } = await pageOf100()
    const mock = createMock()
    mock.sandbox()
    const [quiet, busy] = [...mock.world.all()] as [Sandbox, Sandbox]
    const journals = new Journals({ size: 100_000, maxBytes: 4 * MIB })
    for (let n = 0; n < 10; n += 1) journals.of(quiet).add(entryOf(n, text, headers))
    for (let n = 0; n < 1000; n += 1) journals.of(busy).add(entryOf(n, text, headers))
    expect(journals.sizeOf(quiet)).toBe(10)
    expect(journals.sizeOf(busy)).toBeLessThan(500)
    expect(journals.bytes).toBeLessThan(3 * MIB)
  })

  it('gives back what an answer said, byte for byte, however long it is', () => {
    const mock = createMock()
    const [sandbox] = [...mock.world.all()] as [Sandbox]
    const journal = new Journals({ size: 10 }).of(sandbox)
    for (const text of ['', 'short', '名'.repeat(5000), `${'x'.repeat(1023)}é`]) {
      journal.add({ ...entryOf(1, '', {}), responseBody: text })
      expect(journal.list()[0]?.responseBody).toBe(text)
      expect(journal.find('sandbox-1')?.status).toBe(200)
    }
  })
})
