import { expect, it } from 'vitest'
import { errors } from '../../../src/spec/errors.ts'
import { taskStatuses } from '../../../src/spec/operations/query-batch-provisioning.ts'
import { operations } from '../../../src/spec/operations.ts'
import { freshPhones, runGoodClient, startSession } from '../../support/clients.ts'
import { control, ofDefault } from '../../support/control.ts'
import { describeTargets, type Target } from '../../support/targets.ts'

const coverageOf = async (target: Target, path = ofDefault('/coverage')) => (await control(target, 'GET', path)).json

const countOf = (report: any, wanted: string): number =>
  report.groups.flatMap(({ items }: any) => items).find(({ id }: any) => id === wanted)?.count

describeTargets('coverage', (open) => {
  it('has every operation with every error it can answer, every error and every state of a task', async () => {
    const report = await coverageOf(await open())
    for (const { operationId, errors: own } of operations) {
      for (const outcome of ['success', ...own]) expect(report.never).toContain(`outcome:${operationId}.${outcome}`)
    }
    for (const state of Object.keys(taskStatuses)) expect(report.never).toContain(`task:${state}`)
    const listed = report.never.filter((id: string) => id.startsWith('error:')).length
    expect(listed).toBe(Object.keys(errors).length - 3)
    expect(report.summary).toEqual({ seen: 0, total: report.never.length, percent: 0 })
  })

  it('counts what a client has met, and names what it never met', async () => {
    const target = await open()
    const session = startSession(target)
    await runGoodClient(session)
    const duplicate = await session.create(freshPhones[0] ?? '', 'not a phone')
    session.wait(60_000)
    await session.query(duplicate)
    await target.client.get('/koodrive/ose/v1/userList?offset=0&limit=0')
    await target.client.send('GET', '/koodrive/ose/v1/userList?offset=0&limit=1')
    const report = await coverageOf(target)
    for (const id of [
      'outcome:createBatchProvisioningTask.success',
      'outcome:listUsers.success',
      'outcome:listUsers.verifyParametersFailed',
      'outcome:listUsers.unauthorized',
      'error:userExists',
      'error:unauthorized',
      'row:success',
      'row:existing',
      'row:failed',
      'task:done',
      'situation:list-page-followed',
      'situation:rows-page-followed',
    ]) {
      expect(countOf(report, id), id).toBeGreaterThan(0)
      expect(report.never).not.toContain(id)
    }
    expect(report.never).toContain('outcome:listUserSpaces.success')
    expect(report.never).toContain('error:tooManyRequests')
    expect(report.summary.seen).toBe(report.summary.total - report.never.length)
  })

  it('does not depend on what the journal keeps', async () => {
    const target = await open({ maxJournal: 0 })
    await target.client.get('/koodrive/ose/v1/userList?offset=0&limit=1')
    expect(countOf(await coverageOf(target), 'outcome:listUsers.success')).toBe(1)
  })

  it('is kept for the whole server when a sandbox goes', async () => {
    const target = await open()
    await target.client.get('/koodrive/ose/v1/userList?offset=0&limit=1')
    target.mock.world.delete('default')
    expect(countOf(await coverageOf(target, '/coverage'), 'outcome:listUsers.success')).toBe(1)
    expect((await control(target, 'GET', ofDefault('/coverage'))).status).toBe(404)
  })

  it('comes as text for a terminal, and names the formats there are', async () => {
    const target = await open()
    const { text, headers } = await control(target, 'GET', '/coverage?format=text')
    expect(headers.get('content-type')).toContain('text/plain')
    expect(text).toMatch(/^Coverage of all sandboxes: 0 of \d+ \(0 %\)\n/)
    expect(text).toMatch(/^ +- {2}outcome:listUsers\.success +List users: success$/m)
    const refused = await control(target, 'GET', '/coverage?format=xml')
    expect(refused.status).toBe(400)
    expect(refused.json).toMatchObject({ path: 'format', allowed: expect.stringContaining('json') })
  })
})
