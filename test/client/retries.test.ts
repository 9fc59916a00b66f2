import { describe, expect, it } from 'vitest'
import { type ClientOptions, createClient } from '../../src/client/index.ts'

const task = { data: '1893596414966089600', code: 0, msg: 'Success' }
const list = { list: [], total: 0, code: 0, msg: 'success' }
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const refused =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    json({ code: status, msg: 'no' }, status, headers)
const down = (code: string) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

/** A client whose answers are given one after the other. */
function scripted(answers: readonly (() => Response)[], more: Partial<ClientOptions> = {}) {
  const waits: number[] = []
  const dates: (string | null)[] = []
  let sent = 0
  const client = createClient({
    baseUrl: 'http://service',
    appId: 'a',
    appSecret: 'not-shown-secret',
    userId: '1',
    accessToken: 'not-shown-token',
    now: () => Date.UTC(2026, 3, 16, 8),
    random: () => 1,
    sleep: async (ms) => {
      waits.push(ms)
    },
    fetch: async (request) => {
      dates.push(request.headers.get('x-date'))
      const answer = answers[Math.min(sent, answers.length - 1)]
      sent += 1
      return answer?.() ?? refused(500)()
    },
    ...more,
  })
  return { client, waits, dates, sent: () => sent }
}

const failure = (promise: Promise<unknown>): Promise<any> => promise.then(() => undefined).catch((error) => error)
const users = [{ firstname: 'Ada', phone: '008613800000001' }]

describe('a read', () => {
  it.each([
    ['a throttled answer', refused(429)],
    ['a server error', refused(500)],
    ['a gateway error', refused(502)],
    ['a reset connection', down('ECONNRESET')],
    ['a refused connection', down('ECONNREFUSED')],
  ])('is repeated after %s, with growing pauses', async (_, answer) => {
    const { client, waits, sent } = scripted([answer, answer, () => json(list)])
    expect((await client.listUsers()).records).toEqual([])
    expect(sent()).toBe(3)
    expect(waits).toEqual([500, 1000])
  })

  it('waits as long as Retry-After asks', async () => {
    const { client, waits } = scripted([refused(429, { 'Retry-After': '7' }), () => json(list)])
    await client.listUsers()
    expect(waits).toEqual([7000])
  })

  it('waits until the date that Retry-After names, by the clock of the service', async () => {
    const headers = { 'Retry-After': 'Thu, 16 Apr 2026 08:00:09 GMT', Date: 'Thu, 16 Apr 2026 08:00:00 GMT' }
    const { client, waits } = scripted([refused(503, headers), () => json(list)])
    await client.listUsers()
    expect(waits).toEqual([9000])
  })

  it('gives up when it is asked to wait for too long, and says for how long', async () => {
    const { client, sent } = scripted([refused(429, { 'Retry-After': '3600' })])
    const error = await failure(client.listUsers())
    expect([error.name, error.retryAfterMs, sent()]).toEqual(['ThrottledError', 3_600_000, 1])
  })

  it.each([400, 401, 403, 404])('is not repeated after HTTP %s', async (status) => {
    const { client, sent } = scripted([refused(status)])
    await failure(client.listUsers())
    expect(sent()).toBe(1)
  })

  it('gives up after the retries it was given', async () => {
    const { client, sent } = scripted([refused(500)], { retries: 1 })
    expect((await failure(client.listUsers())).name).toBe('ServerError')
    expect(sent()).toBe(2)
  })
})

describe('a write', () => {
  it.each([
    ['a throttled answer', refused(429)],
    ['an outage that names its end', refused(503, { 'Retry-After': '1' })],
    ['a connection that never opened', down('ECONNREFUSED')],
  ])('is repeated after %s: it cannot have taken effect', async (_, answer) => {
    const { client, sent } = scripted([answer, () => json(task)])
    expect(await client.createBatchProvisioningTask(users)).toBe(task.data)
    expect(sent()).toBe(2)
  })

  it.each([
    ['a server error', refused(500)],
    ['an outage that does not name its end', refused(503)],
    ['a gateway timeout', refused(504)],
    ['a reset connection', down('ECONNRESET')],
    ['an answer that is not JSON', () => new Response('<html>')],
  ])('is sent once after %s, and the error tells how to go on', async (_, answer) => {
    const { client, sent } = scripted([answer])
    const error = await failure(client.createBatchProvisioningTask(users))
    expect([error.name, sent()]).toEqual(['AmbiguousWriteError', 1])
    expect(error.message).toContain('40000009')
    expect(JSON.stringify(error) + error.message).not.toContain('not-shown')
  })
})

describe('the clock of a client', () => {
  const headers = { Date: 'Thu, 16 Apr 2026 07:30:00 GMT' }

  it('is left alone unless it may learn', async () => {
    const { client, sent } = scripted([refused(401, headers)])
    expect((await failure(client.queryBatchProvisioning({ taskId: '1' }))).name).toBe('AuthenticationError')
    expect(sent()).toBe(1)
  })

  it('learns from the Date of a refusal, once', async () => {
    const { client, dates } = scripted([refused(401, headers), () => json(task)], { learnClockSkew: true })
    expect(await client.createBatchProvisioningTask(users)).toBe(task.data)
    expect(dates).toEqual(['20260416T080000Z', '20260416T073000Z'])
  })

  it('does not go round in circles when the clock was not the reason', async () => {
    const { client, sent } = scripted([refused(401, headers)], { learnClockSkew: true })
    await failure(client.queryBatchProvisioning({ taskId: '1' }))
    expect(sent()).toBe(2)
  })
})
