import { expect } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { createTestClient, paths } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

const call = async (mock: Mock, method: string, path: string, body?: unknown) => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await mock.fetch(`http://mock/__admin${path}`, { method, ...init })
  const text = await response.text()
  return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
}

slowJudge('a snapshot that is restored into a store outlives the process, with name, labels and clock', async () => {
  const source = createMock()
  const made = source.sandbox({ name: 'Team A', labels: { owner: 'a' }, now: NOW })
  const client = (mock: Mock) => createTestClient('http://mock', mock.fetch, made.credentials, () => NOW)
  await client(source).signed('POST', paths.create, { body: '{"userList":[{"firstname":"A","phone":"13800000001"}]}' })
  const snapshot = made.snapshot()
  const store = newFolder()
  expect(() => createMock({ store, snapshot })).toThrow(/mock\.restore/)

  const before = createMock({ store, maxSandboxes: 2 })
  expect((await call(before, 'PUT', '/snapshot', snapshot)).json).toEqual({ restored: [made.id] })
  expect((await call(before, 'POST', '/sandboxes', {})).status).toBe(409)
  const metrics = (await call(before, 'GET', '/metrics')).text
  expect(metrics).toMatch(/koodrive_mock_store_duration_seconds_count\{operation="(?:query|transaction)"\} [1-9]/)
  await before.close()

  const after = createMock({ store })
  try {
    const { json } = await call(after, 'GET', '/sandboxes?label=owner=a')
    expect(json).toMatchObject({ total: 1, sandboxes: [{ id: made.id, name: 'Team A', clock: { frozen: true } }] })
    expect(JSON.stringify((await call(after, 'GET', `/sandboxes/${made.id}/snapshot`)).json)).toBe(
      JSON.stringify(snapshot),
    )
    expect((await client(after).get(`${paths.users}?offset=0&limit=1`)).json.total).toBe(200)
    expect((await call(after, 'DELETE', '/sandboxes?label=owner')).json).toEqual({ deleted: [made.id] })
  } finally {
    await after.close()
  }
})
