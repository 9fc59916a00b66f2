import type { Registry } from 'prom-client'
import { type MetricsSource, Tally } from './tally.ts'

/** The metrics of one mock. Its registry is its own, and is made when somebody asks for it first. */
export class Metrics {
  readonly tally = new Tally()
  #registry: Promise<Registry> | undefined

  /** Everything in the Prometheus text format. */
  async expose(source: MetricsSource): Promise<{ text: string; contentType: string }> {
    this.#registry ??= import('./registry.ts').then(({ createRegistry }) => createRegistry(this.tally, source))
    const registry = await this.#registry
    return { text: await registry.metrics(), contentType: registry.contentType }
  }
}
