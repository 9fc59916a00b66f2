import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { CommandError } from '../../src/world/command-error.ts'
import type { Commands, CommandType, ResultOf } from '../../src/world/commands.ts'
import { levelOf } from '../../src/world/directory/departments.ts'
import type { Directory } from '../../src/world/directory/directory.ts'
import { quotasOf } from '../../src/world/management/quota.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { told } from './told.ts'

const START = Date.UTC(2026, 0, 1)
const SEEDED = 30

/** An organisation in the plainest form: departments by id, and users in the order of their coming. */
interface Model {
  readonly departments: Map<string, string | undefined>
  users: { id: string; department: string; phone: string; role: number; status: number; gb: number }[]
  teamGb: Map<string, number>
  readonly capacityGb: number
}

const pick = fc.nat(1000)
const step = fc.oneof(
  fc.record({ do: fc.constant('create-department' as const), a: pick, b: pick }),
  fc.record({ do: fc.constant('update-department' as const), a: pick, b: pick }),
  fc.record({ do: fc.constant('delete-department' as const), a: pick, b: pick }),
  fc.record({ do: fc.constant('create-user' as const), a: pick, b: pick }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('update-user' as const), a: pick, b: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete-user' as const), a: pick, b: pick }) },
  fc.record({ do: fc.constant('create-space' as const), a: pick, b: pick }),
  fc.record({ do: fc.constant('delete-space' as const), a: pick, b: pick }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('batch' as const), a: pick, b: pick }) },
  fc.record({ do: fc.constant('transfer' as const), a: pick, b: pick }),
)
type Step = { readonly do: string; readonly a: number; readonly b: number }

const everybodyOf = ({ root }: Directory) => ({
  scope: root,
  direct: false,
  withSpace: false,
  keyWord: undefined,
  inMobile: false,
  spaceStatus: undefined,
})

function begin(sandbox: Sandbox): Model {
  const { directory } = sandbox.read()
  const { users } = directory.list(everybodyOf(directory), 0, 1000)
  return {
    departments: new Map(directory.departments.all().map(({ id, parent }) => [id, parent?.id])),
    teamGb: new Map(directory.departments.all().map(({ id, spaces }) => [id, spaces[0]?.capacityGb ?? 0])),
    users: users.map(({ id, department, mobile, role, status, space }) => {
      return { id, department: department.id, phone: mobile, role, status, gb: space?.capacityGb ?? 0 }
    }),
    capacityGb: directory.capacity.totalGb,
  }
}

/** Carries a command out; undefined when it is refused. */
function tried<T extends CommandType>(
  sandbox: Sandbox,
  type: T,
  payload: Commands[T]['payload'],
): { readonly result: ResultOf<T> } | undefined {
  try {
    return { result: sandbox.execute(type, payload) }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

const phoneOf = (number: number): string => `00861709999${String(number).padStart(4, '0')}`

/** What the model says of a step, and what the organisation does. They must agree on whether it is refused. */
function carryOut(sandbox: Sandbox, model: Model, { do: what, a, b }: Step): void {
  const ids = [...model.departments.keys()]
  const department = ids[a % ids.length] ?? ''
  const other = ids[b % ids.length] ?? ''
  const user = model.users[a % model.users.length]
  const free = () => model.capacityGb - allocated(model)
  const below = (id: string): string[] =>
    ids.filter((each) => model.departments.get(each) === id).flatMap((child) => [child, ...below(child)])
  const depth = (id: string): number =>
    1 + Math.max(0, ...ids.filter((each) => model.departments.get(each) === id).map(depth))
  const level = (id: string | undefined): number => (id === undefined ? 0 : 1 + level(model.departments.get(id)))
  const isLastAdmin = (id: string | undefined) =>
    model.users.every((each) => each.id === id || each.role !== 2 || each.status === 1) &&
    model.users.some((each) => each.id === id && each.role === 2)
  switch (what) {
    case 'create-department': {
      const done = tried(sandbox, 'create-department', { name: `D${b}`, parentId: department })
      expect(done !== undefined).toBe(level(department) < 5 && free() >= 1)
      if (done === undefined) return
      model.departments.set(done.result, department)
      model.teamGb.set(done.result, 1)
      return
    }
    case 'update-department': {
      const done = tried(sandbox, 'update-department', { departmentId: department, name: `D${b}`, parentId: other })
      const isCycle = department === other || below(department).includes(other)
      const isRoot = model.departments.get(department) === undefined
      expect(done !== undefined).toBe(!isRoot && !isCycle && level(other) + depth(department) <= 5)
      if (done !== undefined) model.departments.set(department, other)
      return
    }
    case 'delete-department': {
      const done = tried(sandbox, 'delete-department', { departmentId: department })
      const isRoot = model.departments.get(department) === undefined
      const isHeld = model.users.some((each) => each.department === department) || below(department).length > 0
      expect(done !== undefined).toBe(!isRoot && !isHeld)
      if (done === undefined) return
      model.departments.delete(department)
      model.teamGb.delete(department)
      return
    }
    case 'create-user': {
      const orgUserId = `10086000009${String(10_000_000 + b)}`
      const done = tried(sandbox, 'create-user', { orgUserId, departmentId: department })
      if (done === undefined) return
      const phone = sandbox.read().directory.findById(done.result)?.mobile ?? ''
      model.users.push({ id: done.result, department, phone, role: 1, status: 0, gb: 0 })
      return
    }
    case 'update-user': {
      if (user === undefined) return
      const change = { departmentId: b % 2 === 0 ? other : undefined, role: [undefined, 0, 1, 2][b % 4], status: b % 3 }
      const status = change.status === 2 ? undefined : change.status
      const done = tried(sandbox, 'update-user', { userId: user.id, ...change, status })
      const isLoss = (change.role !== undefined && change.role !== 2) || status === 1
      expect(done !== undefined).toBe(!(isLoss && isLastAdmin(user.id)))
      if (done === undefined) return
      user.department = change.departmentId ?? user.department
      user.role = change.role ?? user.role
      user.status = status ?? user.status
      return
    }
    case 'delete-user': {
      if (user === undefined) return
      const done = tried(sandbox, 'delete-user', { userId: user.id })
      expect(done !== undefined).toBe(!isLastAdmin(user.id))
      if (done !== undefined) model.users = model.users.filter((each) => each !== user)
      return
    }
    case 'create-space': {
      if (user === undefined) return
      const gb = b % 40
      const done = tried(sandbox, 'create-space', { ownerId: user.id, spaceType: 1, capacityGb: gb })
      if (done !== undefined) user.gb += gb
      else expect(gb > free() || (sandbox.read().directory.findById(user.id)?.spaces.length ?? 0) === 10).toBe(true)
      return
    }
    case 'delete-space': {
      if (user === undefined) return
      const gb = sandbox.read().directory.findById(user.id)?.space?.capacityGb
      const done = tried(sandbox, 'delete-space', { ownerId: user.id, spaceType: 1 })
      expect(done !== undefined).toBe(gb !== undefined)
      user.gb -= gb ?? 0
      return
    }
    case 'batch': {
      const phones = [phoneOf(a % 40), phoneOf(b % 40), model.users[b % model.users.length]?.phone ?? '12345']
      const rows = phones.map((phone) => ({ phone, name: 'N' }))
      const taskId = sandbox.execute('create-task', { userId: '', rows })
      tried(sandbox, 'complete-task', { taskId })
      const { tasks, directory } = sandbox.read()
      const root = directory.root.id
      phones.forEach((phone, row) => {
        const result = tasks.get(taskId)?.resultAt(row)
        if (model.users.some((each) => each.phone === phone)) expect(result?.outcome).toBe('existing')
        else if (free() < 10) expect(result).toMatchObject({ outcome: 'failed', error: 'insufficientSpace' })
        else {
          const { id } = directory.findById(result?.outcome === 'success' ? result.userId : '') ?? { id: '' }
          model.users.push({ id, department: root, phone, role: 1, status: 2, gb: 10 })
        }
      })
      return
    }
    default: {
      const [source, target] = [user, model.users[b % model.users.length]]
      if (source === undefined || target === undefined) return
      const done = tried(sandbox, 'create-transfer-task', { srcUserId: source.id, dstUserId: target.id })
      if (done === undefined) return
      sandbox.execute('set-clock', { now: sandbox.clock.now() + 5000, frozen: true, rate: 1 })
      expect(sandbox.read().managementTasks.get(done.result)?.status).toBe(2)
      model.users = model.users.filter((each) => each !== source)
    }
  }
}

const allocated = ({ users, teamGb }: Model): number =>
  users.reduce((sum, { gb }) => sum + gb, 0) + [...teamGb.values()].reduce((sum, gb) => sum + gb, 0)

function compare(sandbox: Sandbox, model: Model): void {
  const { directory } = sandbox.read()
  const { users, total } = directory.list(everybodyOf(directory), 0, 1000)
  expect(total).toBe(model.users.length)
  // Nobody is lost, nobody is twice, everybody is in the one department that the model says.
  expect(users.map(({ id, department, role, status }) => [id, department.id, role, status])).toEqual(
    model.users.map(({ id, department, role, status }) => [id, department, role, status]),
  )
  expect(directory.departments.all().map(({ id, parent }) => [id, parent?.id])).toEqual([...model.departments])
  for (const department of directory.departments.all()) {
    const path = (id: string | undefined): string[] =>
      id === undefined ? [] : [id, ...path(model.departments.get(id))]
    const direct = model.users.filter((each) => each.department === department.id)
    const all = model.users.filter((each) => path(each.department).includes(department.id))
    expect(levelOf(department)).toBe(path(department.id).length)
    expect(directory.count(department, true)).toBe(direct.length)
    expect(directory.count(department, false)).toBe(all.length)
    const selection = { ...everybodyOf(directory), scope: department }
    expect(directory.list(selection, 0, 1000).users.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    for (const [isDirect, members] of [
      [true, direct],
      [false, all],
    ] as const) {
      const owners = members.filter(({ id }) => directory.findById(id)?.space !== undefined)
      const page = directory.list({ ...selection, withSpace: true, direct: isDirect }, 0, 1000)
      expect(page.users.map(({ id }) => id)).toEqual(owners.map(({ id }) => id))
    }
  }
  expect(directory.freeCapacityGb).toBe(model.capacityGb - allocated(model))
  const quotas = quotasOf(sandbox.read())
  expect(quotas.reduce((sum, { quotaGb }) => sum + quotaGb, 0)).toBe(model.capacityGb)
  expect(quotas.reduce((sum, { allocatedGb }) => sum + allocatedGb, 0)).toBe(allocated(model))
  const used = (owners: readonly { readonly spaces: readonly { readonly usedKb: number }[] }[]) =>
    owners.flatMap(({ spaces }) => spaces).reduce((sum, { usedKb }) => sum + usedKb, 0)
  expect(quotas.map(({ usedKb }) => usedKb)).toEqual([used(directory.departments.all()), used(users), 0])
}

it('departments, users, spaces, batches and tasks agree with a simple model, whatever is done, and replay to the same bytes', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.array(step, { maxLength: 40 }), (seed, steps) => {
      const scenario = { directory: { freeCapacityGb: 120 } }
      const mock = createMock({ now: START, users: SEEDED, departments: 6, seed, scenario })
      const sandbox = mock.world.get('default') as Sandbox
      const model = begin(sandbox)
      for (const each of steps) {
        carryOut(sandbox, model, each)
        compare(sandbox, model)
      }
      const log = mock.defaultSandbox.log.export()
      const other = createMock({ now: START })
      other.defaultSandbox.log.replay(JSON.parse(JSON.stringify(log)))
      const replayed = other.world.get('default') as Sandbox
      compare(replayed, model)
      expect(JSON.stringify(told(replayed.read()))).toBe(JSON.stringify(told(sandbox.read())))
    }),
    { numRuns: 40 },
  )
})
