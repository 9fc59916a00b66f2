import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { describeTargets } from '../support/targets.ts'

const page = `${paths.users}?offset=0&limit=5`

describeTargets('a question that is asked again', (open) => {
  it('gets the new answer after each change: somebody joins, readings, scenario, reset', async () => {
    const { mock, client } = await open()
    const totals: unknown[] = []
    const look = async () => totals.push((await client.get(page)).json.total)
    await look()
    await look()
    const userList = [{ firstname: 'Ada', phone: '13900000001' }]
    await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
    await look()
    mock.defaultSandbox.clock.advance('PT1M')
    await look()
    mock.defaultSandbox.readings.set({ 'user-list-total': 'absent' })
    await look()
    mock.defaultSandbox.reset()
    await look()
    expect(totals).toEqual([200, 200, 200, 201, undefined, 200])
  })

  it('gets the status of a task that never ends as time goes on', async () => {
    const { mock, client } = await open({ scenario: 'stuck-batch' })
    const userList = Array.from({ length: 4 }, (_, at) => ({ firstname: 'Ada', phone: `1390000000${at}` }))
    const created = await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
    const statusOf = async () =>
      (await client.signed('GET', `${paths.query}?taskId=${created.json.data}`)).json.data.taskInfo.status
    const before = await statusOf()
    mock.defaultSandbox.clock.advance('PT1H')
    expect([before, await statusOf()]).toEqual(['0', '1'])
  })

  it('is journalled and counted each time, with a number of its own', async () => {
    const { mock, client } = await open()
    const ids = await Promise.all([1, 2, 3].map(async () => (await client.get(page)).headers.get('X-Mock-Request-Id')))
    expect(new Set(ids).size).toBe(3)
    expect(mock.defaultSandbox.journal.list({ operation: 'listUsers' })).toHaveLength(3)
  })

  it('is answered to each caller by what that caller may see, in the language asked for', async () => {
    const { mock, client } = await open()
    const { tokens } = mock.credentials
    const ask = (token: string, language: string) =>
      client.get(page, { headers: { Authorization: `Bearer ${token}`, language } })
    const [admin, chinese, common] = [
      await ask(tokens.admin, 'en-US'),
      await ask(tokens.admin, 'zh-CN'),
      await ask(tokens.user, 'en-US'),
    ]
    expect(admin.json.msg).not.toBe(chinese.json.msg)
    expect(common.json.code).toBe(13000410)
    expect((await ask(tokens.admin, 'en-US')).json).toEqual(admin.json)
  })
})
