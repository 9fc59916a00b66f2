import { afterEach, describe, expect, it } from 'vitest'
import { paths } from '../../support/client.ts'
import { freshPhones, startSession } from '../../support/clients.ts'
import { control, ofDefault } from '../../support/control.ts'
import { closeAll, overHttp, type Target } from '../../support/targets.ts'

afterEach(closeAll)

const cardOf = async (target: Target, parameters = '') =>
  (await control(target, 'GET', ofDefault(`/report-card${parameters}`))).json
const idsOf = (card: any): string[] => card.findings.map(({ id }: any) => id)

describe('a report card', () => {
  it('tells a batch resubmitted after a lost answer from one that was never taken', async () => {
    const body = JSON.stringify({ userList: freshPhones.map((phone) => ({ firstname: 'A', phone })) })
    for (const [when, isTaken] of [
      ['before', false],
      ['after', true],
    ] as const) {
      const target = await overHttp()
      const { status } = await control(target, 'POST', ofDefault('/faults'), { kind: 'reset', strikes: when, times: 1 })
      expect(status).toBe(201)
      await expect(target.client.signed('POST', paths.create, { body })).rejects.toThrow()
      expect((await target.client.signed('POST', paths.create, { body })).status).toBe(200)
      const card = await cardOf(target)
      expect(idsOf(card).includes('batch-resubmitted'), when).toBe(isTaken)
      if (isTaken) expect(card.findings[0].evidence[0].detail).toContain('whose answer was lost')
    }
  })

  it('lets a client submit the rows again that failed', async () => {
    const target = await overHttp()
    const { create, query, wait } = startSession(target)
    const taskId = await create('19990000102')
    wait(60_000)
    await query(taskId)
    await create('19990000102')
    expect(idsOf(await cardOf(target))).not.toContain('batch-resubmitted')
  })

  it('lets a client wait as long as Retry-After says', async () => {
    const target = await overHttp()
    const { wait } = startSession(target)
    await control(target, 'POST', ofDefault('/faults'), { kind: 'throttle', quota: 0, retryAfterSeconds: 5, times: 1 })
    await target.client.get(`${paths.users}?offset=0&limit=1`)
    wait(5000)
    await target.client.get(`${paths.users}?offset=0&limit=1`)
    expect(idsOf(await cardOf(target))).not.toContain('retry-after-ignored')
  })

  it('judges polls by the time that is asked for, and refuses one that is none', async () => {
    const target = await overHttp()
    const { create, query, wait } = startSession(target)
    const taskId = await create('17770000001')
    await query(taskId)
    wait(500)
    await query(taskId)
    expect(idsOf(await cardOf(target, '?minPollMs=100'))).not.toContain('polls-too-fast')
    expect(idsOf(await cardOf(target, '?minPollMs=501'))).toContain('polls-too-fast')
    expect((await control(target, 'GET', ofDefault('/report-card?minPollMs=soon'))).json.allowed).toContain('1000')
  })

  it('says when the journal dropped calls', async () => {
    const target = await overHttp({ maxJournal: 1 })
    for (let n = 0; n < 3; n += 1) await target.client.get(`${paths.users}?offset=0&limit=1`)
    const card = await cardOf(target)
    expect(card.journal).toMatchObject({ complete: false, dropped: 2, note: expect.stringContaining('--max-journal') })
    const { text } = await control(target, 'GET', ofDefault('/report-card?format=junit'))
    expect(text).toContain('<system-err>The journal kept the last 1 calls and dropped 2')
  })

  it('comes as JUnit with a test case for each check, and well-formed whatever the client sent', async () => {
    const target = await overHttp()
    await startSession(target).create('17770000001')
    await target.client.send('GET', `${paths.users}?offset=0&limit=1&token=a&x=%01<&"']]>`)
    const { text, headers } = await control(target, 'GET', ofDefault('/report-card?format=junit'))
    expect(headers.get('content-type')).toContain('application/xml')
    const card = await cardOf(target)
    expect(text.match(/<testcase /g)).toHaveLength(card.checks.length)
    expect(text.match(/<failure /g)).toHaveLength(card.summary.errors + card.summary.warnings)
    expect(text).toContain(`failures="${card.summary.errors + card.summary.warnings}"`)
    expect(text).toMatch(/<testcase [^>]*preverify-skipped[^>]*>\s*<system-out>/)
    expect(text.replace(/<[/?]?[a-z-]+(?: [a-zA-Z]+="[^"<]*")*\s*\/?\??>/g, '')).not.toMatch(
      /[<>]|&(?!amp;|lt;|gt;|quot;)/,
    )
  })
})

describe('a call whose fields are not what they should be', () => {
  it.each([
    '{"curDeptId": {"toString": 1, "valueOf": 2}}',
    '{"curDeptId": [[]], "userList": [{"phone": {"toString": null}}, {"phone": [{"toString": 0}]}]}',
    '{"userList": {"toString": 1}}',
  ])('is left to the other findings: %s', async (body) => {
    const target = await overHttp()
    const headers = { Authorization: 'Bearer mock-admin-token', 'Content-Type': 'application/json' }
    for (const path of [paths.preverify, paths.create])
      await fetch(target.baseUrl + path, { method: 'POST', headers, body })
    expect((await fetch(`${target.baseUrl}/__admin/sandboxes/default/report-card`)).status).toBe(200)
  })
})
