import { expect } from 'vitest'
import { type management, newDepartment, rootOf } from './management.ts'
import { NOW, type Target } from './targets.ts'

/** Provisions one phone as a batch and gives the id of the user. */
async function provision({ client, mock }: Target, phone: string): Promise<string> {
  const body = JSON.stringify({ userList: [{ firstname: 'Ada', phone }] })
  const { json } = await client.signed('POST', '/koodrive/ose/v1/user/batchRegister/create', { body })
  const sandbox = mock.world.get('default')
  sandbox?.execute('set-clock', { now: (sandbox?.clock.now() ?? NOW) + 60_000, frozen: true, rate: 1 })
  const { data } = (await client.signed('GET', `/koodrive/ose/v1/user/batchRegister/get?taskId=${json.data}`)).json
  expect(data.registerList).toEqual([expect.objectContaining({ phone, userId: expect.stringMatching(/^\d{19}$/) })])
  expect(data.registerList[0].code).toBeUndefined()
  return data.registerList[0].userId
}

/** The whole journey of an administrator who is signed in: from a department to a deleted user, and out again. */
export async function journey(target: Target, admin: ReturnType<typeof management>): Promise<void> {
  const { data: me } = await admin.ok('GET', '/session/auth')
  expect(me).toMatchObject({ role: '2', innerUserId: target.mock.credentials.userId })
  const root = await rootOf(admin)
  const department = await newDepartment(admin, 'New hires', root.id)
  const { list } = await admin.ok('GET', `/departmentList?departmentId=${root.id}`)
  expect(list).toContainEqual(expect.objectContaining({ id: department, name: 'New hires', parentId: root.id }))
  const row = { targetDeptName: 'New hires', personalCapacity: 1, isAllocateCapacity: true }
  const users = JSON.stringify([row])
  const verdict = await admin.ok('POST', '/users/batchimport/preverify', `{"curDeptId":${department},"users":${users}}`)
  expect(verdict.data).toEqual([{ isSuccess: 0 }])

  const { total: before } = await admin.ok('GET', '/users/count')
  const created = await provision(target, '008613900000123')
  expect((await admin.ok('GET', '/users/count')).total).toBe(before + 1)
  const { data: user } = await admin.ok('GET', `/users/${created}`)
  expect(user).toMatchObject({ deptId: root.id, name: 'Ada', role: 1 })
  const path = `/users/${user.id}`
  await admin.ok('PUT', path, `{"deptId":${department}}`)
  expect((await admin.ok('GET', path)).data).toMatchObject({ deptId: department, deptName: 'New hires' })
  expect((await admin.ok('GET', `/users/count?deptId=${department}`)).total).toBe(1)
  const listed = await admin.ok('GET', `/userList?deptId=${department}&offset=0&limit=10`)
  expect(listed.list.map(({ id }: any) => id)).toEqual([user.id])

  await admin.ok('PUT', path, { status: 1 })
  expect((await admin.ok('GET', path)).data.status).toBe(1)
  await admin.ok('PUT', path, { status: 0 })

  const quota = (await admin.ok('GET', '/service/quotaUsed')).data
  const { data: space } = await admin.ok('POST', `/space/${user.id}`, { capacity: 5, type: 1 })
  await admin.ok('PUT', `/space/${user.id}`, { capacity: '7', type: '1', containerId: space.containerId })
  const read = await admin.ok('GET', `/space/${user.id}?type=1&containerId=${space.containerId}`)
  expect(read.data).toMatchObject({ capacity: '7', status: '0', ownerId: user.id })
  const after = (await admin.ok('GET', '/service/quotaUsed')).data
  expect(after.personalSpaceQuotaUsed).toBe(quota.personalSpaceQuotaUsed + 7)
  expect(after.spaceCapacity).toBe(quota.spaceCapacity)
  expect(after.spaceUsed).toBe(after.deptSpaceUsed + after.personalSpaceUsed + after.groupSpaceUsed)
  expect(after.spaceQuotaUsed).toBe(after.deptSpaceQuotaUsed + after.personalSpaceQuotaUsed + after.groupSpaceQuotaUsed)
  expect(after.spaceCapacity).toBe(
    after.deptSpaceQuota + after.personalSpaceQuota + after.groupSpaceQuota + after.reservedSpaceQuota,
  )
  const { data: allocation } = await admin.ok('GET', '/space/allocation/get')
  expect(allocation[1]).toEqual({
    type: 1,
    allocateCapacity: after.personalSpaceQuotaUsed,
    totalCapacity: after.personalSpaceQuota,
  })

  expect((await admin.call('DELETE', `/departments/${department}`)).json.code).toBe(13000102)
  await admin.ok('DELETE', path)
  expect((await admin.call('GET', path)).json.code).toBe(13000309)
  expect((await admin.call('GET', `/space/${user.id}?type=1`)).json.code).toBe(13000309)
  await admin.ok('DELETE', `/departments/${department}`)
  expect((await admin.call('GET', `/departments/${department}`)).json.code).toBe(13000309)
  expect(await provision(target, '008613900000123')).not.toBe(created)
  await admin.ok('GET', '/session/logoff')
  expect((await admin.call('GET', '/session/auth')).status).toBe(401)
}
