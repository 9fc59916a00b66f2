import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Departments, isWithin, levelOf } from '../../src/world/directory/departments.ts'
import { Directory } from '../../src/world/directory/directory.ts'
import { roles, userStatuses } from '../../src/world/directory/user.ts'
import { IdGenerator } from '../../src/world/ids.ts'
import { scatter, unscatter } from '../../src/world/random.ts'

const createDirectory = (seed: number, users: number, departments = 12): Directory => {
  const ids = new IdGenerator(seed)
  return new Directory({
    seed,
    users,
    departments,
    cast: new Map(),
    freeCapacityGb: 1000,
    departmentSpaceGb: 1,
    plusIsZeros: () => false,
    newId: (at, span) => ids.next(at, span),
  })
}

const everybody = (directory: Directory) => ({
  scope: directory.root,
  direct: false,
  keyWord: undefined,
  inMobile: false,
  spaceStatus: undefined,
  withSpace: false,
})

const join = (directory: Directory, name: string, phone: string, spaceGb: number, isFirst = false) =>
  directory.joinAlone(
    { name, phone },
    {
      department: directory.root,
      role: roles.commonUser,
      status: userStatuses.notActivated,
      spaceGb,
      spaceStatus: '0',
    },
    Date.UTC(2026, 0, 1),
    isFirst,
  )

describe('the seeded directory', () => {
  it('scattering numbers is one to one and can be undone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 99_999_999 }), (seed, value) => {
        const scattered = scatter(seed, value)
        expect(scattered).toBeGreaterThanOrEqual(0)
        expect(scattered).toBeLessThan(100_000_000)
        expect(unscatter(seed, scattered)).toBe(value)
      }),
    )
  })

  it('finds every user again by phone, userId and id', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (seed, size, pick) => {
        const directory = createDirectory(seed, size)
        const number = pick % size
        const user = directory.userAt(number)
        expect(directory.findByPhone(user?.mobile ?? '')?.number).toBe(number)
        expect(directory.findById(user?.userId ?? '')?.number).toBe(number)
        expect(directory.findById(user?.id ?? '')?.number).toBe(number)
      }),
      { numRuns: 50 },
    )
  })

  it('gives no phone, userId or id twice', () => {
    const directory = createDirectory(1, 20_000)
    const users = Array.from({ length: 20_000 }, (_, number) => directory.userAt(number))
    for (const key of ['mobile', 'userId', 'id'] as const)
      expect(new Set(users.map((user) => user?.[key])).size).toBe(20_000)
  })

  it('is the same for the same seed and another for another', () => {
    const page = (seed: number) => {
      const directory = createDirectory(seed, 1000)
      return directory.list(everybody(directory), 500, 10).users.map(({ name, mobile }) => name + mobile)
    }
    expect(page(1)).toEqual(page(1))
    expect(page(1)).not.toEqual(page(2))
  })

  it('has everybody in one department, and in those above it', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 5000 }),
        (seed, count, users) => {
          const departments = new Departments(seed, count, users)
          const all = departments.all()
          expect(all.reduce((sum, { members }) => sum + members.direct.size, 0)).toBe(users)
          for (const department of all) {
            const below = all.filter((other) => isWithin(other, department))
            expect(below.reduce((sum, { members }) => sum + members.direct.size, 0)).toBe(department.members.all.size)
            expect(levelOf(department)).toBeLessThanOrEqual(5)
          }
          for (let user = 0; user < users; user += 97) {
            expect(departments.homeOf(user).department.members.direct.has(user)).toBe(true)
          }
          expect(new Set(all.map(({ id }) => id)).size).toBe(count)
          expect(new Set(all.map(({ name }) => name)).size).toBe(count)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('knows the size and the use of all spaces without looking at each', () => {
    for (const users of [0, 1, 200, 25_000]) {
      const directory = createDirectory(3, users)
      const { users: all } = directory.list(everybody(directory), 0, users)
      const sum = (of: 'capacityGb' | 'usedKb') => all.reduce((total, { space }) => total + (space?.[of] ?? 0), 0)
      expect(directory.capacity.individual).toEqual({ allocatedGb: sum('capacityGb'), usedKb: sum('usedKb') })
      expect(directory.capacity.totalGb).toBe(1000 + 11 + sum('capacityGb'))
    }
  })

  it('pages are cuts of one list, whatever is selected and whoever left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(undefined, 'a', '王', '00'),
        fc.constantFrom(undefined, '0', '1'),
        fc.nat(11),
        fc.boolean(),
        fc.array(fc.nat(320), { maxLength: 40 }),
        (users, offset, limit, keyWord, spaceStatus, department, direct, gone) => {
          const directory = createDirectory(7, users)
          for (let n = 0; n < 20; n += 1) join(directory, `New ${n}`, `1390000${1000 + n}`, n % 2, n % 3 === 0)
          const before = directory.size
          const left = new Set(gone.map((number) => directory.userAt(number)?.number).filter((n) => n !== undefined))
          for (const number of gone) {
            const user = directory.userAt(number)
            if (user !== undefined) directory.remove(user)
          }
          expect(directory.size).toBe(before - left.size)
          const scope = directory.departments.all()[department] ?? directory.root
          const selection = {
            scope,
            direct,
            keyWord,
            inMobile: true,
            spaceStatus,
            withSpace: spaceStatus !== undefined,
          }
          const whole = directory.list(selection, 0, 1000)
          expect(whole.users).toHaveLength(whole.total)
          expect(whole.users.some(({ number }) => left.has(number))).toBe(false)
          const ids = (page: typeof whole) => page.users.map(({ id }) => id)
          expect(ids(directory.list(selection, offset, limit))).toEqual(ids(whole).slice(offset, offset + limit))
        },
      ),
    )
  })
})

describe('somebody who leaves', () => {
  it('is found no more, and the phone is free for somebody else', () => {
    const directory = createDirectory(1, 100)
    const seeded = directory.userAt(5)
    const joined = join(directory, 'New', '13900001000', 10)
    for (const user of [seeded, joined]) {
      if (user === undefined) throw new Error('There is no such user.')
      const free = directory.freeCapacityGb
      const gb = user.space?.capacityGb ?? 0
      directory.remove(user)
      expect(directory.freeCapacityGb).toBe(free + gb)
      for (const id of [user.id, user.userId]) expect(directory.findById(id)).toBeUndefined()
      expect(directory.findByPhone(user.mobile)).toBeUndefined()
      const next = join(directory, 'Next', user.mobile, 0)
      expect(directory.findByPhone(user.mobile)?.id).toBe(next.id)
      expect(next.id).not.toBe(user.id)
    }
    expect(directory.size).toBe(101)
  })
})
