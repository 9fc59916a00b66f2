import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDepartments, isWithin } from '../../src/world/directory/departments.ts'
import { Directory } from '../../src/world/directory/directory.ts'
import { scatter, unscatter } from '../../src/world/random.ts'

const createDirectory = (seed: number, users: number, departments = 12): Directory => {
  let id = 2_000_000_000_000_000_000n
  return new Directory({
    seed,
    users,
    departments,
    cast: new Map(),
    extra: {},
    freeCapacityGb: 1000,
    plusIsZeros: () => false,
    newId: (span) => {
      id += BigInt(span)
      return String(id)
    },
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
        const user = directory.seededUser(pick % size)
        expect(directory.findByPhone(user?.mobile ?? '')).toEqual(user)
        expect(directory.findById(user?.userId ?? '')).toEqual(user)
        expect(directory.findById(user?.id ?? '')).toEqual(user)
      }),
      { numRuns: 50 },
    )
  })

  it('gives no phone, userId or id twice', () => {
    const directory = createDirectory(1, 20_000)
    const users = Array.from({ length: 20_000 }, (_, number) => directory.seededUser(number))
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

  it('gives each department one range of users; the ranges cover everybody and follow the tree', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 5000 }),
        (seed, count, users) => {
          const departments = createDepartments(seed, count, users)
          const owned = departments.reduce((sum, { ownFrom, ownTo }) => sum + ownTo - ownFrom, 0)
          expect(owned).toBe(users)
          for (const department of departments) {
            const below = departments.filter((other) => isWithin(other, department))
            expect(below.reduce((sum, { ownFrom, ownTo }) => sum + ownTo - ownFrom, 0)).toBe(
              department.treeTo - department.ownFrom,
            )
            expect(department.level).toBeLessThanOrEqual(5)
          }
          expect(new Set(departments.map(({ id }) => id)).size).toBe(count)
          expect(new Set(departments.map(({ name }) => name)).size).toBe(count)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('pages are cuts of one list, whatever is selected', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(undefined, 'a', '王', '00'),
        fc.constantFrom(undefined, '0', '1'),
        fc.nat(11),
        fc.boolean(),
        (users, offset, limit, keyWord, spaceStatus, department, direct) => {
          const directory = createDirectory(7, users)
          for (let n = 0; n < 20; n += 1) {
            directory.join({ name: `New ${n}`, phone: `1390000${1000 + n}`, spaceGb: n % 2, first: n % 3 === 0 })
          }
          const scope = directory.departments[department] ?? directory.root
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
          expect(directory.list(selection, offset, limit).users).toEqual(whole.users.slice(offset, offset + limit))
        },
      ),
    )
  })
})
