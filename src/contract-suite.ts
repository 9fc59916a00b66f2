import { afterAll, beforeAll, describe, test } from 'vitest'
import type { CheckResult, ContractOptions, ContractReport, ContractRun } from './contract/index.ts'

/** What the suite is told. A function is called before the first test, when the target is there. */
export type ContractSuiteOptions = ContractOptions | (() => ContractOptions | Promise<ContractOptions>)

export interface ContractSuiteSettings {
  /** Title of the group. Default: KooDrive contract. */
  readonly title?: string
  /** Which checks become tests, when the options come from a function. Ids, beginnings of ids or tags. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  /** Longest time of one test in milliseconds. Default 120,000: the first look at a task waits for it. */
  readonly timeoutMs?: number
  /** Called with the report when all is over. */
  readonly onReport?: (report: ContractReport) => void
}

const FOREVER_MS = 120_000

/**
 * Registers one test a check. A violation fails its test, a check that cannot be judged is skipped with the reason, a
 * check that could not run fails as broken.
 *
 * @example
 * import { createMock } from 'koodrive-mock'
 * import { contractSuite } from 'koodrive-mock/vitest'
 *
 * const mock = createMock()
 * const { appId, appSecret, userId, tokens } = mock.credentials
 * contractSuite({
 *   target: 'http://127.0.0.1',
 *   fetch: mock.fetch,
 *   credentials: { appId, appSecret, userId, accessToken: tokens.admin },
 *   allowWrites: true,
 * })
 */
export function contractSuite(options: ContractSuiteOptions, settings: ContractSuiteSettings = {}): void {
  const { title = 'KooDrive contract', timeoutMs = FOREVER_MS, onReport } = settings
  const filter = typeof options === 'function' ? settings : { only: options.only, skip: options.skip, ...settings }
  const chosen = { only: filter.only, skip: filter.skip }

  describe(title, async () => {
    const { runContract, selectChecks } = await import('./contract/index.ts')
    let run: ContractRun | undefined
    const results = new Map<string, CheckResult>()

    beforeAll(async () => {
      const made = typeof options === 'function' ? await options() : options
      run = runContract({ ...made, ...chosen })
    }, timeoutMs)

    afterAll(async () => {
      if (onReport !== undefined && run !== undefined) onReport(await run.report())
    }, timeoutMs)

    for (const { id, title: rule } of selectChecks(chosen)) {
      test(`${id}: ${rule}`, { timeout: timeoutMs }, async ({ skip }) => {
        const result = await resultOf(run, results, id)
        if (result.verdict === 'skip') skip(result.reason ?? 'it cannot be judged here')
        if (result.verdict === 'violation' || result.verdict === 'broken') throw new ContractError(result)
      })
    }
  })
}

/** Goes through the run until the result of a check is there: a filter of the test runner may leave some out. */
async function resultOf(
  run: ContractRun | undefined,
  results: Map<string, CheckResult>,
  id: string,
): Promise<CheckResult> {
  if (run === undefined) throw new Error('The run did not begin.')
  const iterator = run[Symbol.asyncIterator]()
  while (!results.has(id)) {
    const next = await iterator.next()
    if (next.done === true) break
    results.set(next.value.id, next.value)
  }
  const found = results.get(id)
  if (found === undefined) throw new Error(`The run has no check ${id}.`)
  return found
}

/** A check that found a violation, as a failed test shows it. */
class ContractError extends Error {
  override name = 'ContractError'

  constructor({ verdict, expected, got, reason, why, source, curl }: CheckResult) {
    const found = verdict === 'broken' ? `could not run: ${reason}` : `expected ${expected}, got ${got}`
    super([found, `why it matters: ${why}`, `source: ${source}`, ...(curl === undefined ? [] : [curl])].join('\n'))
    this.stack = `${this.name}: ${this.message}`
  }
}
