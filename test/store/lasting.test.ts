import { describe, expect, it } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { createTestClient, paths, type TestClient } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { describePostgres, newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

const clientOf = (mock: Mock, credentials = mock.credentials): TestClient =>
  createTestClient('http://mock', mock.fetch, credentials, () => NOW)

const batch = (...phones: readonly string[]) =>
  JSON.stringify({ userList: phones.map((phone) => ({ firstname: 'A', phone })) })

const control = async (mock: Mock, method: string, path: string, body?: unknown) => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await mock.fetch(`http://mock/__admin${path}`, { method, ...init })
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
}

/** Everything that a client could notice when a process goes and another comes. */
async function outlivesItsProcess(store: string): Promise<void> {
  const before = createMock({ store, now: NOW })
  const made = await control(before, 'POST', '/sandboxes', { scenario: 'happy-path', now: '2026-04-16T08:00:00Z' })
  const { id } = made.json
  const client = clientOf(before, made.json)
  const task = (await client.signed('POST', paths.create, { body: batch('13800000001', '13800000002') })).json.data
  const issued = (await control(before, 'POST', `/sandboxes/${id}/tokens`, { kind: 'admin' })).json.token
  await control(before, 'POST', `/sandboxes/${id}/faults`, { kind: 'error', status: 503, nth: 3 })
  await control(before, 'POST', `/sandboxes/${id}/clock/advance`, { by: 'PT10M' })
  const list = (on: Mock, token: string) =>
    clientOf(on).send('GET', `${paths.users}?offset=150&limit=100`, { headers: { Authorization: `Bearer ${token}` } })
  expect((await list(before, issued)).status).toBe(200)
  const dateNow = () => NOW + 600_000
  const query = (on: Mock) =>
    createTestClient('http://mock', on.fetch, made.json, dateNow).signed('GET', `${paths.query}?taskId=${task}`)
  const seen = await query(before)
  expect(seen.json.data.taskInfo.successCount).toBe(2)
  await before.close()

  const after = createMock({ store })
  try {
    const refused = await query(after)
    expect(refused.status, 'the third call meets the fault').toBe(503)
    expect((await query(after)).text, 'the task').toBe(seen.text)
    expect((await control(after, 'GET', `/sandboxes/${id}/clock`)).json, 'the clock').toMatchObject({
      now: '2026-04-16T08:10:00Z',
      frozen: true,
    })
    await control(after, 'POST', `/sandboxes/${id}/clock/advance`, { by: 'PT19M' })
    const listed = await list(after, issued)
    expect(listed.status, 'the token slides on').toBe(200)
    expect(listed.text).toContain('"total":202')
    const { requests } = (await control(after, 'GET', `/sandboxes/${id}/requests`)).json
    expect(requests.map(({ requestId }: { requestId: string }) => requestId)).toEqual(
      [6, 5, 4, 3, 2, 1].map((number) => `${id}-${number}`),
    )
    const { actual } = (
      await control(after, 'POST', `/sandboxes/${id}/requests/verify`, {
        operation: 'queryBatchProvisioning',
        count: { exactly: 3 },
      })
    ).json
    expect(actual, 'counts over both processes').toBe(3)
    await control(after, 'DELETE', `/sandboxes/${id}`)
  } finally {
    await after.close()
  }
  const last = createMock({ store })
  try {
    expect((await control(last, 'GET', `/sandboxes/${id}`)).status, 'what was deleted').toBe(404)
    expect((await list(last, issued)).status).toBe(401)
  } finally {
    await last.close()
  }
}

describe('in a folder', () => {
  slowJudge('tasks, tokens, faults, clock and journal outlive the process', () => outlivesItsProcess(newFolder()))
})

describePostgres('in PostgreSQL', (server) => {
  it('tasks, tokens, faults, clock and journal outlive the process', async () => {
    await outlivesItsProcess(await server().createDatabase())
  })
})
