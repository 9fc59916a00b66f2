import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { describeTargets, type Target } from '../support/targets.ts'

const LIST = `${paths.users}?offset=0&limit=1`
const nobodys = '/sandboxes/unattributed'

const call = async ({ client }: Target, authorization: string | undefined): Promise<string> => {
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  const reply = await client.send('GET', LIST, { headers })
  return reply.headers.get('X-Mock-Request-Id') ?? ''
}

const signed = (appId: string) => `HMAC-SHA256 AppId=${appId},SignedHeaders=host;x-date,Signature=${'0'.repeat(64)}`

describeTargets('a request', (open) => {
  it.each([
    ['a token that nobody has', 'Bearer a-token-of-another-server'],
    ['an AppId that nobody has', signed('f'.repeat(64))],
    ['a header in no known form', 'HMAC-SHA256 nonsense'],
  ])('with %s belongs to no sandbox', async (_, authorization) => {
    const target = await open()
    const id = await call(target, authorization)
    expect(id).toBe('unattributed-1')
    expect((await control(target, 'GET', ofDefault('/requests'))).json.requests).toEqual([])
    const { json } = await control(target, 'GET', `${nobodys}/requests`)
    expect(json.requests).toMatchObject([{ requestId: id, status: 401 }])
    expect((await control(target, 'GET', `${nobodys}/requests/${id}`)).json.request.target).toBe(LIST)
    expect((await control(target, 'GET', `${nobodys}/requests/${id}/curl`)).text).toContain(LIST)
    expect((await control(target, 'POST', `${nobodys}/requests/verify`, {})).json).toMatchObject({ pass: true })
    expect(target.mock.unattributed.list()).toMatchObject([{ requestId: id }])
  })

  it.each([
    ['without credentials', 'default', () => undefined],
    [
      'with the AppId in the form of the stock SDK',
      'sandbox-1',
      (id: string) => `SDK-HMAC-SHA256 Access=${id}, Signature=0`,
    ],
    ['with the AppId in capital letters', 'sandbox-1', (id: string) => signed(id.toUpperCase())],
    ['with the AppId in quotes', 'sandbox-1', (id: string) => signed(`"${id}"`)],
    ['with the AppId and a wrong signature', 'sandbox-1', (id: string) => signed(id)],
  ])('%s belongs to %s', async (_, owner, header) => {
    const target = await open({ seed: 1 })
    const { credentials } = target.mock.sandbox()
    expect(await call(target, header(credentials.appId))).toBe(`${owner}-1`)
    expect(target.mock.unattributed.list()).toEqual([])
  })

  it('that belongs to no sandbox is found by its id in any of them, and forgotten when its journal is emptied', async () => {
    const target = await open()
    const id = await call(target, 'Bearer nobodys')
    expect((await control(target, 'GET', ofDefault(`/requests/${id}`))).json.requestId).toBe(id)
    expect((await control(target, 'DELETE', `${nobodys}/requests`)).status).toBe(204)
    expect((await control(target, 'GET', ofDefault(`/requests/${id}`))).status).toBe(404)
  })

  it('that belongs to no sandbox counts in no report card and no verification, and both say so', async () => {
    const target = await open()
    await call(target, 'Bearer nobodys')
    const card = (await control(target, 'GET', ofDefault('/report-card'))).json
    expect(card).toMatchObject({ summary: { calls: 0 }, journal: { unattributed: 1 } })
    expect(card.journal.note).toContain('/__admin/sandboxes/unattributed/requests')
    const verified = (await control(target, 'POST', ofDefault('/requests/verify'), {})).json
    expect(verified).toMatchObject({ pass: false, actual: 0 })
    expect(verified.note).toContain('/__admin/sandboxes/unattributed/requests')
  })
})

describeTargets('the report card', (open) => {
  it.each([
    ['of no call', 'unknown', async () => undefined],
    ['of nothing but 404s', 'unknown', ({ client }: Target) => client.get('/koodrive/ose/v9/nothing')],
    ['of a call that succeeded', 'good', ({ client }: Target) => client.get(LIST)],
  ])('%s says %s', async (_, verdict, act) => {
    const target = await open()
    await act(target)
    expect((await control(target, 'GET', ofDefault('/report-card'))).json.verdict).toBe(verdict)
  })
})
