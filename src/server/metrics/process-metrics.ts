import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Registry } from 'prom-client'
import { once } from '../../spec/once.ts'

const NS_PER_SECOND = 1e9
/** How late the event loop may be noticed to be, in milliseconds. */
const RESOLUTION_MS = 10

/** Makes gauges that are read at each scrape. */
export const gaugesOf = (registry: Registry) => (name: string, help: string, read: () => number) =>
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })

/**
 * Memory, processor time and event loop of the process: measured once, however many mocks it has. The names are those of
 * Prometheus clients; their own collection would come and go by the scrape, and says `Nan` where nothing happened yet.
 */
export const registryOfProcess = once((): Registry => {
  const registry = new Registry()
  const registers = [registry]
  const gauge = gaugesOf(registry)
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the process, of user and system, in seconds.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) / 1e6)
    },
  })
  gauge('process_resident_memory_bytes', 'Memory that the process takes.', () => process.memoryUsage.rss())
  gauge('process_uptime_seconds', 'Real seconds since the process began.', () => process.uptime())
  gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)
  gauge('nodejs_heap_size_total_bytes', 'Heap that is set aside.', () => process.memoryUsage().heapTotal)
  gauge('nodejs_external_memory_bytes', 'Buffers outside of the heap.', () => process.memoryUsage().external)
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  new Gauge({
    name: 'nodejs_eventloop_lag_seconds',
    help: 'How late the event loop was since the last scrape, by quantile.',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [0.5, 0.9, 0.99, 1]) {
        const lateNs = quantile === 1 ? delay.max : delay.percentile(quantile * 100)
        const late = delay.count === 0 ? 0 : Math.max(0, lateNs / NS_PER_SECOND - RESOLUTION_MS / 1000)
        this.set({ quantile }, late)
      }
      delay.reset()
    },
  })
  return registry
})
