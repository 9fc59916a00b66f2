import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { describeTargets } from '../support/targets.ts'

describeTargets('the requests of the reference pages', (open) => {
  it('queries the task of the page, one row a page', async () => {
    const { client } = await open()
    const reply = await client.signed('GET', `${paths.query}?taskId=1882735962480556672&cursor=0&pageSize=1`)
    expect(reply.status).toBe(200)
    expect(reply.json.data.taskInfo).toEqual({
      taskId: '1882735962480556672',
      status: '2',
      totalCount: 2,
      successCount: 1,
      failCount: 0,
      skipCount: 1,
    })
    expect(reply.json.data.registerList).toHaveLength(1)
    expect(reply.json.data.registerList[0]).toMatchObject({ phone: '12345557' })
    expect(reply.json.data.nextPageCursor).toBe('1')
  })

  it('lists the users of the department of the page', async () => {
    const { client } = await open()
    const reply = await client.get(`${paths.users}?deptId=1243693141656107521&offset=0&limit=10`)
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({ code: 0, msg: 'success' })
    expect(reply.json.list).toHaveLength(10)
    for (const user of reply.json.list)
      expect(user).toMatchObject({ deptId: '1243693141656107521', deptName: 'newDept' })
  })

  it('lists user spaces although optional parameters are empty', async () => {
    const { client } = await open()
    const reply = await client.get(`${paths.spaces}?deptId=&isDirect=&offset=0&limit=100&keyWord`)
    expect(reply.status).toBe(200)
    expect(reply.json.users).toHaveLength(100)
    expect(reply.json).toMatchObject({ total: 200, code: 0, msg: 'OK' })
  })

  it('refuses the sample of the pre-verification page that lacks a comma, and says where', async () => {
    const { client } = await open()
    const body =
      '{\n  "curDeptId": 1575416580416769793\n  "users": [{"targetDeptName": "Dept", "personalCapacity": 10, "isAllocateCapacity": true}]\n}'
    const reply = await client.send('POST', paths.preverify, {
      headers: { Authorization: 'Bearer mock-admin-token' },
      body,
    })
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({ code: 13000102, msg: 'Verify parameters failed.' })
    expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/not JSON.*line 3/)
  })

  it('takes that sample once the comma is there', async () => {
    const { client } = await open()
    const body =
      '{"curDeptId": 1575416580416769793, "users": [{"targetDeptName": "Dept", "personalCapacity": 10, "isAllocateCapacity": true}]}'
    const reply = await client.send('POST', paths.preverify, {
      headers: { Authorization: 'Bearer mock-admin-token' },
      body,
    })
    expect(reply.json).toEqual({ data: [{ isSuccess: 0 }], code: 0, msg: 'Successful' })
  })
})
