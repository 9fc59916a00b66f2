import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { describeTargets, type Target } from '../support/targets.ts'

const create = async ({ client }: Target, rows: object[]): Promise<string> => {
  const reply = await client.signed('POST', paths.create, { body: JSON.stringify({ userList: rows }) })
  expect(reply.json).toMatchObject({ code: 0, msg: 'Success', data: expect.stringMatching(/^\d{19}$/) })
  return reply.json.data
}

const query = async ({ client }: Target, taskId: string, more = ''): Promise<any> =>
  (await client.signed('GET', `${paths.query}?taskId=${taskId}${more}`)).json.data

const advance = ({ mock }: Target, ms: number): void => {
  const sandbox = mock.world.get('default')
  const { now, frozen, rate } = sandbox?.clock.read() ?? { now: 0, frozen: true, rate: 1 }
  sandbox?.execute('set-clock', { now: now + ms, frozen, rate })
}

const row = (phone: string, more: object = {}) => ({ firstname: 'Ada', phone, ...more })

describeTargets('outcomes of a batch', (open) => {
  it('a new phone succeeds, an existing one and a repeated one are skipped with 40000009 and the first userId', async () => {
    const target = await open()
    const first = await create(target, [row('13900000001')])
    advance(target, 1000)
    const existing = (await query(target, first)).registerList[0].userId
    const taskId = await create(
      target,
      ['13900000002', '13900000001', '13900000003', '13900000003'].map((phone) => row(phone)),
    )
    advance(target, 1000)
    const { taskInfo, registerList } = await query(target, taskId)
    expect(taskInfo).toMatchObject({ status: '2', totalCount: 4, successCount: 2, failCount: 0, skipCount: 2 })
    expect(registerList[0]).not.toHaveProperty('code')
    expect(registerList[1]).toMatchObject({ userId: existing, code: '40000009', reason: 'The user already exists.' })
    expect(registerList[2]).not.toHaveProperty('code')
    expect(registerList[3]).toMatchObject({ userId: registerList[2].userId, code: '40000009' })
    expect(registerList.map((settled: any) => settled.phone)).toEqual([
      '13900000002',
      '13900000001',
      '13900000003',
      '13900000003',
    ])
  })

  it('goes from 0 over 1 to 2 with the clock, and the counts add up at every poll', async () => {
    const target = await open({ speed: 1 })
    const taskId = await create(
      target,
      Array.from({ length: 5 }, (_, i) => row(`1390000000${i}`)),
    )
    const statuses: string[] = []
    for (let second = 0; second <= 6; second += 1) {
      const { taskInfo, registerList } = await query(target, taskId)
      const settled = taskInfo.successCount + taskInfo.failCount + taskInfo.skipCount
      expect(settled).toBe(Math.min(second, 5))
      expect(registerList).toHaveLength(settled)
      statuses.push(taskInfo.status)
      advance(target, 1000)
    }
    expect(statuses).toEqual(['0', '1', '1', '1', '1', '2', '2'])
  })

  it('shows a new user at once and once in listUsers and listUserSpaces: not activated, masked', async () => {
    const target = await open()
    const taskId = await create(target, [
      row('13900000009', { firstname: 'Zweistein', surname: 'Q' }),
      row('13900000009'),
    ])
    advance(target, 1000)
    const { userId } = (await query(target, taskId)).registerList[0]
    const listed = (await target.client.get(`${paths.users}?offset=0&limit=100&keyWord=zweiSTEIN`)).json
    expect(listed.total).toBe(1)
    expect(listed.list[0]).toMatchObject({ userId, status: 2, mobile: '1390000****0009', name: 'Zweistein Q' })
    const spaces = (await target.client.get(`${paths.spaces}?offset=0&limit=100&keyWord=13900000009`)).json
    expect(spaces.users).toEqual([expect.objectContaining({ userId, capacity: 10, spaceStatus: '0' })])
  })

  it('gives one success when forty requests provision one phone in parallel', async () => {
    const target = await open()
    const taskIds = await Promise.all(Array.from({ length: 40 }, () => create(target, [row('13911111111')])))
    advance(target, 1000)
    const rows = await Promise.all(taskIds.map(async (taskId) => (await query(target, taskId)).registerList[0]))
    expect(rows.filter(({ code }) => code === undefined)).toHaveLength(1)
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(1)
    const listed = (await target.client.get(`${paths.users}?offset=0&limit=100`)).json
    expect(listed.total).toBe(201)
  })

  it.each([
    ['phone', { phone: 'call me' }],
    ['phone', { phone: '1234' }],
    ['email', { email: 'not an address' }],
    ['password', { password: 'short1' }],
    ['password', { password: 'onlyletters' }],
    ['password', { password: '1234567890' }],
    ['password', { password: 'with space 1' }],
    ['password', { password: 'aaab12345' }],
  ])('fails a row whose %s breaks its rule: %o', async (field, broken) => {
    const target = await open()
    const taskId = await create(target, [row('13900000001', broken), row('13900000002')])
    advance(target, 1000)
    const { taskInfo, registerList } = await query(target, taskId)
    expect(taskInfo).toMatchObject({ status: '2', successCount: 1, failCount: 1, skipCount: 0 })
    expect(registerList[0]).toMatchObject({ code: '13000102', reason: expect.stringContaining(field) })
    expect(registerList[0]).not.toHaveProperty('userId')
  })

  it('lets reserved phones steer outcomes', async () => {
    const target = await open()
    const phones = ['19990000009', '19990000102', '19990000311', '19990000007', '19990000605']
    const taskId = await create(
      target,
      phones.map((phone) => row(phone)),
    )
    advance(target, 4000)
    expect((await query(target, taskId)).taskInfo).toMatchObject({ status: '1' })
    advance(target, 2000)
    const { taskInfo, registerList } = await query(target, taskId)
    expect(taskInfo).toMatchObject({ status: '2', successCount: 2, failCount: 2, skipCount: 1 })
    expect(registerList.map(({ code }: any) => code)).toEqual([
      '40000009',
      '13000102',
      '13000311',
      undefined,
      undefined,
    ])
    expect(registerList[0].userId).toMatch(/^\d{19}$/)
  })

  it('ends a task as failed at the reserved phone that says so; later rows never settle', async () => {
    const target = await open()
    const taskId = await create(
      target,
      ['13900000001', '19990000500', '13900000002'].map((phone) => row(phone)),
    )
    advance(target, 60_000)
    const { taskInfo, registerList } = await query(target, taskId)
    expect(taskInfo).toMatchObject({ status: '3', totalCount: 3, successCount: 1, failCount: 1 })
    expect(registerList).toHaveLength(2)
  })

  it('pages through the rows: every row once, in order, no cursor on the last page', async () => {
    const target = await open()
    const phones = Array.from({ length: 25 }, (_, i) => `139000000${String(i).padStart(2, '0')}`)
    const taskId = await create(
      target,
      phones.map((phone) => row(phone)),
    )
    advance(target, 1000)
    const seen: string[] = []
    let cursor: string | undefined = '0'
    while (cursor !== undefined) {
      const page: any = await query(target, taskId, `&pageSize=10&cursor=${cursor}`)
      seen.push(...page.registerList.map(({ phone }: any) => phone))
      cursor = page.nextPageCursor
    }
    expect(seen).toEqual(phones)
  })

  it('keeps a cursor valid while the task grows', async () => {
    const target = await open({ speed: 1 })
    const taskId = await create(
      target,
      Array.from({ length: 6 }, (_, i) => row(`1390000000${i}`)),
    )
    advance(target, 3000)
    const { nextPageCursor } = await query(target, taskId, '&pageSize=2')
    advance(target, 10_000)
    const page = await query(target, taskId, `&pageSize=2&cursor=${nextPageCursor}`)
    expect(page.registerList.map(({ phone }: any) => phone)).toEqual(['13900000002', '13900000003'])
  })

  it('does not show a task to another organisation', async () => {
    const target = await open()
    const reply = await target.client.signed('GET', `${paths.query}?taskId=1893596414966089600`)
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({ code: 13000309, msg: 'Resource not found.' })
  })
})
