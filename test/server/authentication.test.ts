import { expect, it } from 'vitest'
import { formatXDate, sign } from '../../src/signing/index.ts'
import { operations } from '../../src/spec/operations.ts'
import { paths } from '../support/client.ts'
import { describeTargets, NOW, type Target } from '../support/targets.ts'

const listing = `${paths.users}?offset=0&limit=5`
const polling = `${paths.query}?taskId=1882735962480556672`
const unauthorized = { code: 401, msg: 'Unauthorized' }

/** A signed request whose headers a test may spoil before it is sent. */
async function spoiled(target: Target, spoil: (headers: Record<string, string>) => void, path = polling) {
  const url = target.baseUrl + path
  const { credentials } = target.mock
  const headers = { Host: new URL(url).host, 'X-Date': formatXDate(NOW), 'X-User-Id': credentials.userId }
  const signed: Record<string, string> = {
    ...headers,
    Authorization: sign({ method: 'GET', url, headers }, credentials).authorization,
  }
  spoil(signed)
  return target.client.send('GET', path, { headers: signed })
}

describeTargets('app signatures', (open) => {
  const guarded = operations.filter(({ authentication }) => !['none', 'optional-session'].includes(authentication))
  it.each(guarded.map(({ operationId, method, path }) => [operationId, method, path] as const))(
    '%s refuses a caller without Authorization with 401 and a reason',
    async (_, method, path) => {
      const { client } = await open()
      const reply = await client.send(method, path)
      expect(reply.status).toBe(401)
      expect(reply.json).toEqual(unauthorized)
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain('Authorization')
    },
  )

  it.each<[string, (headers: Record<string, string>) => void, RegExp]>([
    ['no X-Date', (h) => delete h['X-Date'], /X-Date/],
    ['no X-User-Id', (h) => delete h['X-User-Id'], /X-User-Id/i],
    ['a malformed X-Date', (h) => Object.assign(h, { 'X-Date': '2026-04-16T08:00:00Z' }), /X-Date/],
    ['an X-Date that is no date', (h) => Object.assign(h, { 'X-Date': '20260230T080000Z' }), /X-Date/],
    ['another scheme', (h) => Object.assign(h, { Authorization: 'Basic abc' }), /Basic/],
    ['a token', (h) => Object.assign(h, { Authorization: 'Bearer mock-admin-token' }), /Bearer|token/],
    [
      'the scheme of the SDK',
      (h) =>
        Object.assign(h, { Authorization: 'SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=ab' }),
      /SDK/,
    ],
    [
      'an unknown AppId',
      (h) => Object.assign(h, { Authorization: h['Authorization']?.replace('AppId=0', 'AppId=f') }),
      /AppId/,
    ],
    ['a changed signature', (h) => Object.assign(h, { Authorization: `${h['Authorization']?.slice(0, -4)}0000` }), /./],
    ['another X-User-Id than was signed', (h) => Object.assign(h, { 'X-User-Id': '1505084218764547201' }), /./],
  ])('%s is refused with a reason', async (_, spoil, reason) => {
    const reply = await spoiled(await open(), spoil)
    expect(reply.status).toBe(401)
    expect(reply.json).toEqual(unauthorized)
    expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(reason)
  })

  it('accepts X-Date for 15 minutes, refuses it a second later, and refuses the future', async () => {
    const { client } = await open()
    const at = (seconds: number) =>
      client.signed('GET', polling, { headers: { 'X-Date': formatXDate(NOW + seconds * 1000) } })
    expect((await at(-900)).status).toBe(200)
    expect((await at(0)).status).toBe(200)
    const old = await at(-901)
    expect([old.status, old.headers.get('X-Mock-Diagnosis')]).toEqual([
      401,
      expect.stringMatching(
        /too old \(901 s old, 900 s are allowed: 15 min 1 s against 15 min\).*2026-04-16T08:00:00Z/,
      ),
    ])
    const early = await at(1)
    expect([early.status, early.headers.get('X-Mock-Diagnosis')]).toEqual([
      401,
      expect.stringMatching(/later than the time of the server \(by 1 s\)/),
    ])
  })

  it('refuses a right signature whose X-User-Id is nobody in the organisation', async () => {
    const { client } = await open()
    const reply = await client.signed('GET', polling, { headers: { 'X-User-Id': '1999999999999999999' } })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/X-User-Id 1999999999999999999 is not a user/)
  })

  it('is accepted by token operations too; the role of X-User-Id decides', async () => {
    const { client } = await open()
    expect((await client.signed('GET', listing)).json).toMatchObject({ code: 0, total: 200 })
    const users = (await client.get(`${paths.users}?offset=0&limit=100`)).json.list
    const common = users.find(({ role }: any) => role === 1)
    const administrator = users.find(({ role }: any) => role === 0)
    expect((await client.signed('GET', listing, { headers: { 'X-User-Id': common.userId } })).json.code).toBe(13000410)
    const own = (await client.signed('GET', listing, { headers: { 'X-User-Id': administrator.id } })).json
    expect(own.total).toBeGreaterThan(0)
    expect(own.total).toBeLessThan(200)
  })
})

describeTargets('access tokens', (open) => {
  it.each(['Bearer+mock-admin-token', 'Bearer mock-admin-token', 'bearer mock-admin-token', 'mock-admin-token'])(
    '%s is accepted',
    async (Authorization) => {
      const { client } = await open()
      expect((await client.send('GET', listing, { headers: { Authorization } })).status).toBe(200)
    },
  )

  it.each(['', 'Bearer', 'Bearer ', 'Bearer wrong', 'wrong', 'Bearer a b', 'Token mock-admin-token'])(
    '"%s" is refused',
    async (Authorization) => {
      const { client } = await open()
      const reply = await client.send('GET', listing, { headers: { Authorization } })
      expect(reply.status).toBe(401)
      expect(reply.json).toEqual(unauthorized)
      expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/token/i)
    },
  )

  it('sees by role: the organisation, the own department and below, nothing', async () => {
    const { client, mock } = await open()
    const as = (token: string, more = '') =>
      client.send('GET', listing + more, { headers: { Authorization: `Bearer ${token}` } })
    const { tokens } = mock.credentials
    expect((await as(tokens.admin)).json.total).toBe(200)
    expect((await as(tokens.app)).json.total).toBe(200)
    const department = (await as(tokens.deptAdmin)).json
    expect(department.total).toBeGreaterThan(0)
    expect(department.total).toBeLessThan(200)
    const outside = await as(tokens.deptAdmin, '&deptId=1243693141656107521')
    expect([outside.status, outside.json.code]).toEqual([400, 13000410])
    const common = await as(tokens.user)
    expect([common.status, common.json.code]).toEqual([400, 13000410])
  })
})

describeTargets('language', (open) => {
  it.each([
    ['en-US', 'Verify parameters failed.'],
    ['en_us', 'Verify parameters failed.'],
    ['zh-CN', '参数校验失败。'],
    ['zh_cn', '参数校验失败。'],
    ['fr-FR', 'Verify parameters failed.'],
  ])('%s decides the text of msg', async (language, msg) => {
    const { client } = await open()
    expect((await client.get(`${paths.users}?offset=x&limit=1`, { headers: { language } })).json.msg).toBe(msg)
  })
})

describeTargets('debug headers', (open) => {
  it('name the request, the rule and its evidence', async () => {
    const { client } = await open()
    const reply = await client.get(`${paths.users}?offset=0&limit=0`)
    expect(reply.headers.get('X-Mock-Request-Id')).toMatch(/^default-\d+$/)
    expect(reply.headers.get('X-Mock-Rule')).toBe('list-users.query.limit; documented')
    expect(reply.headers.get('X-Mock-Diagnosis')).toContain('limit')
  })

  it('are left out when switched off, and nothing else tells of the mock', async () => {
    const { client } = await open({ debugHeaders: false })
    const reply = await client.get(`${paths.users}?offset=0&limit=0`)
    expect([...reply.headers.keys()].filter((name) => /mock/i.test(name))).toEqual([])
    expect(reply.text).not.toMatch(/mock/i)
  })
})
