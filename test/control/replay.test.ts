import { describe, expect, it } from 'vitest'
import { sampleLanguages } from '../../src/shared/code-sample.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { describeTargets, inProcess, type Target } from '../support/targets.ts'

const LIST = `${paths.users}?offset=0&limit=1`
const again = (target: Target, id: string, changes: object = {}) =>
  control(target, 'POST', ofDefault(`/requests/${id}/replay`), changes)

describeTargets('a request that is sent again', (open) => {
  it('is signed anew, however old its own signature is, and is journalled like any other', async () => {
    const target = await open()
    const body = JSON.stringify({ userList: [{ firstname: 'A', phone: '18660001234', password: 'Canary-Pass-01' }] })
    await target.client.signed('POST', paths.create, { body })
    await control(target, 'POST', ofDefault('/clock/advance'), { by: 'P1D' })
    const { status, json } = await again(target, 'default-1')
    expect(status).toBe(200)
    expect(json).toMatchObject({ requestId: 'default-2', status: 200, operation: 'createBatchProvisioningTask' })
    const [newest] = target.mock.defaultSandbox.journal.list({ limit: 1 })
    expect(newest?.request.body).toContain('[redacted]')
    // The password that nobody is shown was sent all the same.
    const verified = await control(target, 'POST', ofDefault('/requests/verify'), {
      where: { body: { userList: [{ password: 'Canary-Pass-01' }] } },
      count: { exactly: 2 },
    })
    expect(verified.json).toMatchObject({ pass: true })
  })

  it.each([
    ['by its own token', {}, { status: 200 }],
    ['as nobody', { as: 'nobody' }, { status: 401 }],
    ['as somebody with fewer rights', { as: 'user' }, { status: 400, error: 'noSpacePermission' }],
    ['with another target', { target: `${paths.users}?offset=0&limit=nonsense` }, { status: 400 }],
    ['with another method', { method: 'POST', as: 'admin' }, { status: 405 }],
    ['by a signature', { as: 'signature' }, { status: 200 }],
  ])('%s', async (_, changes, expected) => {
    const target = await open()
    await target.client.get(LIST)
    expect((await again(target, 'default-1', changes)).json).toMatchObject(expected)
  })

  it('of nobody is sent with the credentials of the sandbox that is named, and belongs to it', async () => {
    const target = await open()
    const sandbox = target.mock.sandbox()
    await target.client.send('GET', LIST, { headers: { Authorization: 'Bearer nobodys' } })
    const path = '/sandboxes/unattributed/requests/unattributed-1/replay'
    const { json } = await control(target, 'POST', path, { sandbox: sandbox.id })
    expect(json).toMatchObject({ requestId: `${sandbox.id}-1`, status: 200 })
  })

  it('into a fault that breaks the connection is found in the journal', async () => {
    const target = await open()
    await target.client.get(LIST)
    target.mock.defaultSandbox.faults.add({ kind: 'reset', times: 1 })
    expect((await again(target, 'default-1')).json).toMatchObject({ requestId: 'default-2', status: 0 })
  })

  it.each([
    ['/__admin/sandboxes/default/reset'],
    ['/%5f_admin/sandboxes'],
    ['//__admin/sandboxes'],
    ['/x/../__admin/sandboxes'],
    ['/__ADMIN/sandboxes'],
    ['http://mock/__admin/sandboxes'],
    ['nonsense'],
  ])('never reaches the control plane: %s', async (wanted) => {
    const target = await open()
    await target.client.get(LIST)
    expect((await again(target, 'default-1', { target: wanted, method: 'POST' })).status).toBe(400)
    expect(target.mock.defaultSandbox.journal.list()).toHaveLength(1)
  })
})

describeTargets('a request of the journal', (open) => {
  it('is written as programs that are signed anew', async () => {
    const target = await open()
    await target.client.signed('GET', `${paths.query}?taskId=1`)
    await control(target, 'POST', ofDefault('/clock/advance'), { by: 'PT1H' })
    const { json } = await control(target, 'GET', ofDefault('/requests/default-1/samples'))
    expect(json.as).toBe('signature')
    expect(Object.keys(json.samples)).toEqual([...sampleLanguages])
    for (const sample of Object.values(json.samples)) expect(sample).toContain('20260416T090000Z')
  })

  it('is compared with what its client built', async () => {
    const target = await open()
    await target.client.signed('GET', `${paths.query}?taskId=1`, { headers: { 'X-Date': '20260101T000000Z' } })
    const path = ofDefault('/requests/default-1/compare')
    const { expected } = (await control(target, 'GET', ofDefault('/requests/default-1'))).json.signature
    const right = await control(target, 'POST', path, { text: expected.canonicalRequest })
    expect(right.json).toMatchObject({ isRight: true, makesSignature: true })
    const wrong = await control(target, 'POST', path, { text: expected.canonicalRequest.replace('GET', 'GET\u200b') })
    expect(wrong.json).toMatchObject({
      isRight: false,
      firstDifference: { line: 1, part: 'method', column: 4, actual: 'GET\\u200b' },
    })
  })
})

describe('a body that is no text', () => {
  it('is not sent again in pieces', async () => {
    const target = inProcess()
    await target.client.signed('POST', paths.create, { body: new Uint8Array([0xff, 0xfe]) })
    const { status, json } = await again(target, 'default-1')
    expect({ status, detail: json.detail }).toMatchObject({ status: 400, detail: expect.stringContaining('UTF-8') })
  })
})
