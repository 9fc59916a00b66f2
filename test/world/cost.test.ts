import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMock } from '../../src/index.ts'
import type { Directory } from '../../src/world/directory/directory.ts'
import { SeededUsers } from '../../src/world/directory/seeded-users.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'

const LEFT = 40
const MOVED = 20

afterEach(() => vi.restoreAllMocks())

/** An organisation in which every other of the first users has left, and some behind them have moved. */
function worn(users: number) {
  const mock = createMock({ now: Date.UTC(2026, 0, 1), users })
  const sandbox = mock.world.get('default') as Sandbox
  const directory = (): Directory => sandbox.read().directory
  const [first, second] = directory().root.children
  for (let number = 1; number < 2 * LEFT; number += 2) {
    sandbox.execute('delete-user', { userId: directory().userAt(number)?.id ?? '' })
  }
  for (let number = 2 * LEFT; number < 2 * LEFT + MOVED; number += 1) {
    const to = number % 2 === 0 ? first : second
    sandbox.execute('update-user', { userId: directory().userAt(number)?.id ?? '', departmentId: to?.id })
  }
  return { sandbox, directory, first }
}

/** Users that are looked at, and runs of numbers that are kept, for each call. */
function costsAt(users: number): Record<string, number> {
  const { sandbox, directory, first } = worn(users)
  const looked = vi.spyOn(SeededUsers.prototype, 'at')
  const costs: Record<string, number> = {}
  const count = (name: string, call: () => unknown) => {
    looked.mockClear()
    call()
    costs[name] = looked.mock.calls.length
  }
  const everybody = { direct: false, keyWord: undefined, inMobile: false, spaceStatus: undefined }
  const { root } = directory()
  const size = root.members.all.size
  count('first page', () => directory().list({ ...everybody, scope: root, withSpace: false }, 0, 10))
  count('last page', () => directory().list({ ...everybody, scope: root, withSpace: false }, size - 10, 10))
  count('page of spaces', () => directory().list({ ...everybody, scope: root, withSpace: true }, size / 2, 10))
  count('page of a department', () => directory().list({ ...everybody, scope: first ?? root, withSpace: false }, 3, 10))
  count('count', () => directory().count(root, false))
  count('departments', () => directory().departments.all())
  const { id } = directory().userAt(110) ?? { id: '' }
  count('get', () => directory().findById(id)?.name)
  count('update', () => sandbox.execute('update-user', { userId: id, departmentId: first?.id, role: 0 }))
  count('delete', () => sandbox.execute('delete-user', { userId: id }))
  count('quota', () => directory().capacity.totalGb)
  costs['runs'] = [...root.members.all.runs()].length
  return costs
}

describe('what a call looks at', () => {
  it('is the same in an organisation of 200 users and of a million, after users have left and moved', () => {
    const small = costsAt(200)
    expect(small).toMatchObject({ 'first page': 10, 'last page': 10, count: 0, departments: 0, quota: 0 })
    expect(costsAt(1_000_000)).toEqual(small)
    expect(small['runs']).toBeLessThanOrEqual(LEFT + 3)
  })
})
