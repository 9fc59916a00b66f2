import { describe } from 'vitest'
import type { MockSandbox } from '../../src/index.ts'
import { test } from '../../src/vitest.ts'
import { createTestClient, paths } from '../support/client.ts'

const seen: MockSandbox[] = []

const clientOf = (mockUrl: string, { credentials, clock }: MockSandbox) =>
  createTestClient(mockUrl, fetch, credentials, () => Date.parse(clock.read().now))

const body = JSON.stringify({ userList: [{ firstname: 'Ada', phone: '13900000001' }] })

describe('the fixture of koodrive-mock/vitest', () => {
  // Both tests provision the same phone: side by side, neither sees the user of the other.
  test.for(['one', 'two'])('gives test %s an organisation of its own', async (_, { mockUrl, sandbox, expect }) => {
    seen.push(sandbox)
    const client = clientOf(mockUrl, sandbox)
    const { data } = (await client.signed('POST', paths.create, { body })).json
    sandbox.clock.advance('PT1M')
    expect(sandbox.tasks.list()).toMatchObject([{ taskId: data, successCount: 1, skipCount: 0 }])
    expect((await client.get(`${paths.users}?offset=0&limit=1`)).json.total).toBe(201)
  })

  test('deletes the organisation of a test when the test has ended', ({ mock, sandbox, expect }) => {
    expect(new Set([...seen, sandbox].map(({ id }) => id)).size).toBe(3)
    for (const { id } of seen) expect(mock.world.get(id)).toBeUndefined()
  })

  test('opens no port for a test that asks for none', async ({ mock, sandbox, expect }) => {
    const headers = { Authorization: `Bearer ${sandbox.credentials.tokens.admin}` }
    const response = await mock.fetch(`http://mock${paths.spaces}?offset=0&limit=1`, { headers })
    expect(response.status).toBe(200)
  })
})

const frozen = test.extend({
  sandboxOptions: { now: '2026-04-16T08:00:00Z', users: 3 },
})

describe('its options', () => {
  frozen('shape every sandbox', ({ sandbox, expect }) => {
    expect(sandbox.clock.read()).toMatchObject({ now: '2026-04-16T08:00:00Z', frozen: true })
  })
})

const strange = test.extend('mockOptions', { scope: 'file' }, () => ({ users: 7 }))

describe('the options of the mock', () => {
  strange('shape the mock of the file', async ({ mock, expect }) => {
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    const response = await mock.fetch(`http://mock${paths.users}?offset=0&limit=1`, { headers })
    expect(await response.json()).toMatchObject({ total: 7 })
  })
})
