import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { describeTargets } from '../support/targets.ts'

describeTargets('signing for a sandbox', (open) => {
  it('gives headers that are accepted, a curl line, and no secret', async () => {
    const target = await open()
    const url = `${target.baseUrl}${paths.query}?taskId=1882735962480556672`
    const { status, json, text } = await control(target, 'POST', '/signature/sign', { method: 'get', url })
    expect(status).toBe(200)
    expect(json.curl).toContain('-X GET')
    expect(text).not.toContain(target.mock.credentials.appSecret)
    const reply = await target.client.send('GET', `${paths.query}?taskId=1882735962480556672`, {
      headers: Object.fromEntries(json.headers),
    })
    expect(reply.status).toBe(200)
  })

  it('signs a body, takes the clock of the sandbox and the headers that are given', async () => {
    const target = await open()
    const body = JSON.stringify({ userList: [{ firstname: "O'Neil", phone: '18660001234' }] })
    const headers = { 'X-Traceid': 'x'.repeat(58) }
    const { json } = await control(target, 'POST', '/signature/sign', {
      method: 'POST',
      url: paths.create,
      body,
      headers,
    })
    const sent = Object.fromEntries(json.headers)
    expect(sent).toMatchObject({ 'X-Date': '20260416T080000Z', ...headers, 'Content-Type': 'application/json' })
    expect((await target.client.send('POST', paths.create, { body, headers: sent })).status).toBe(200)
  })

  it.each([
    [{ method: 'GET', url: 'userList' }, 'url takes a path'],
    [{ method: 'GET', url: '//evil.example/x' }, 'url takes a path'],
    [{ method: 'G T', url: '/x' }, 'method'],
    [{ method: 'GET', url: '/x', headers: { 'X-Date': 'today' } }, 'X-Date'],
    [{ method: 'GET', url: '/x', secret: 'y' }, 'secret'],
    [{ url: '/x' }, 'method'],
  ])('refuses %j and says why', async (body, words) => {
    const { status, json } = await control(await open(), 'POST', '/signature/sign', body)
    expect(status).toBe(400)
    expect(json.detail).toContain(words)
  })

  it('knows no other sandbox than those that exist', async () => {
    const { status } = await control(await open(), 'POST', '/signature/sign', {
      method: 'GET',
      url: '/x',
      sandbox: 'no',
    })
    expect(status).toBe(404)
  })
})

describeTargets('the directory of a sandbox', (open) => {
  it('lists departments and users, a page at a time, mobiles masked', async () => {
    const target = await open({ users: 30 })
    const { json } = await control(target, 'GET', ofDefault('/directory?offset=10&limit=5'))
    expect(json.total).toBe(30)
    expect(json.users).toHaveLength(5)
    expect(json.departments[0]).toMatchObject({ parentId: null, level: 1 })
    for (const { mobile } of json.users) expect(mobile).toMatch(/\*{4}/)
  })

  it('selects by department and name', async () => {
    const target = await open()
    const all = (await control(target, 'GET', ofDefault('/directory?limit=1000'))).json
    const [, dept] = all.departments
    const inDept = (await control(target, 'GET', ofDefault(`/directory?dept=${dept.id}&limit=1000`))).json
    expect(inDept.total).toBeLessThan(all.total)
    const { name } = all.users[9]
    const named = (await control(target, 'GET', ofDefault(`/directory?keyWord=${encodeURIComponent(name)}`))).json
    expect(named.users.map((user: { name: string }) => user.name)).toContain(name)
  })

  it.each([
    ['dept=nobody', 'department'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['offset=-1', 'offset'],
    ['ofset=1', 'ofset'],
  ])('refuses %s and says why', async (query, words) => {
    const { status, json } = await control(await open(), 'GET', ofDefault(`/directory?${query}`))
    expect(status).toBe(400)
    expect(json.detail).toContain(words)
  })
})
