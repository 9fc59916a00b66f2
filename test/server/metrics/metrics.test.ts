import { expect, it } from 'vitest'
import { createMock } from '../../../src/index.ts'
import { createService } from '../../../src/mock/service.ts'
import { builtInScenario } from '../../../src/scenarios/built-in.ts'
import type { StoreTally } from '../../../src/server/metrics/tally.ts'
import { bounds } from '../../../src/shared/bounds.ts'
import { startSession } from '../../support/clients.ts'
import { control } from '../../support/control.ts'
import { describeTargets } from '../../support/targets.ts'

const LINE =
  /^([a-z_]+)(\{[a-zA-Z_]+="(?:[^"\\\n]|\\.)*"(?:,[a-zA-Z_]+="(?:[^"\\\n]|\\.)*")*\})? (-?[\d.e+-]+|\+Inf|NaN)$/

/** Reads the text format strictly: every sample has a HELP and a TYPE before it, and no sample comes twice. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  const types = new Map<string, string>()
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.split('\n').filter((part) => part !== '')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? []
    if (name !== '') types.set(name, type)
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (?:HELP \S+ .+|TYPE \S+ \S+)$/)
      continue
    }
    const [, metric = '', labels = '', value] = LINE.exec(line) ?? expect.fail(`no sample: ${line}`)
    const family = types.has(metric) ? metric : metric.replace(/_(?:bucket|sum|count)$/, '')
    expect(types.get(family), line).toBeDefined()
    expect(samples.has(metric + labels), line).toBe(false)
    samples.set(metric + labels, Number(value))
  }
  return samples
}

describeTargets('the metrics', (open) => {
  it('count requests, durations, tasks, sandboxes and the journal in a valid exposition', async () => {
    const target = await open()
    const session = startSession(target)
    await session.create('17770000001')
    await target.client.get('/koodrive/ose/v1/userList?offset=0&limit=1')
    await target.client.get('/koodrive/ose/v1/userList?offset=0&limit=0')
    await target.client.get('/nowhere')
    const reply = await control(target, 'GET', '/metrics')
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const samples = parse(reply.text)
    const value = (name: string) => samples.get(name)
    expect(value('koodrive_mock_requests_total{operation="listUsers",status="200"}')).toBe(1)
    expect(value('koodrive_mock_requests_total{operation="listUsers",status="400"}')).toBe(1)
    expect(value('koodrive_mock_requests_total{operation="unknown",status="404"}')).toBe(1)
    expect(value('koodrive_mock_request_duration_seconds_count{operation="listUsers"}')).toBe(2)
    expect(value('koodrive_mock_request_duration_seconds_bucket{le="+Inf",operation="listUsers"}')).toBe(2)
    expect(value('koodrive_mock_tasks{state="new"}')).toBe(1)
    expect(value('koodrive_mock_tasks{state="done"}')).toBe(1)
    expect(value('koodrive_mock_sandboxes')).toBe(1)
    expect(value('koodrive_mock_journal_entries')).toBe(4)
    const again = parse((await control(target, 'GET', '/metrics')).text)
    expect([...again.keys()]).toEqual([...samples.keys()])
    for (const name of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'nodejs_heap_size_used_bytes',
      'koodrive_mock_journal_bytes',
    ]) {
      expect(value(name), name).toBeGreaterThan(0)
    }
    expect(value('nodejs_eventloop_lag_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0)
    expect(value('koodrive_mock_journal_bytes_limit')).toBe(bounds.journalBytes.value)
    expect(value('koodrive_mock_sandboxes_limit')).toBe(bounds.sandboxes.value)
    expect(value('koodrive_mock_store_conflicts_total')).toBe(0)
    const buckets = [...samples].filter(([name]) => /_bucket\{.*listUsers/.test(name)).map(([, count]) => count)
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b))
  })
})

it('belong to one mock each', async () => {
  const [one, other] = [createMock(), createMock()]
  await one.fetch(new Request('http://mock/nowhere'))
  const text = await (await other.fetch(new Request('http://mock/__admin/metrics'))).text()
  expect(text).not.toContain('status="404"')
})

it('count what the store took, and what it could not do', async () => {
  const { deps } = createService({
    defaults: { seed: 1, scenario: builtInScenario('happy-path'), readings: {} },
    mutation: undefined,
  })
  const store: StoreTally = deps.metrics.store
  store.note('query', 2)
  store.note('transaction', 40)
  store.note('transaction', 7, 'conflict')
  store.note('query', 9000, 'unavailable')
  const samples = parse((await deps.metrics.expose(deps)).text)
  expect(samples.get('koodrive_mock_store_duration_seconds_count{operation="transaction"}')).toBe(2)
  expect(samples.get('koodrive_mock_store_duration_seconds_bucket{le="0.0025",operation="query"}')).toBe(1)
  expect(samples.get('koodrive_mock_store_conflicts_total')).toBe(1)
  expect(samples.get('koodrive_mock_store_errors_total{kind="unavailable"}')).toBe(1)
})
