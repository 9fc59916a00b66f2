import { afterEach, expect, it } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describePostgres } from '../support/stores.ts'

const opened: Mock[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((mock) => mock.close()))
})

function openBoth(store: string, seed?: number): [Mock, Mock] {
  const both: [Mock, Mock] = [createMock({ store, seed }), createMock({ store, seed })]
  opened.push(...both)
  return both
}

interface Made {
  readonly status: number
  readonly json: { readonly id: string; readonly appId: string; readonly tokens: Readonly<Record<string, string>> }
}

async function control(mock: Mock, method: string, path: string, body?: unknown): Promise<Made> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await mock.fetch(`http://mock/__admin${path}`, { method, ...init })
  return { status: response.status, json: (await response.json()) as Made['json'] }
}

const idsOf = async (mock: Mock) =>
  ((await control(mock, 'GET', '/sandboxes')).json as unknown as { sandboxes: { id: string }[] }).sandboxes
    .map(({ id }) => id)
    .sort()

describePostgres('sandboxes that two mocks on one store make at once', (server) => {
  it('share no id and no credentials, where both mocks draw from the same seed', async () => {
    const both = openBoth(await server().createDatabase(), 7)
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, index) => control(both[index % 2 === 0 ? 0 : 1], 'POST', '/sandboxes', {})),
    )
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201))
    for (const own of [
      made.map(({ json }) => json.id),
      made.map(({ json }) => json.appId),
      made.flatMap(({ json }) => Object.values(json.tokens)),
    ]) {
      expect(new Set(own).size).toBe(own.length)
    }
    const all = ['default', ...made.map(({ json }) => json.id)].sort()
    expect([await idsOf(both[0]), await idsOf(both[1])]).toEqual([all, all])
    for (const { json } of made) {
      for (const mock of both) {
        const headers = { authorization: `Bearer ${json.tokens['admin']}` }
        const answer = await mock.fetch('http://mock/koodrive/ose/v1/userList?offset=0&limit=1', { headers })
        expect(answer.headers.get('x-mock-request-id')).toContain(json.id)
        await answer.text()
      }
    }
  })

  for (const [what, bodies] of [
    ['the same id', [{ id: 'team-a' }, { id: 'team-a' }]],
    ['the same AppId', [ownAppId('a'), ownAppId('b')]],
  ] as const) {
    it(`are one where both ask for ${what}; both mocks go on`, async () => {
      const both = openBoth(await server().createDatabase())
      const made = await Promise.all(
        bodies.map((body, index) => control(both[index === 0 ? 0 : 1], 'POST', '/sandboxes', body)),
      )
      expect(made.map(({ status }) => status).sort()).toEqual([201, 409])
      const ids = await idsOf(both[0])
      expect(ids).toHaveLength(2)
      expect(await idsOf(both[1])).toEqual(ids)
    })
  }
})

function ownAppId(id: string) {
  return { id, credentials: { appId: 'c'.repeat(64) } }
}
