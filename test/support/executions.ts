import { Session } from 'node:inspector/promises'
import { root } from './source-files.ts'

/** Counts how often each function and block of the sources runs. Counts do not depend on the machine, as times do. */
export class Executions {
  readonly #session = new Session()

  /** What was compiled before is compiled anew, so this comes before anything is called. */
  async start(): Promise<void> {
    this.#session.connect()
    await this.#session.post('Profiler.enable')
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** Executions while something is done, by their place. */
  async of(work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
    await this.#session.post('Profiler.takePreciseCoverage')
    await work()
    const { result } = await this.#session.post('Profiler.takePreciseCoverage')
    const counts = new Map<string, number>()
    for (const { url, functions } of result) {
      const at = url.indexOf(`${root}src/`)
      if (at < 0) continue
      for (const { functionName, ranges } of functions) {
        for (const { startOffset, count } of ranges) {
          counts.set(`${url.slice(at + root.length)} ${functionName} ${startOffset}`, count)
        }
      }
    }
    return counts
  }

  async stop(): Promise<void> {
    await this.#session.post('Profiler.stopPreciseCoverage')
    this.#session.disconnect()
  }
}
