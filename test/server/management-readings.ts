import type { management as readings } from '../../src/spec/readings/management.ts'
import { authCode, management, newDepartment, newUser, rootOf, signIn } from '../support/management.ts'
import { NOW, type Target } from '../support/targets.ts'

const wait = (target: Target, ms: number) =>
  target.mock.world.get('default')?.execute('set-clock', { now: NOW + ms, frozen: true, rate: 1 })

const upload = { taskType: 1, resultId: '1215215', orgId: '9190086000001210958', orgUserId: '1008600000016806899' }

/** Finds out from outside which answer a server gives to the readings of the management pages. */
export const managementProbes: { readonly [Id in keyof typeof readings]: (target: Target) => Promise<unknown> } = {
  async 'token-prefix'(target) {
    const { data } = await management(target, '').ok('POST', '/session', { code: await authCode(target, 'admin') })
    return data.accessToken.startsWith('Bearer ') ? 'blank' : data.accessToken.startsWith('Bearer+') ? 'plus' : 'bare'
  },
  async 'refreshed-token'(target) {
    const { session, authorization, call } = await signIn(target, 'admin')
    const { json } = await target.client.send('POST', '/koodrive/ose/v1/session/refresh', {
      headers: { Authorization: authorization, 'x-session-id': session.sessionId },
    })
    if (json.accessToken === authorization) return 'same'
    return (await call('GET', '/session/auth')).status === 200 ? 'kept' : 'new'
  },
  async 'disabled-user'(target) {
    const admin = management(target)
    const id = await newUser(admin)
    const user = await signIn(target, id)
    await admin.ok('PUT', `/users/${id}`, { status: 1 })
    return (await user.call('GET', '/session/auth')).status === 200 ? 'until-expiry' : 'refused'
  },
  async 'department-list-start'(target) {
    const { list } = await management(target).ok('GET', '/departmentList')
    return list.length === 1 ? 'root' : 'children'
  },
  async 'root-parent'(target) {
    const { parentId } = await rootOf(management(target))
    return parentId === undefined ? 'absent' : parentId === '' ? 'empty' : 'zero'
  },
  async 'department-name'(target) {
    const admin = management(target)
    const { id } = await rootOf(admin)
    const { status } = await admin.call('POST', '/departments', { name: 'x'.repeat(21), parentId: id })
    return status === 200 ? 'any' : 'guide'
  },
  async 'department-deletion'(target) {
    const admin = management(target)
    const department = await newDepartment(admin, 'Held')
    const user = await newUser(admin, { deptId: department })
    if ((await admin.call('DELETE', `/departments/${department}`)).status !== 200) return 'refused'
    const { data } = await admin.ok('GET', `/users/${user}`)
    return data.deptId === (await rootOf(admin)).id ? 'to-parent' : 'lost'
  },
  async 'user-in-path'(target) {
    const { list } = await management(target).ok('GET', '/userList?offset=0&limit=1')
    return (await management(target).call('GET', `/users/${list[0].userId}`)).status === 200 ? 'either' : 'koodrive'
  },
  async 'created-user-id'(target) {
    const admin = management(target)
    const { data } = await admin.ok('POST', '/users', { userId: '1008600000029937613' })
    if (data === undefined) return 'absent'
    return (await admin.call('GET', `/users/${data.id}`)).status === 200 ? 'user' : 'department'
  },
  async 'count-scope'(target) {
    const admin = management(target)
    const { total } = await admin.ok('GET', '/users/count')
    return (await admin.ok('GET', `/users/count?deptId=${(await rootOf(admin)).id}`)).total === total
      ? 'tree'
      : 'direct'
  },
  async 'mobile-mask'(target) {
    const { mobile } = await management(target).ok('GET', `/users/mobile/${target.mock.credentials.userId}`)
    return /^\d{3}\*{8}$/.test(mobile) ? 'masked' : 'plain'
  },
  async 'allocation-form'(target) {
    const { data } = await management(target).ok('GET', '/space/allocation/get')
    return Array.isArray(data) ? 'list' : 'object'
  },
  async 'department-space-total-type'(target) {
    return typeof (await management(target).ok('GET', '/space/departmentList?offset=0&limit=1')).total
  },
  async 'department-space-fields'(target) {
    const { departments } = await management(target).ok('GET', '/space/departmentList?offset=0&limit=100')
    return departments.some((row: object) => 'containerId' in row) ? 'full' : 'slim'
  },
  async 'task-list-key'(target) {
    return Object.keys(await management(target).ok('GET', '/task/list')).find((key) => key.startsWith('taskList'))
  },
  async 'task-cursor-type'(target) {
    const admin = management(target)
    for (let task = 0; task < 2; task += 1) await admin.ok('POST', '/task/create', upload)
    return typeof (await admin.ok('GET', '/task/list?pageSize=1')).nextCursor
  },
  async 'task-type-default'(target) {
    const admin = management(target)
    const [srcUserId, dstUserId] = [await newUser(admin), await newUser(admin)]
    await admin.ok('POST', `/space/${dstUserId}`, { capacity: 1, type: 1 })
    const { status } = await admin.call('POST', '/task/create', { srcUserId, dstUserId })
    return status === 200 ? 'transfer' : 'refused'
  },
  async 'import-upload'(target) {
    return (await management(target).call('POST', '/task/create', upload)).status === 200 ? 'any' : 'unknown'
  },
  async 'task-result-without-id'(target) {
    const admin = management(target)
    await admin.ok('POST', '/task/create', upload)
    wait(target, 60_000)
    return (await admin.call('GET', '/task/result')).status === 200 ? 'latest' : 'refused'
  },
}
