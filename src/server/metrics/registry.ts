import { Counter, Gauge, type Metric, Registry } from 'prom-client'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import { version } from '../../spec/version.ts'
import { gaugesOf } from './process-metrics.ts'
import { BUCKETS_SECONDS, type Durations, type MetricsSource, type StoreTally, type Tally } from './tally.ts'

/** A registry whose metrics are read off a tally and a world at each scrape. */
export function createRegistry(tally: Tally, store: StoreTally, { world, journals, events }: MetricsSource): Registry {
  const registry = new Registry()
  const registers = [registry]
  const gauge = gaugesOf(registry)
  new Counter({
    name: 'koodrive_mock_requests_total',
    help: 'Requests of the vendor API, by operation and HTTP status (0 when the connection was reset).',
    labelNames: ['operation', 'status'],
    registers,
    collect() {
      this.reset()
      for (const [operation, byStatus] of tally.requests) {
        for (const [status, count] of byStatus) this.inc({ operation, status }, count)
      }
    },
  })
  new Counter({
    name: 'koodrive_mock_faults_total',
    help: 'Faults injected into requests, by kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset()
      for (const [kind, count] of tally.faults) this.inc({ kind }, count)
    },
  })
  new Counter({
    name: 'koodrive_mock_errors_total',
    help: 'Errors of the mock itself or of an observer, which nobody expected; the log has their stacks.',
    registers,
    collect() {
      this.reset()
      this.inc(tally.errors)
    },
  })
  registry.registerMetric(
    createDurations(
      'koodrive_mock_request_duration_seconds',
      'Real seconds from the arrival of a request to its answer, by operation.',
      tally.durations,
    ),
  )
  registry.registerMetric(
    createDurations(
      'koodrive_mock_store_duration_seconds',
      'Real seconds that the store took, by operation: query or transaction. None in memory.',
      store.durations,
    ),
  )
  new Counter({
    name: 'koodrive_mock_store_conflicts_total',
    help: 'Writes that another process was quicker than; they were tried again.',
    registers,
    collect() {
      this.reset()
      this.inc(store.errors.get('conflict') ?? 0)
    },
  })
  new Counter({
    name: 'koodrive_mock_store_errors_total',
    help: 'What the store could not do, conflicts left out, by kind: unavailable, unknown-outcome, refused, damaged.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset()
      for (const [kind, count] of store.errors) if (kind !== 'conflict' && kind !== 'taken') this.inc({ kind }, count)
    },
  })
  new Gauge({
    name: 'koodrive_mock_tasks',
    help: 'Batch tasks of all sandboxes, by state.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of countTasks(world)) this.set({ state }, count)
    },
  })
  gauge('koodrive_mock_sandboxes', 'Sandboxes.', () => world.size)
  new Gauge({
    name: 'koodrive_mock_journal_entries',
    help: 'Exchanges that the journals of all sandboxes keep.',
    registers,
    collect() {
      let entries = 0
      for (const sandbox of world.all()) entries += journals.sizeOf(sandbox)
      this.set(entries)
    },
  })
  gauge('koodrive_mock_sandboxes_limit', 'Sandboxes that may exist.', () => world.maxSandboxes)
  gauge(
    'koodrive_mock_journal_bytes',
    'Bytes of exchanges that all journals keep, as they are counted.',
    () => journals.bytes,
  )
  gauge('koodrive_mock_journal_bytes_limit', 'Bytes that they may keep.', () => journals.maxBytes)
  gauge('koodrive_mock_event_listeners', 'Readers of the event stream.', () => events.size)
  new Gauge({ name: 'koodrive_mock_info', help: 'The version, as a label.', labelNames: ['version'], registers }).set(
    { version },
    1,
  )
  return registry
}

/** A histogram that is counted elsewhere: all the registry asks of a metric is its name and its values. */
const createDurations = (name: string, help: string, durations: ReadonlyMap<string, Durations>): Metric =>
  ({
    name,
    get: async () => ({
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values: [...durations].flatMap(([operation, counted]) => valuesOf(name, operation, counted)),
    }),
  }) as unknown as Metric

interface Value {
  readonly metricName: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

function valuesOf(name: string, operation: string, { buckets, sumSeconds }: Durations): Value[] {
  let count = 0
  const values: Value[] = buckets.map((inBucket, at) => {
    count += inBucket
    return { metricName: `${name}_bucket`, labels: { le: BUCKETS_SECONDS[at] ?? '+Inf', operation }, value: count }
  })
  values.push({ metricName: `${name}_sum`, labels: { operation }, value: sumSeconds })
  values.push({ metricName: `${name}_count`, labels: { operation }, value: count })
  return values
}

function countTasks(world: MetricsSource['world']): Map<string, number> {
  const counts = new Map<string, number>(Object.keys(taskStatuses).map((state) => [state, 0]))
  const stateOf = new Map<string, string>(Object.entries(taskStatuses).map(([state, status]) => [status, state]))
  for (const sandbox of world.all()) {
    const now = sandbox.clock.now()
    for (const task of sandbox.read().tasks.all()) {
      const state = stateOf.get(task.statusAt(now)) ?? ''
      counts.set(state, (counts.get(state) ?? 0) + 1)
    }
  }
  return counts
}
