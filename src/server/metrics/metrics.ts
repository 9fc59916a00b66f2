import type { Registry } from 'prom-client'
import { type MetricsSource, StoreTally, Tally } from './tally.ts'

/** The metrics of one mock. Its registry is its own, and is made when somebody asks for it first. */
export class Metrics {
  readonly tally = new Tally()
  /** What the store did; nothing while everything is in memory. */
  readonly store = new StoreTally()
  #registries: Promise<readonly Registry[]> | undefined

  /** Everything in the Prometheus text format: of this mock, and of the process that it runs in. */
  async expose(source: MetricsSource): Promise<{ text: string; contentType: string }> {
    this.#registries ??= Promise.all([import('./registry.ts'), import('./process-metrics.ts')]).then(
      ([{ createRegistry }, { registryOfProcess }]) => [
        createRegistry(this.tally, this.store, source),
        registryOfProcess(),
      ],
    )
    const registries = await this.#registries
    const texts = await Promise.all(registries.map((registry) => registry.metrics()))
    return { text: texts.join(''), contentType: registries[0]?.contentType ?? '' }
  }
}
