import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import { type Refusal, refusals } from '../../src/export/refusals.ts'
import { provisioning } from '../../src/export/sample.ts'
import { createMock } from '../../src/index.ts'
import { operations } from '../../src/spec/operations.ts'
import { control, ofDefault } from '../support/control.ts'
import { readEvents } from '../support/event-reader.ts'
import { judge, run, slowJudge } from '../support/judge.ts'
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

interface Listed {
  readonly operation: string
  readonly status: number
  readonly target: string
}

async function requestsOf(url: string, sandbox: string): Promise<Listed[]> {
  const response = await fetch(`${url}/__admin/sandboxes/${sandbox}/requests?limit=1000`)
  return ((await response.json()) as { requests: Listed[] }).requests
}

const statusesOf = (cases: readonly Refusal[]) => cases.map(({ error }) => error.status).sort()
/** Who names somebody unknown is in the journal of no sandbox. */
const isOfNobody = ({ token, replaced }: Refusal) => token !== undefined || replaced?.part === 'AppId'

/** That the tool called every operation, polled a task more than once, and was refused what is wrong on purpose only. */
async function expectWholeTour(
  url: string,
  operationIds: readonly string[],
  wrong: readonly Refusal[] = refusals.cases,
): Promise<void> {
  const requests = await requestsOf(url, 'default')
  const refused = (all: readonly Listed[]) =>
    all
      .map(({ status }) => status)
      .filter((status) => status !== 200)
      .sort()
  expect(refused(requests)).toEqual(statusesOf(wrong.filter((one) => !isOfNobody(one))))
  expect(refused(await requestsOf(url, 'unattributed'))).toEqual(statusesOf(wrong.filter(isOfNobody)))
  const list = (await (await fetch(`${url}/__admin/sandboxes`)).json()) as { sandboxes: { id: string }[] }
  expect(
    list.sandboxes.map(({ id }) => id),
    'its own sandbox is deleted',
  ).toEqual(['default'])
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

  const redocly = `${root}node_modules/.bin/redocly`
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

  slowJudge('by Redocly Respect, which runs the Arazzo description', async () => {
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
      [],
    )
  })

  slowJudge('as an Arazzo description without error or warning, by Redocly', async () => {
    const file = `${root}collections/arazzo/koodrive.arazzo.yaml`
    const answer = await run(redocly, ['lint', file, '--extends=recommended', '--format=json'], { env: quiet })
    expect(JSON.parse(/\{[\s\S]*\}/.exec(answer)?.[0] ?? '').problems).toEqual([])
  })
})

/** What people type: comments, quotes and slashes in them and in strings, variables, values that a tool draws, a bare %. */
const typedBody = [
  '{',
  '  // who comes on {{phone}}, "so to speak"',
  '  "userList": [{ "firstname": "Ada {{$randomInt}} 100% // no comment", /* and',
  '    another */ "surname": "{{$randomFirstName}}", "phone": "{{phone}}" },',
  '    {"firstname":"Grace","phone":"13900000002"}] }',
].join('\n')

const typedQuery = { z: '{{$randomInt}}', note: '100%', ü: 'a b' }

/** A file with one part of it in place of another, which must be there. */
function edit(file: string, parts: Readonly<Record<string, string>>): void {
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of Object.entries(parts)) {
    expect(text, file).toContain(from)
    text = text.replaceAll(from, () => to)
  }
  writeFileSync(file, text)
}

const { template } = provisioning

describe('what is signed is what is sent, whatever people type into a collection', () => {
  judge('by Newman: variables, drawn values, comments and a bare % in body and query', 'newman', async (newman) => {
    const { url, folder } = await opened()
    const cwd = join(folder, 'postman')
    const file = join(cwd, 'koodrive.postman_collection.json')
    const collection = JSON.parse(readFileSync(file, 'utf8'))
    const [create, poll] = collection.item[0].item
    create.request.body.raw = typedBody
    poll.request.url.query.push(...Object.entries(typedQuery).map(([key, value]) => ({ key, value })))
    writeFileSync(file, JSON.stringify(collection))
    const files = ['koodrive.postman_collection.json', '-e', 'mock.postman_environment.json']
    const variables = ['--env-var', `baseUrl=${url}`, '--env-var', 'phone=13900000077']
    await run(newman, ['run', ...files, '--folder', provisioning.title, ...variables], { cwd })
    await expectTyped(url, '13900000077')
  })

  judge('by Bruno: variables, drawn values, comments and a bare % in body and query', 'bru', async (bru) => {
    const { url, folder } = await opened()
    const cwd = join(folder, 'bruno')
    edit(join(cwd, 'flow/1-create-a-task.bru'), { [template]: typedBody })
    edit(join(cwd, 'flow/2-poll-the-task.bru'), {
      '?taskId={{taskId}}': '?taskId={{taskId}}&z={{$randomInt}}&note=100%&ü=a b',
      '  taskId: {{taskId}}\n': '  taskId: {{taskId}}\n  z: {{$randomInt}}\n  note: 100%\n  ü: a b\n',
    })
    const variables = ['--env-var', `baseUrl=${url}`, '--env-var', 'phone=13900000077']
    await run(bru, ['run', 'flow', '--env', 'mock', ...variables], { cwd })
    await expectTyped(url, '13900000077')
  })

  judge('by Hurl: variables in a body', 'hurl', async (hurl) => {
    const { url, folder } = await opened()
    const cwd = join(folder, 'hurl')
    const variables = [
      '--variables-file',
      'mock.vars',
      '--variable',
      `base_url=${url}`,
      '--variable',
      'phone=13900000077',
    ]
    await run(hurl, ['--test', ...variables, 'provision-and-poll.hurl'], { cwd })
    expect(await phonesOf(url)).toContain('13900000077')
  })
})

async function phonesOf(url: string): Promise<string> {
  const [batch] = (await requestsOf(url, 'default')).filter(
    ({ operation }) => operation === 'createBatchProvisioningTask',
  )
  const { requestId } = batch as unknown as { requestId: string }
  return (await fetch(`${url}/__admin/sandboxes/default/requests/${requestId}`)).text()
}

/** That the batch and the polls were accepted, and held the values of variables. */
async function expectTyped(url: string, phone: string): Promise<void> {
  const requests = await requestsOf(url, 'default')
  const polls = requests.filter(({ target }) => target.includes('note=100%25'))
  expect(polls.length).toBeGreaterThan(0)
  expect(polls.map(({ status }) => status)).toEqual(polls.map(() => 200))
  for (const { target } of polls) expect(target).toMatch(/[?&]z=\d+/)
  const batch = await phonesOf(url)
  expect(batch).toContain(phone)
  expect(batch).toMatch(/Ada \d+ 100% \/\/ no comment/)
}
