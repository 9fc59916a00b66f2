import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { sign } from '../../src/signing/index.ts'
import { type Agent, byHttp, byStdio } from '../support/agent.ts'
import { runToEnd } from '../support/command.ts'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { closeAll, overHttp } from '../support/targets.ts'

afterEach(closeAll)

const ways: [string, () => Promise<Agent>][] = [
  ['stdio', () => byStdio()],
  ['stdio to a mock that runs', async () => byStdio('--url', (await overHttp()).baseUrl)],
  ['Streamable HTTP', async () => byHttp((await overHttp()).baseUrl)],
]

/** Where the code under test finds the mock, as the agent is told. */
const urlOf = ({ client }: Agent): string =>
  /calls (http:\/\/\S+) in place/.exec(client.getInstructions() ?? '')?.[1] ?? ''

/** Whatever calls tools: a client of the SDK, or a command line. */
type Tools = Pick<Agent, 'use' | 'ask'>

interface Sandbox {
  readonly id: string
  readonly appId: string
  readonly appSecret: string
  readonly userId: string
}

/** Sends a signed request as the code under test would, by the clock of the sandbox. */
async function send(
  { ask }: Tools,
  base: string,
  { id, appId, userId }: Sandbox,
  appSecret: string,
): Promise<Response> {
  const url = `${base}/koodrive/ose/v1/userList?offset=0&limit=1`
  const { clock } = await ask('get_sandbox', { sandbox: id })
  const date = `${clock.now.replace(/[-:]|\.\d+/g, '')}`
  const headers: [string, string][] = [
    ['host', new URL(url).host],
    ['x-date', date],
    ['x-user-id', userId],
  ]
  const { authorization } = sign({ method: 'GET', url, headers, body: undefined }, { appId, appSecret })
  return fetch(url, { headers: { 'X-Date': date, 'X-User-Id': userId, Authorization: authorization } })
}

/** A wrongly signed request, its mistake as the tools tell it, and the right one. */
async function cureASignature({ use, ask }: Tools, url: string): Promise<void> {
  const sandbox: Sandbox = await ask('create_sandbox', { users: 3, now: '2026-04-16T08:00:00Z' })
  expect((await send({ use, ask }, url, sandbox, `${sandbox.appSecret} `)).status).toBe(401)
  const { requests } = await ask('search_requests', { sandbox: sandbox.id, operation: 'listUsers', status: 401 })
  expect(requests).toHaveLength(1)
  const { text } = await use('explain_request', { sandbox: sandbox.id, requestId: requests[0].requestId })
  expect(text).toMatch(/AppSecret[^"]*trim it/)
  expect(text).not.toContain(sandbox.appSecret)
  expect((await send({ use, ask }, url, sandbox, sandbox.appSecret)).status).toBe(200)
  const where = { sandbox: sandbox.id, operation: 'listUsers', where: { status: 200 }, count: { exactly: 1 } }
  expect(await ask('verify_requests', where)).toMatchObject({ pass: true, actual: 1 })
}

describe.each(ways)('an agent by %s', (_, connect) => {
  it('makes a sandbox, is told the mistake of a wrong signature, and verifies the right one', {
    timeout: 60_000,
  }, async () => {
    const agent = await connect()
    await cureASignature(agent, urlOf(agent))
  })

  it('moves the clock, chooses a scenario, injects a fault and reads what came of it', {
    timeout: 60_000,
  }, async () => {
    const agent = await connect()
    const sandbox: Sandbox = await agent.ask('create_sandbox', { now: '2026-04-16T08:00:00Z', scenario: 'slow-batch' })
    const own = { sandbox: sandbox.id }
    expect((await agent.ask('advance_clock', { ...own, by: 'PT16M' })).now).toMatch(/^2026-04-16T08:16:00/)
    await agent.ask('choose_scenario', { ...own, scenario: 'duplicates' })
    expect((await agent.ask('get_sandbox', own)).scenario).toBe('duplicates')
    const { tools } = await agent.client.listTools()
    const told = JSON.stringify(tools.find(({ name }) => name === 'inject_fault')).replaceAll('\\"', '"')
    const examples = [...told.matchAll(/\{"kind": "error"[^}]*\}/g)].map(([text]) => JSON.parse(text))
    expect(examples).toHaveLength(2)
    for (const fault of examples) await agent.ask('inject_fault', { ...own, fault })
    expect((await send(agent, urlOf(agent), sandbox, sandbox.appSecret)).status).toBe(503)
    expect((await agent.use('clear_faults', own)).isError).toBe(false)
    expect((await send(agent, urlOf(agent), sandbox, sandbox.appSecret)).status).toBe(200)
    for (const tool of ['report_card', 'coverage', 'list_tasks', 'reset_sandbox']) {
      expect([tool, (await agent.use(tool, own)).isError]).toEqual([tool, false])
    }
  })

  it('runs the read-only checks of the contract', { timeout: 60_000 }, async () => {
    const agent = await connect()
    const { summary, deviating } = await agent.ask('run_contract', { only: ['list-users'] })
    expect(summary).toMatchObject({ violation: 0, broken: 0 })
    expect(summary.pass).toBeGreaterThan(10)
    expect(deviating.filter(({ verdict }: { verdict: string }) => verdict === 'violation')).toEqual([])
  })

  it('reads operations, errors, readings, signing and scenarios', { timeout: 60_000 }, async () => {
    const { client } = await connect()
    const { resources } = await client.listResources()
    const texts = await Promise.all(
      resources.map(async ({ uri }) => {
        const { contents } = await client.readResource({ uri })
        return [uri, (contents[0] as { text: string }).text] as const
      }),
    )
    const page = Object.fromEntries(texts)
    expect(page['koodrive://operations']).toContain('/koodrive/ose/v1/userList')
    expect(page['koodrive://errors']).toContain('13000309')
    expect(page['koodrive://readings']).toContain('## code-type')
    expect(page['koodrive://signing']).toMatch(/^# Signing[\s\S]*Canonical request[\s\S]*## Pitfalls/)
    expect(page['koodrive://scenarios']).toContain('`duplicates`')
  })

  it('is told what is wrong with a call, in words', { timeout: 60_000 }, async () => {
    const agent = await connect()
    expect(await agent.use('create_sandbox', { scenario: 'duplicate' })).toEqual({
      isError: true,
      text: expect.stringContaining('duplicates'),
    })
    expect(await agent.use('get_sandbox', { sandbox: 'nobody' })).toMatchObject({
      isError: true,
      text: 'There is no sandbox "nobody". list_sandboxes lists them.',
    })
    await expect(agent.use('frobnicate')).rejects.toThrow(/no tool frobnicate.*create_sandbox/)
    await expect(agent.client.readResource({ uri: 'koodrive://x' })).rejects.toThrow(/no resource koodrive:\/\/x/)
  })
})

describe('a call with wrong arguments', () => {
  const half = String.fromCharCode(0xd800)
  it('is refused by name, and touches neither the sandbox `default` nor another route', {
    timeout: 60_000,
  }, async () => {
    const agent = await byHttp((await overHttp()).baseUrl)
    await agent.ask('inject_fault', { fault: { kind: 'error', status: 503, code: 13000201, msg: 'busy' } })
    const before = await agent.ask('get_sandbox')
    for (const [tool, input, said] of [
      ['reset_sandbox', { id: 'other' }, 'The arguments of reset_sandbox: there is no field "id". Allowed: sandbox.'],
      ['clear_faults', { sandboxId: 'other' }, 'there is no field "sandboxId". Did you mean "sandbox"?'],
      ['list_tasks', { page: 2 }, 'there is no field "page". Allowed: sandbox.'],
      ['search_requests', { statuss: 401 }, 'there is no field "statuss". Did you mean "status"?'],
      ['search_requests', { status: {} }, 'status: expected a string or a number or true or false, got an object.'],
      ['get_sandbox', { sandbox: null }, 'sandbox: expected a string, got null.'],
      ['get_sandbox', { sandbox: 42 }, 'sandbox: expected a string, got 42.'],
      ['get_sandbox', { sandbox: '' }, 'sandbox: expected a string of at least 1 characters'],
      ['get_sandbox', { sandbox: '..' }, 'sandbox: it is not an id that a list names.'],
      ['clear_faults', { sandbox: half }, 'sandbox: it is not an id that a list names.'],
      ['explain_request', { requestId: '..' }, 'requestId: it is not an id that a list names.'],
      ['explain_request', {}, 'requestId: expected a string, got nothing.'],
      ['list_sandboxes', { sandbox: 'other' }, 'there is no field "sandbox". Allowed: label, name,'],
      ['choose_scenario', {}, 'scenario: expected a string, got nothing. Allowed: Name of a built-in scenario'],
      ['choose_scenario', { yaml: 'name: x' }, 'scenario: expected a string, got nothing.'],
      ['choose_scenario', { scenario: {} }, 'scenario: expected a string, got an object.'],
      ['create_sandbox', { scenario: {} }, 'scenario: expected a string, got an object.'],
      [
        'inject_fault',
        { kind: 'reset' },
        'fault: expected an object, got nothing. Allowed: For example {"kind": "error"',
      ],
      ['inject_fault', { fault: [] }, 'fault: expected an object, got a list of 0.'],
      ['inject_fault', { fault: { kind: 'reset', foo: 1 } }, 'fault: there is no field "foo". Allowed: kind,'],
      ['set_clock', {}, 'The arguments of set_clock: name at least one of now,'],
      ['reset_sandbox', { sandbox: '../x' }, 'There is no sandbox "../x". list_sandboxes lists them.'],
      ['create_sandbox', { nam: 'x' }, 'there is no field "nam". Did you mean "name"?'],
      ['run_contract', { only: 'list-users' }, 'only: expected a list, got "list-users".'],
      ['run_contract', { sandbox: '..' }, 'sandbox: it is not an id that a list names.'],
      ['run_contract', { tags: [] }, 'there is no field "tags". Allowed: sandbox, only.'],
    ] as const) {
      const { text, isError } = await agent.use(tool, input)
      expect([tool, input, isError, text]).toEqual([tool, input, true, expect.stringContaining(said)])
    }
    expect(await agent.ask('get_sandbox')).toEqual({ ...before, clock: expect.anything() })
    expect((await agent.ask('list_sandboxes')).total).toBe(1)
  })

  it('is answered in few words, however long it is', { timeout: 60_000 }, async () => {
    const agent = await byHttp((await overHttp()).baseUrl)
    const long = 'x'.repeat(100_000)
    for (const [tool, input] of [
      ['get_sandbox', { sandbox: long }],
      ['run_contract', { only: [long] }],
      ['choose_scenario', { scenario: long }],
      ['create_sandbox', { [long]: 1 }],
    ] as const) {
      const { text, isError } = await agent.use(tool, input)
      expect([tool, isError, text.length < 2_100]).toEqual([tool, true, true])
    }
    await expect(agent.use(long)).rejects.toThrow(/^.{0,1000}$/s)
  })
})

describe('an agent by stdio to something else than a mock', () => {
  it('is told so, by every tool', { timeout: 60_000 }, async () => {
    const stranger = createServer((_, response) => response.writeHead(404).end('<h1>Not found</h1>'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void stranger.close())
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
    const agent = await byStdio('--url', url)
    const said = `What answers at ${url} is not a mock with a control plane: list_sandboxes got 404.`
    expect(await agent.use('list_sandboxes')).toEqual({ isError: true, text: said })
    expect((await agent.use('run_contract')).text).toContain('is not a mock with a control plane')
  })

  it('starts for no address that is none', async () => {
    const { code, err } = await runToEnd(['mcp', '--url', 'nope'])
    expect([code, err]).toEqual([2, expect.stringContaining("'nope' is invalid. Allowed: a URL such as http://")])
  })
})

describe('the tools', () => {
  it('fit into the mind of an agent, and say what they change', async () => {
    const { client } = await byHttp((await overHttp()).baseUrl)
    const { tools } = await client.listTools()
    expect(JSON.stringify(tools).length).toBeLessThan(24_000)
    for (const { name, description = '', inputSchema, annotations } of tools) {
      expect([name, description.length > 20, inputSchema.type]).toEqual([name, true, 'object'])
      expect(annotations?.readOnlyHint).toEqual(expect.any(Boolean))
    }
    const changing = tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)
    expect(changing.sort()).toEqual([
      'advance_clock',
      'choose_scenario',
      'clear_faults',
      'create_sandbox',
      'inject_fault',
      'reset_sandbox',
      'set_clock',
    ])
  })
})

describe('the command line of the MCP inspector', () => {
  const stdio = [process.execPath, `${root}dist/cli/main.js`, 'mcp']

  /** What it prints, without what the mock says on standard error after it. */
  const inspect = async (...args: readonly string[]) => {
    const printed = await run('mcp-inspector', ['--cli', ...args])
    return JSON.parse(printed.slice(0, printed.lastIndexOf('\n}') + 2))
  }

  const byInspector = (...server: readonly string[]): Tools => {
    const use: Tools['use'] = async (name, input = {}) => {
      const words = Object.entries(input).flatMap(([key, value]) => [
        '--tool-arg',
        `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      ])
      const { content } = await inspect(...server, '--method', 'tools/call', '--tool-name', name, ...words)
      return { text: content[0].text, isError: false }
    }
    return { use, ask: async (name, input) => JSON.parse((await use(name, input)).text) }
  }

  judge('lists the tools of a mock that it starts', 'mcp-inspector', async () => {
    const { tools } = await inspect(...stdio, '--method', 'tools/list')
    expect(tools.map(({ name }: { name: string }) => name)).toContain('explain_request')
  })

  for (const [way, server] of [
    ['stdio', (url: string) => [...stdio, '--url', url]],
    ['Streamable HTTP', (url: string) => [`${url}/__admin/mcp`, '--transport', 'http']],
  ] as const) {
    judge(
      `is told the mistake of a wrong signature, and verifies the right one, by ${way}`,
      'mcp-inspector',
      async () => {
        const { baseUrl } = await overHttp()
        await cureASignature(byInspector(...server(baseUrl)), baseUrl)
      },
    )
  }
})

describe('POST /__admin/mcp', () => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const headers = { 'Content-Type': 'application/json' }
  const post = (url: string, more: Record<string, string> = {}, body: string = JSON.stringify(message)) =>
    fetch(`${url}/__admin/mcp`, { method: 'POST', headers: { ...headers, ...more }, body })

  it('asks for the control token, as every call of the control plane does', { timeout: 60_000 }, async () => {
    const { baseUrl } = await overHttp({ control: { token: 'known' } })
    expect((await post(baseUrl)).status).toBe(401)
    expect((await post(baseUrl, { Authorization: 'Bearer known' })).status).toBe(200)
    const agent = await byHttp(baseUrl, 'known')
    expect((await agent.ask('list_sandboxes')).sandboxes).toHaveLength(1)
    const remote = await byStdio('--url', baseUrl, '--control-token', 'known')
    expect((await remote.ask('list_sandboxes')).sandboxes).toHaveLength(1)
    const without = await byStdio('--url', baseUrl)
    expect(await without.use('list_sandboxes')).toMatchObject({
      isError: true,
      text: expect.stringContaining('control token'),
    })
  })

  it('is refused to pages of other origins, and to names that are not ours', async () => {
    const { baseUrl } = await overHttp()
    expect((await post(baseUrl, { Origin: 'https://evil.example' })).status).toBe(403)
  })

  it('has no streams and no sessions', async () => {
    const { baseUrl } = await overHttp()
    for (const method of ['GET', 'DELETE']) expect((await fetch(`${baseUrl}/__admin/mcp`, { method })).status).toBe(405)
  })

  it.each([
    ['no JSON', '{', 400],
    ['no message', '{"a": 1}', 400],
    ['too large', JSON.stringify('x'.repeat(4 * 1024 * 1024)), 413],
  ])('refuses %s', async (_, body, status) => {
    const { baseUrl } = await overHttp()
    expect((await post(baseUrl, {}, body)).status).toBe(status)
  })

  it('stays out of the journal of the code under test', async () => {
    const { baseUrl } = await overHttp()
    const agent = await byHttp(baseUrl)
    await agent.ask('list_sandboxes')
    expect((await agent.ask('search_requests')).requests).toEqual([])
  })
})
