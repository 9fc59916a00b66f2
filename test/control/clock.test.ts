import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatXDate } from '../../src/signing/index.ts'
import { parseDuration } from '../../src/world/instant.ts'
import { paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'
import { NOW } from '../support/targets.ts'

closeServers()

const users = `${paths.users}?offset=0&limit=1`

describe('the clock of a sandbox', () => {
  it('decides the window of X-Date to the second', async () => {
    const sandbox = await (await controlServer()).sandbox()
    const dated = async (secondsAgo: number) => {
      const headers = { 'X-Date': formatXDate(NOW - secondsAgo * 1000) }
      return (await sandbox.signed('GET', users, { headers })).status
    }
    expect(await dated(900)).toBe(200)
    expect(await dated(901)).toBe(401)
    expect(await dated(-1)).toBe(401)
    await sandbox.control('PUT', '/clock', { now: '2026-04-16T08:00:01Z' })
    expect(await dated(-1)).toBe(200)
    expect(await dated(900)).toBe(401)
  })

  it.each(['creation', 'POST tokens'])(
    'lets a token from %s die at 20 minutes and live on when used at 19',
    async (from) => {
      const sandbox = await (await controlServer()).sandbox()
      const { json } = await sandbox.control('POST', '/tokens', { kind: 'admin' })
      const token = from === 'creation' ? sandbox.credentials.tokens.admin : json.token
      if (from !== 'creation') expect(json).toEqual({ token, kind: 'admin', expiresAt: '2026-04-16T08:20:00Z' })
      const call = async () =>
        (await sandbox.send('GET', users, { headers: { Authorization: `Bearer ${token}` } })).status
      await sandbox.advance('PT19M')
      expect(await call()).toBe(200)
      await sandbox.advance('PT19M59.999S')
      expect(await call()).toBe(200)
      await sandbox.advance('PT20M')
      expect(await call()).toBe(401)
    },
  )

  it('takes a task from new over running to done', async () => {
    const sandbox = await (await controlServer()).sandbox({ scenario: 'slow-batch' })
    const taskId = await sandbox.provision('13800000001', '13800000002')
    const seen: string[] = []
    for (const by of ['PT0S', 'PT31S', 'PT1S']) {
      await sandbox.advance(by)
      const { taskInfo } = await sandbox.task(taskId)
      seen.push(`${taskInfo.status}:${taskInfo.successCount}`)
    }
    expect(seen).toEqual(['0:0', '1:1', '2:2'])
  })

  it('shows in the Date header and in the journal', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.advance('P1D')
    const reply = await sandbox.get(users)
    expect(reply.headers.get('Date')).toBe('Fri, 17 Apr 2026 08:00:00 GMT')
    const { json } = await sandbox.control('GET', '/requests')
    expect(json.requests[0].at).toBe('2026-04-17T08:00:00Z')
  })

  it('is set in part, frozen, resumed, and runs at a rate', async () => {
    const sandbox = await (await controlServer()).sandbox()
    expect((await sandbox.control('GET', '/clock')).json).toEqual({
      now: '2026-04-16T08:00:00Z',
      frozen: true,
      rate: 1,
      xDate: 'virtual',
    })
    const set = await sandbox.control('PUT', '/clock', { frozen: false, rate: 100_000 })
    expect(set.json).toMatchObject({ frozen: false, rate: 100_000 })
    let shown = ''
    while (shown < '2026-04-16T08:01') shown = (await sandbox.control('GET', '/clock')).json.now
    await sandbox.control('PUT', '/clock', { frozen: true })
    const [one, two] = [await sandbox.control('GET', '/clock'), await sandbox.control('GET', '/clock')]
    expect(one.json).toEqual(two.json)
    expect(one.json.rate).toBe(100_000)
  })

  it('belongs to one sandbox', async () => {
    const server = await controlServer()
    const [one, other] = [await server.sandbox(), await server.sandbox()]
    await one.advance('P7D')
    expect((await other.control('GET', '/clock')).json.now).toBe('2026-04-16T08:00:00Z')
  })

  const bad: readonly [string, string, unknown, RegExp][] = [
    ['POST', '/clock/advance', { by: '-PT1S' }, /by: .*ISO 8601 duration/],
    ['POST', '/clock/advance', { by: 'PT' }, /duration/],
    ['POST', '/clock/advance', { by: 'P1M' }, /duration/],
    ['POST', '/clock/advance', { by: 5 }, /by: expected a string/],
    ['POST', '/clock/advance', {}, /by: /],
    ['POST', '/clock/advance', { by: 'P99999999D' }, /no further/],
    ['PUT', '/clock', { now: 'tomorrow' }, /now: .*ISO 8601/],
    ['PUT', '/clock', { rate: 0 }, /rate: .*more than 0/],
    ['PUT', '/clock', { frozen: 'yes' }, /frozen: expected true or false/],
    ['PUT', '/clock', { frosen: true }, /"frosen".*"frozen"/],
    ['PUT', '/clock', {}, /at least one/],
  ]
  it.each(bad)('%s %s %j is refused and changes nothing', async (method, path, body, detail) => {
    const sandbox = await (await controlServer()).sandbox()
    const before = await sandbox.control('GET', '/clock')
    const { status, type, json } = await sandbox.control(method, path, body)
    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' })
    expect(json.detail).toMatch(detail)
    expect(await sandbox.control('GET', '/clock')).toEqual(before)
  })
})

describe('ISO 8601 durations', () => {
  it.each([
    ['PT16M', 960_000],
    ['P1D', 86_400_000],
    ['PT0.5S', 500],
    ['P1W', 604_800_000],
    ['P1DT2H3M4.005S', 93_784_005],
    ['PT0S', 0],
  ])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

  it('of days, hours, minutes and seconds add up', () => {
    const part = fc.nat({ max: 999 })
    fc.assert(
      fc.property(part, part, part, part, (d, h, m, s) => {
        expect(parseDuration(`P${d}DT${h}H${m}M${s}S`)).toBe((((d * 24 + h) * 60 + m) * 60 + s) * 1000)
      }),
    )
  })

  it.each(['', 'P', 'PT', 'P1', '1D', 'P-1D', 'P1DT', 'PT1H2', 'P1Y', 'pt1m', ' PT1M', 'PT1,5S'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})
