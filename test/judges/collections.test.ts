import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { operations } from '../../src/spec/operations.ts'
import { control, ofDefault } from '../support/control.ts'
import { readEvents } from '../support/event-reader.ts'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/**
 * A mock whose time passes only when a task is polled, so that a client has to poll twice. Its clock is ten minutes ahead:
 * tools sign by the real one, and a signature may be old but not from the future.
 */
async function opened(): Promise<{ url: string; folder: string }> {
  const mock = createMock()
  onTestFinished(() => mock.close())
  const { url } = await mock.listen({ port: 0 })
  const target = { baseUrl: url, fetch }
  const advance = (by: string) => control(target, 'POST', ofDefault('/clock/advance'), { by })
  await control(target, 'PUT', ofDefault('/clock'), { frozen: true })
  await advance('PT10M')
  const events = await readEvents(target)
  const passTime = async (): Promise<void> => {
    for (;;) {
      await events.next(({ type, data }) => type === 'request' && data.operation === 'queryBatchProvisioning')
      await advance('PT10S')
    }
  }
  passTime().catch(() => undefined) // The stream ends with the mock.
  const above = temporaryFolder()
  const folder = join(above, 'collections')
  cpSync(`${root}collections`, folder, { recursive: true })
  cpSync(`${root}openapi.json`, join(above, 'openapi.json'))
  return { url, folder }
}

/** That the tool called every operation, polled a task more than once, and was refused nothing. */
async function expectWholeTour(url: string, operationIds: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/__admin/sandboxes/default/requests`)
  const { requests } = (await response.json()) as { requests: { operation: string; status: number; target: string }[] }
  expect(requests.filter(({ status }) => status !== 200)).toEqual([])
  expect([...new Set(requests.map(({ operation }) => operation))].sort()).toEqual([...operationIds].sort())
  const polls = requests.filter(({ operation }) => operation === 'queryBatchProvisioning').map(({ target }) => target)
  expect(polls.length - new Set(polls).size, 'polls of the same task').toBeGreaterThan(0)
}

const all = operations.map(({ operationId }) => operationId)

describe('a collection of the repository is green against the mock', () => {
  judge('by Newman, the runner of Postman', 'newman', async (newman) => {
    const { url, folder } = await opened()
    const files = ['koodrive.postman_collection.json', '-e', 'mock.postman_environment.json']
    const options = ['--env-var', `baseUrl=${url}`, '--color', 'off']
    const printed = await run(newman, ['run', ...files, ...options], { cwd: join(folder, 'postman') })
    expect(printed).toContain('the task is done')
    expect(printed).toMatch(/│\s+assertions │\s+\d+ │\s+0 │/)
    await expectWholeTour(url, all)
  })

  judge('by the command line of Bruno', 'bru', async (bru) => {
    const { url, folder } = await opened()
    const options = ['--env', 'mock', '--env-var', `baseUrl=${url}`]
    const printed = await run(bru, ['run', '-r', ...options], { cwd: join(folder, 'bruno') })
    expect(printed).toContain('the task is done')
    await expectWholeTour(url, all)
  })

  judge('by Hurl', 'hurl', async () => {
    const { url, folder } = await opened()
    const env = { SIGNER: `${process.execPath} ${root}dist/cli/main.js` }
    const printed = await run('sh', ['run.sh', url], { cwd: join(folder, 'hurl'), env })
    const files = readdirSync(join(folder, 'hurl')).filter((file) => file.endsWith('.hurl'))
    expect(printed.match(/Success/g)).toHaveLength(files.length)
    await expectWholeTour(url, all)
  })

  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

  judge('by Redocly Respect, which runs the Arazzo description', 'redocly', async (redocly) => {
    const { url, folder } = await opened()
    const servers = ['-S', `koodrive=${url}`, '-S', `signer=${url}/__admin`]
    const options = ['-i', JSON.stringify({ baseUrl: url }), ...servers]
    const printed = await run(redocly, ['respect', 'koodrive.arazzo.yaml', ...options], {
      cwd: join(folder, 'arazzo'),
      env: quiet,
    })
    expect(printed).toMatch(/Workflows: 4 passed, 4 total/)
    await expectWholeTour(
      url,
      all.filter((operation) => operation !== 'preverifyBatchImport'),
    )
  })

  judge('as an Arazzo description without error or warning, by Redocly', 'redocly', async (redocly) => {
    const file = `${root}collections/arazzo/koodrive.arazzo.yaml`
    const answer = await run(redocly, ['lint', file, '--extends=recommended', '--format=json'], { env: quiet })
    expect(JSON.parse(/\{[\s\S]*\}/.exec(answer)?.[0] ?? '').problems).toEqual([])
  })
})
