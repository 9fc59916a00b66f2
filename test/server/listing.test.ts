import { expect, it } from 'vitest'
import { levelOf } from '../../src/world/directory/departments.ts'
import { paths } from '../support/client.ts'
import { describeTargets, inProcess, type Target } from '../support/targets.ts'

const all = async ({ client }: Target, path: string, key: 'list' | 'users', more = ''): Promise<any[]> => {
  const seen: any[] = []
  for (;;) {
    const { json } = await client.get(`${path}?offset=${seen.length}&limit=37${more}`)
    seen.push(...json[key])
    if (json[key].length < 37) {
      expect(seen).toHaveLength(json.total)
      return seen
    }
  }
}

describeTargets('lists', (open) => {
  it.each([
    ['users', paths.users, 'list', 'userId'],
    ['spaces', paths.spaces, 'users', 'id'],
  ] as const)('page through all %s without a gap or a repeat, in a stable order', async (_, path, key, id) => {
    const target = await open()
    const once = await all(target, path, key)
    expect(new Set(once.map((item) => item[id])).size).toBe(200)
    expect(await all(target, path, key)).toEqual(once)
  })

  it('filter by department: sub-departments too, unless isDirect is true', async () => {
    const target = await open()
    const everybody = await all(target, paths.users, 'list')
    const product = '1575416580416769793'
    const tree = await all(target, paths.users, 'list', `&deptId=${product}`)
    const direct = await all(target, paths.users, 'list', `&deptId=${product}&isDirect=true`)
    expect(direct).toEqual(everybody.filter(({ deptId }) => deptId === product))
    expect(tree.length).toBeGreaterThan(direct.length)
    expect(tree.map(({ deptName }) => deptName)).toContain('Dept')
    expect(await all(target, paths.users, 'list', `&deptId=${product}&isDirect=false`)).toEqual(tree)
    expect(await all(target, paths.users, 'list', `&deptId=${product}&isDirect=`)).toEqual(tree)
  })

  it('filter by keyword in any case, and by nothing but the name in listUsers', async () => {
    const target = await open()
    const everybody = await all(target, paths.users, 'list')
    for (const keyWord of ['a', 'AN', '王', 'zzzz', everybody[7].name, everybody[8].name.slice(1)]) {
      const found = await all(target, paths.users, 'list', `&keyWord=${encodeURIComponent(keyWord)}`)
      expect(found).toEqual(everybody.filter(({ name }) => name.toLowerCase().includes(keyWord.toLowerCase())))
    }
    expect(await all(target, paths.users, 'list', '&keyWord=0086')).toEqual([])
  })

  it('of spaces search the full mobile number too, though it is shown masked', async () => {
    const target = await open()
    const everybody = await all(target, paths.spaces, 'users')
    expect(await all(target, paths.spaces, 'users', '&keyWord=0086')).toHaveLength(199)
    const tail = everybody[5].mobile.slice(-4)
    const found = await all(target, paths.spaces, 'users', `&keyWord=${tail}`)
    expect(found.map(({ userId }) => userId)).toContain(everybody[5].userId)
    expect(await all(target, paths.spaces, 'users', '&keyWord=12345557')).toHaveLength(1)
  })

  it('of spaces filter by status, alone and with department and keyword', async () => {
    const target = await open()
    const everybody = await all(target, paths.spaces, 'users')
    for (const spaceStatus of ['0', '1']) {
      const expected = everybody.filter((space) => space.spaceStatus === spaceStatus)
      expect(expected.length).toBeGreaterThan(0)
      expect(await all(target, paths.spaces, 'users', `&spaceStatus=${spaceStatus}`)).toEqual(expected)
      const narrow = await all(
        target,
        paths.spaces,
        'users',
        `&spaceStatus=${spaceStatus}&keyWord=a&deptId=1243693141656107521`,
      )
      expect(narrow).toEqual(
        expected.filter(
          ({ deptId, name, mobile }) => deptId === '1243693141656107521' && (name + mobile).toLowerCase().includes('a'),
        ),
      )
    }
  })

  it.each([paths.users, paths.spaces])('%s refuses an unknown department', async (path) => {
    const { client } = await open()
    const reply = await client.get(`${path}?offset=0&limit=1&deptId=42`)
    expect([reply.status, reply.json.code]).toEqual([400, 13000309])
  })

  it('mask every mobile: the first 7 and the last 4 characters stay', async () => {
    const target = await open()
    const mobiles = [...(await all(target, paths.users, 'list')), ...(await all(target, paths.spaces, 'users'))].map(
      ({ mobile }) => mobile,
    )
    expect(mobiles.filter((mobile) => !/^\d{7}\*{4}\d{4}$/.test(mobile) && mobile !== '1234555****5557')).toEqual([])
  })

  it('has Chinese and English names, a tree of three levels or more, and exact ids as text', async () => {
    const target = await open()
    const users = await all(target, paths.users, 'list')
    expect(users.some(({ name }) => /\p{Script=Han}/u.test(name))).toBe(true)
    expect(users.some(({ name }) => /^[A-Z][a-z']+ /.test(name))).toBe(true)
    for (const user of users) for (const id of [user.id, user.userId, user.deptId]) expect(id).toMatch(/^\d{19}$/)
    const departments = target.mock.world.get('default')?.read().directory.departments.all() ?? []
    expect(Math.max(...departments.map(levelOf))).toBeGreaterThanOrEqual(3)
  })
})

it('a million users: a page near the end holds the same users as a walk would, and nothing is built for it', async () => {
  const target = inProcess({ users: 1_000_000 })
  const { json } = await target.client.get(`${paths.users}?offset=999900&limit=100`)
  expect(json.total).toBe(1_000_000)
  expect(json.list).toHaveLength(100)
  const last = json.list[99]
  const found = await target.client.get(`${paths.users}?offset=0&limit=1&deptId=${last.deptId}&isDirect=true`)
  expect(found.json.list[0].deptId).toBe(last.deptId)
})
