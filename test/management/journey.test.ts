import { expect, it } from 'vitest'
import { journey } from '../support/journey.ts'
import { management, newDepartment, newUser, signIn } from '../support/management.ts'
import { describeTargets, NOW } from '../support/targets.ts'

describeTargets('the journey of an administrator', (open) => {
  it('goes from sign-in to a deleted user whose phone is free again', async () => {
    const target = await open()
    await journey(target, await signIn(target, 'admin'))
  })
})

describeTargets('roles', (open) => {
  it('a department administrator manages the own tree and nothing else', async () => {
    const target = await open()
    const admin = management(target)
    const lead = await signIn(target, 'deptAdmin')
    const [own] = (await lead.ok('GET', '/departmentList')).list
    expect(own.id).toBe(lead.session.userInfo.deptId)
    const inside = await newDepartment(lead, 'Inside', own.id)
    const member = await newUser(lead, { deptId: inside })
    await lead.ok('PUT', `/users/${member}`, { deptId: own.id })
    const { list } = await admin.ok('GET', '/userList?offset=0&limit=100')
    const outsider = list.find(({ role }: any) => role === 2)
    for (const [method, path, body] of [
      ['GET', `/users/${outsider.id}`, undefined],
      ['PUT', `/users/${outsider.id}`, { status: 1 }],
      ['DELETE', `/users/${outsider.id}`, undefined],
      ['GET', `/departments/${own.parentId}`, undefined],
      ['POST', '/departments', { name: 'Outside', parentId: own.parentId }],
      ['PUT', `/departments/${inside}`, { name: 'Moved out', parentId: own.parentId }],
      ['PUT', `/users/${member}`, { deptId: own.parentId }],
      ['PUT', `/users/${member}`, { role: 2 }],
      ['GET', `/space/${own.parentId}?type=0`, undefined],
    ] as const) {
      const reply = await lead.call(method, path, body)
      expect([method, path, reply.status, reply.json.code]).toEqual([method, path, 400, 13000410])
    }
  })

  it('a department administrator sees the tasks that the own tree has created, and no other', async () => {
    const target = await open()
    const admin = management(target)
    const lead = await signIn(target, 'deptAdmin')
    const imported = { taskType: 1, resultId: '1', orgId: '1', orgUserId: '1' }
    const { taskId: theirs } = await admin.ok('POST', '/task/create', imported)
    expect((await lead.ok('GET', '/task/list')).taskList).toEqual([])
    for (const path of [`/task/${theirs}`, `/task/result?taskId=${theirs}`]) {
      expect((await lead.call('GET', path)).json.code).toBe(13000410)
    }
    const { deptId } = lead.session.userInfo
    const [from, to] = [await newUser(lead, { deptId }), await newUser(lead, { deptId })]
    await lead.ok('POST', `/space/${to}`, { type: 1, capacity: 1 })
    const { taskId } = await lead.ok('POST', '/task/create', { taskType: 0, srcUserId: from, dstUserId: to })
    expect((await lead.ok('GET', '/task/list')).taskList.map((task: any) => task.taskId)).toEqual([taskId])
    expect((await lead.ok('GET', `/task/${taskId}`)).taskId).toBe(taskId)
    expect((await admin.ok('GET', '/task/list')).taskList).toHaveLength(2)
  })

  it('a member sees nobody but itself, and changes nothing', async () => {
    const target = await open()
    const member = await signIn(target, 'user')
    const { innerUserId: id, deptId } = member.session.userInfo
    expect((await member.ok('GET', `/users/${id}`)).data.id).toBe(id)
    expect((await member.ok('GET', `/users/mobile/${id}`)).mobile).toMatch(/^\d+$/)
    expect((await member.ok('GET', `/space/${id}?type=1`)).data.ownerId).toBe(id)
    for (const [method, path, body] of [
      ['GET', `/users/${target.mock.credentials.userId}`, undefined],
      ['GET', '/users/12345', undefined],
      ['PUT', `/users/${id}`, { role: 2 }],
      ['DELETE', `/users/${id}`, undefined],
      ['POST', '/users', { userId: '1008600000029937613' }],
      ['GET', '/users/count', undefined],
      ['GET', '/departmentList', undefined],
      ['GET', `/departments/${deptId}`, undefined],
      ['POST', '/departments', { name: 'Mine', parentId: deptId }],
      ['POST', `/space/${id}`, { capacity: 1, type: 1 }],
      ['GET', '/space/departmentList?offset=0&limit=10', undefined],
      ['GET', '/space/allocation/get', undefined],
      ['GET', '/service/quotaUsed', undefined],
      ['GET', '/task/list', undefined],
      ['POST', '/task/create', { taskType: 1, resultId: '1', orgId: '1', orgUserId: '1' }],
    ] as const) {
      const reply = await member.call(method, path, body)
      expect([method, path, reply.status, reply.json.code]).toEqual([method, path, 400, 13000410])
    }
  })

  it('whoever is disabled cannot sign in, and whoever was not activated is after signing in', async () => {
    const target = await open()
    const admin = management(target)
    const { list } = await admin.ok('GET', '/userList?offset=0&limit=100')
    const fresh = list.find(({ status }: any) => status === 2)
    const session = await signIn(target, fresh.id)
    expect((await session.ok('GET', `/users/${fresh.id}`)).data.status).toBe(0)
    await admin.ok('PUT', `/users/${fresh.id}`, { status: 1 })
    expect((await session.call('GET', '/session/auth')).status).toBe(401)
    const refused = await target.client.send('GET', `/oauth2/authorize?login=${fresh.id}`)
    expect([refused.status, refused.headers.get('x-mock-diagnosis')]).toEqual([400, expect.stringMatching(/disabled/)])
  })
})

describeTargets('sessions', (open) => {
  it('redeem a code once, within five minutes of virtual time', async () => {
    const target = await open()
    const guest = management(target, '')
    const code = async () => {
      const { headers } = await target.client.send('GET', '/oauth2/authorize?login=admin')
      return new URL(headers.get('location') ?? '').searchParams.get('code')
    }
    const once = await code()
    await guest.ok('POST', '/session/', { code: once })
    const twice = await guest.call('POST', '/session', { code: once })
    expect([twice.status, twice.headers.get('x-mock-diagnosis')]).toEqual([401, expect.stringMatching(/used already/)])
    const late = await code()
    const sandbox = target.mock.world.get('default')
    sandbox?.execute('set-clock', { now: NOW + 300_000, frozen: true, rate: 1 })
    const tooLate = await guest.call('POST', '/session', { code: late })
    expect([tooLate.status, tooLate.headers.get('x-mock-diagnosis')]).toEqual([401, expect.stringMatching(/expired/)])
    const unknown = await guest.call('POST', '/session', { code: 'nonsense' })
    expect(unknown.status).toBe(401)
  })

  it('slide by twenty minutes, are refreshed, and end', async () => {
    const target = await open()
    const { session, authorization, call } = await signIn(target, 'admin')
    const sandbox = target.mock.world.get('default')
    const pass = (ms: number) =>
      sandbox?.execute('set-clock', { now: (sandbox?.clock.now() ?? 0) + ms, frozen: true, rate: 1 })
    for (let turn = 0; turn < 3; turn += 1) {
      pass(19 * 60_000)
      expect((await call('GET', '/session/auth')).status).toBe(200)
    }
    const refresh = (sessionId: string) =>
      target.client.send('POST', '/koodrive/ose/v1/session/refresh', {
        headers: { Authorization: authorization, 'x-session-id': sessionId },
      })
    expect((await refresh('0'.repeat(48))).status).toBe(401)
    const { json } = await refresh(session.sessionId)
    const fresh = management(target, json.accessToken)
    expect((await fresh.ok('GET', '/session/auth')).data.innerUserId).toBe(target.mock.credentials.userId)
    await fresh.ok('GET', '/session/logoff')
    expect((await fresh.call('GET', '/session/auth')).status).toBe(401)
    pass(20 * 60_000)
    expect((await call('GET', '/session/auth')).status).toBe(401)
  })

  it('are of the sandbox that issued the code', async () => {
    const target = await open()
    const other = target.mock.sandbox()
    const guest = management(target, '')
    const { data } = await guest.ok('POST', '/session', { code: other.authCodes.issue('admin').code })
    expect(data.userInfo.innerUserId).toBe(other.credentials.userId)
    expect(other.journal.list().map(({ operation }) => operation)).toContain('createSession')
    const foreign = management(target, data.accessToken)
    await foreign.ok('GET', '/session/auth')
    expect((await foreign.call('GET', `/users/${target.mock.credentials.userId}`)).json.code).toBe(13000309)
  })

  it('leave no code, token or session id in the journal', async () => {
    const target = await open()
    const { session, authorization } = await signIn(target, 'admin')
    await target.client.send('POST', '/koodrive/ose/v1/session/refresh', {
      headers: { Authorization: authorization, 'x-session-id': session.sessionId },
    })
    const journal = JSON.stringify(target.mock.defaultSandbox.journal.list())
    expect(journal).toContain('refreshSession')
    expect(journal).not.toContain(authorization.replace('Bearer ', ''))
    expect(journal).not.toContain(session.sessionId)
    expect(journal.match(/[0-9a-f]{128}/g)).toBeNull()
  })

  it('take no app signature and no application token', async () => {
    const target = await open()
    expect((await target.client.signed('GET', '/koodrive/ose/v1/session/auth')).status).toBe(401)
    const app = management(target, `Bearer ${target.mock.credentials.tokens.app}`)
    expect((await app.call('GET', '/session/auth')).status).toBe(401)
    expect((await management(target, '').call('GET', '/session/logoff')).status).toBe(200)
  })
})
