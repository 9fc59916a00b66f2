import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import type { Mock } from '../../src/mock/create-mock.ts'
import { createTestClient, paths, type TestClient } from '../support/client.ts'

const PHONES = ['13800000001', '13800000002', '13800000003']
const example = new URL('../../examples/node/provision.mjs', import.meta.url).pathname

/** A client as it is written in an afternoon. Throws when it notices that something is wrong; it notices little. */
async function naive(client: TestClient, wait: () => void): Promise<string[]> {
  const users = PHONES.map(() => ({ personalCapacity: 10, isAllocateCapacity: true }))
  const body = `{"curDeptId":1575416580416769793,"users":${JSON.stringify(users)}}`
  const verified = await client.send('POST', paths.preverify, { ...bearer(client), body })
  if (verified.json.data.some(({ isSuccess }: { isSuccess: number }) => isSuccess !== 0)) throw new Error('preverify')
  const userList = PHONES.map((phone) => ({ firstname: 'A', phone }))
  const { data: taskId } = (await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })).json
  let info = { status: '0', successCount: 0 }
  while (info.status !== '2') {
    wait()
    info = (await client.signed('GET', `${paths.query}?taskId=${taskId}`)).json.data.taskInfo
  }
  if (info.successCount !== PHONES.length) throw new Error('Pre-verified, and still not everybody was provisioned.')
  const found: { userId: string }[] = []
  let total = 1
  for (let wanted = 1; found.length < wanted; ) {
    const reply = await client.send('GET', `${paths.users}?offset=${found.length}&limit=100`, bearer(client))
    if (reply.status !== 200) throw new Error(`list: ${reply.status}`)
    if (found.length === 0) total = reply.json.total
    wanted = total
    found.push(...reply.json.list)
  }
  return found.map(({ userId }) => userId)
}

const tokens = new WeakMap<TestClient, string>()
const bearer = (client: TestClient) => ({ headers: { Authorization: `Bearer ${tokens.get(client)}` } })

async function naiveUnder(scenario: string): Promise<{ ids: string[]; mock: Mock }> {
  const mock = createMock({ scenario, users: 197, now: Date.UTC(2026, 3, 16, 8) })
  const { clock, credentials } = mock.defaultSandbox
  const client = createTestClient('http://mock', mock.fetch, credentials, () => Date.parse(clock.read().now))
  tokens.set(client, credentials.tokens.admin)
  return { ids: await naive(client, () => clock.advance('PT2S')), mock }
}

const newest = (mock: Mock): string[] => {
  const [task] = mock.defaultSandbox.tasks.list().slice(-1)
  return mock.defaultSandbox.tasks.get(task?.taskId ?? '').rows.map(({ userId }) => userId ?? '')
}

describe('a naive client', () => {
  it('works on the happy path', async () => {
    const { ids, mock } = await naiveUnder('happy-path')
    expect(new Set(ids).size).toBe(200)
    for (const id of newest(mock)) expect(ids).toContain(id)
  })

  it('takes a race for a failure', async () => {
    await expect(naiveUnder('race')).rejects.toThrow('not everybody was provisioned')
  })

  it('does not outlive its token', async () => {
    await expect(naiveUnder('token-expires-mid-poll')).rejects.toThrow('list: 401')
  })

  it('lists people twice and misses those it has just provisioned when pages shift', async () => {
    const { ids, mock } = await naiveUnder('shifting-pages')
    expect(new Set(ids).size).toBeLessThan(ids.length)
    expect(newest(mock).every((id) => ids.includes(id))).toBe(false)
  })
})

/** Runs the example client as a user would, against a sandbox of its own in real time. */
async function runExample(scenario: string): Promise<{ code: number | null; text: string }> {
  const mock = createMock()
  const { url } = await mock.listen({ port: 0 })
  try {
    const { id, credentials } = mock.sandbox({ scenario })
    const issue = `fetch('${url}/__admin/sandboxes/${id}/tokens',{method:'POST',headers:{'content-type':'application/json'},body:'{\\"kind\\":\\"admin\\"}'}).then(r=>r.json()).then(j=>console.log(j.token))`
    const child = spawn(process.execPath, [example, ...PHONES.map((phone) => `A:${phone}`)], {
      env: {
        PATH: process.env['PATH'] ?? '',
        KOODRIVE_ENDPOINT: url,
        KOODRIVE_APP_ID: credentials.appId,
        KOODRIVE_APP_SECRET: credentials.appSecret,
        KOODRIVE_USER_ID: credentials.userId,
        KOODRIVE_ACCESS_TOKEN: credentials.tokens.admin,
        KOODRIVE_TOKEN_COMMAND: `'${process.execPath}' -e "${issue}"`,
        KOODRIVE_DEADLINE: '60',
      },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk
      })
    }
    return await new Promise((resolve) => child.on('close', (code) => resolve({ code, text })))
  } finally {
    await mock.close()
  }
}

const isThere = existsSync(example)
if (!isThere) process.stderr.write('examples/node/provision.mjs is not there: its tests are skipped.\n')

describe.runIf(isThere)('the example client', () => {
  it.concurrent.each([
    'happy-path',
    'race',
    'shifting-pages',
    'token-expires-mid-poll',
    'clock-skew',
    'malformed-json',
    'throttled',
  ])('gets through %s', { timeout: 60_000 }, async (scenario) => {
    const { code, text } = await runExample(scenario)
    expect(text).toMatch(/provisioned=\d+ skipped=\d+ failed=0/)
    expect(code).toBe(0)
  })
})
