import { afterEach, describe, expect, it } from 'vitest'
import { findings } from '../../../src/journal/report-card/findings.ts'
import { formatXDate } from '../../../src/signing/index.ts'
import { paths } from '../../support/client.ts'
import { freshPhones, runGoodClient, type Session, startSession } from '../../support/clients.ts'
import { control, ofDefault } from '../../support/control.ts'
import { closeAll, NOW, overHttp } from '../../support/targets.ts'

const [phone = ''] = freshPhones
const DEPARTMENT = '1243693141656107521'

/** For each finding, a client that has the habit. */
const badClients: Record<string, (session: Session) => Promise<unknown>> = {
  'batch-resubmitted': async ({ create }) => {
    await create(...freshPhones)
    await create(...freshPhones)
  },
  'paging-stopped-early': ({ list }) => list('offset=0&limit=100'),
  'unknown-names': ({ list }) => list('offset=0&limit=100&department_id=1'),
  'rounded-ids': ({ list }) => list(`deptId=${Number(DEPARTMENT)}&offset=0&limit=100`),
  'secret-in-url': ({ target }) =>
    target.client.send('GET', `${paths.users}?offset=0&limit=1&access_token=mock-admin-token`),
  'retry-after-ignored': async ({ target, list }) => {
    const fault = { kind: 'throttle', quota: 0, retryAfterSeconds: 5, times: 1 } as const
    target.mock.world.get('default')?.execute('add-fault', { fault })
    await list('offset=0&limit=1')
    await list('offset=0&limit=1')
  },
  'signature-mistakes': ({ target }) =>
    target.client.send('GET', `${paths.query}?taskId=1`, {
      headers: {
        Authorization: `HMAC-SHA256 AppId=${target.mock.credentials.appId},SignedHeaders=x-date;x-user-id,Signature=${'0'.repeat(64)}`,
        'X-Date': formatXDate(NOW),
        'X-User-Id': target.mock.credentials.userId,
      },
    }),
  'polls-too-fast': async ({ create, query, wait }) => {
    const taskId = await create(phone)
    await query(taskId)
    await query(taskId)
    wait(60_000)
    await query(taskId)
  },
  'no-back-off': async ({ create, query, wait, target }) => {
    target.mock.world.get('default')?.execute('set-scenario', {
      scenario: { name: 'slow', title: 'Slow', batch: { startDelaySeconds: 3600 } },
    })
    const taskId = await create(phone)
    for (let poll = 0; poll < 8; poll += 1) {
      await query(taskId)
      wait(2000)
    }
  },
  'polls-after-end': async ({ create, query, wait }) => {
    const taskId = await create(phone)
    for (let poll = 0; poll < 3; poll += 1) {
      wait(2000)
      await query(taskId)
    }
  },
  'paging-past-end': ({ list }) => list('offset=200&limit=100'),
  'token-after-expiry': async ({ target, wait }) => {
    const sandbox = target.mock.world.get('default')
    if (sandbox === undefined) return
    const token = target.mock.world.issueToken(sandbox, 'admin')
    wait(20 * 60_000)
    await target.client.send('GET', `${paths.users}?offset=0&limit=1`, {
      headers: { Authorization: `Bearer ${token}` },
    })
  },
  'clock-drift': ({ target }) =>
    target.client.signed('GET', `${paths.query}?taskId=1882735962480556672`, {
      headers: { 'X-Date': formatXDate(NOW - 5 * 60_000) },
    }),
  'preverify-skipped': ({ create }) => create(phone),
}

afterEach(closeAll)

async function reportCardOf({ target }: Session, parameters = '') {
  const { json } = await control(target, 'GET', ofDefault(`/report-card${parameters}`))
  return json
}

describe('the report card', () => {
  it('knows a client for every finding', () => {
    expect(Object.keys(badClients).sort()).toEqual(findings.map(({ id }) => id).sort())
  })

  it('finds nothing in a client without bad habits', async () => {
    const session = startSession(await overHttp())
    await runGoodClient(session)
    const card = await reportCardOf(session)
    expect(card.findings).toEqual([])
    expect(card).toMatchObject({ verdict: 'good', journal: { complete: true, dropped: 0 } })
    expect(card.checks.map(({ id }: { id: string }) => id)).toEqual(findings.map(({ id }) => id))
  })

  for (const { id, severity } of findings) {
    it(`finds ${id} in a client that has the habit, and proves it`, async () => {
      const session = startSession(await overHttp())
      await badClients[id]?.(session)
      const card = await reportCardOf(session)
      const found = card.findings.find((finding: { id: string }) => finding.id === id)
      expect(found, JSON.stringify(card.findings)).toMatchObject({ severity })
      for (const { requestIds } of found.evidence) {
        expect(requestIds.length).toBeGreaterThan(0)
        for (const requestId of requestIds) {
          const { status } = await control(session.target, 'GET', ofDefault(`/requests/${requestId}`))
          expect(status).toBe(200)
        }
      }
    })
  }
})
