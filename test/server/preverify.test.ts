import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { describeTargets } from '../support/targets.ts'

const PRODUCT = '1575416580416769793'
const token = { Authorization: 'Bearer+mock-admin-token' }
/** JSON text with the id as the exact integer that the page asks for. */
const toBody = (deptId: string, users: object[]) => `{"curDeptId": ${deptId}, "users": ${JSON.stringify(users)}}`
const passing = { targetDeptName: 'Dept', personalCapacity: 10, isAllocateCapacity: true }

describeTargets('pre-verification', (open) => {
  it('keeps every digit of curDeptId: its neighbours are other departments', async () => {
    const { client } = await open()
    const ask = (id: string) => client.send('POST', paths.preverify, { headers: token, body: toBody(id, [passing]) })
    expect((await ask(PRODUCT)).json).toEqual({ data: [{ isSuccess: 0 }], code: 0, msg: 'Successful' })
    for (const neighbour of ['1575416580416769792', '1575416580416769794', '1575416580416769800']) {
      const reply = await ask(neighbour)
      expect([reply.status, reply.json]).toEqual([400, { code: 13000309, msg: 'Resource not found.' }])
    }
    expect((await ask('1575416580416769800')).headers.get('X-Mock-Diagnosis')).toMatch(/rounded/)
  })

  it.each(['"1575416580416769793"', '1575416580416769793.5', '1.5e18', '99999999999999999999', 'true', 'null', '[]'])(
    'refuses curDeptId %s',
    async (id) => {
      const { client } = await open()
      const reply = await client.send('POST', paths.preverify, { headers: token, body: toBody(id, [passing]) })
      expect([reply.status, reply.json.code]).toEqual([400, 13000102])
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain('curDeptId')
    },
  )

  it('gives one result per row, in order, each failure with its reason', async () => {
    const { client } = await open()
    const rows: [object, RegExp | undefined][] = [
      [passing, undefined],
      [{ ...passing, targetDeptName: 'Nowhere' }, /Nowhere/],
      [{ ...passing, targetDeptName: 'newDept' }, /newDept/],
      [{ ...passing, targetDeptName: 'Product' }, undefined],
      [{ personalCapacity: 10, isAllocateCapacity: true }, undefined],
      [{ personalCapacity: 0, isAllocateCapacity: false }, undefined],
      [{ personalCapacity: 1, isAllocateCapacity: false }, /0/],
      [{ personalCapacity: 0, isAllocateCapacity: true }, /above 0/],
      [{ personalCapacity: -1, isAllocateCapacity: true }, /above 0/],
    ]
    const body = toBody(
      PRODUCT,
      rows.map(([row]) => row),
    )
    const { json } = await client.send('POST', paths.preverify, { headers: token, body })
    expect(json.data).toEqual(
      rows.map(([, reason]) => (reason ? { isSuccess: 1, reason: expect.stringMatching(reason) } : { isSuccess: 0 })),
    )
  })

  it('adds the rows up against the free capacity, and changes nothing', async () => {
    const { client, mock } = await open()
    const free = mock.world.get('default')?.read().directory.freeCapacityGb ?? 0
    const share = { ...passing, personalCapacity: free / 2 }
    const body = toBody(PRODUCT, [share, share, passing])
    for (let time = 0; time < 2; time += 1) {
      const { json } = await client.send('POST', paths.preverify, { headers: token, body })
      expect(json.data.map(({ isSuccess }: any) => isSuccess)).toEqual([0, 0, 1])
    }
    expect(mock.world.get('default')?.read().directory.freeCapacityGb).toBe(free)
  })

  it.each([
    ['no users', { curDeptId: 1 }],
    ['users that are no list', { curDeptId: 1, users: {} }],
    ['a capacity that is a text', { curDeptId: 1, users: [{ ...passing, personalCapacity: '10' }] }],
    ['a capacity with a fraction', { curDeptId: 1, users: [{ ...passing, personalCapacity: 1.5 }] }],
    ['no isAllocateCapacity', { curDeptId: 1, users: [{ personalCapacity: 1 }] }],
    ['isAllocateCapacity as a number', { curDeptId: 1, users: [{ ...passing, isAllocateCapacity: 1 }] }],
    ['a name that is a number', { curDeptId: 1, users: [{ ...passing, targetDeptName: 5 }] }],
  ])('refuses %s', async (_, body) => {
    const { client } = await open()
    const reply = await client.post(paths.preverify, body)
    expect([reply.status, reply.json]).toEqual([400, { code: 13000102, msg: 'Verify parameters failed.' }])
    expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/expected/)
  })
})
