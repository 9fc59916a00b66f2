import { checks, runContract } from '../../src/contract/index.ts'
import type { MockOptions } from '../../src/index.ts'
import type { MutantArea } from '../../src/mutants/mutant.ts'
import type { Reply } from '../support/client.ts'
import { mockRun } from '../support/contract.ts'

/** What the contract suite says to a management operation, as far as somebody listens. */
export async function journey(
  area: MutantArea,
  options: Pick<MockOptions, 'mutant' | 'readings' | 'speed' | 'onError'>,
  heard: (reply: Pick<Reply, 'status' | 'headers' | 'text'>) => boolean,
): Promise<void> {
  const told = mockRun(options)
  const enough = new AbortController()
  const fetch: NonNullable<typeof told.fetch> = async (request) => {
    const response = (await told.fetch?.(request)) ?? new Response()
    const text = await response.clone().text()
    if (heard({ status: response.status, headers: response.headers, text })) enough.abort()
    return response
  }
  const only = checks.filter((check) => check.id.startsWith(`${area}.`)).map(({ id }) => id)
  await runContract({ ...told, fetch, only, keep: true, signal: enough.signal }).report()
}
