import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { CommandError } from '../../src/world/command-error.ts'
import type { Commands, CommandType } from '../../src/world/commands.ts'
import type { User } from '../../src/world/directory/user.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { told } from './told.ts'

const START = Date.UTC(2026, 0, 1)

/** An organisation with a frozen clock. */
function open(options: Parameters<typeof createMock>[0] = {}) {
  const mock = createMock({ now: START, users: 60, ...options })
  const sandbox = mock.world.get('default') as Sandbox
  const advance = (ms: number) => sandbox.execute('set-clock', { now: sandbox.clock.now() + ms, frozen: true, rate: 1 })
  const user = (number: number) => sandbox.read().directory.userAt(number) as User
  return { mock, sandbox, advance, user, directory: () => sandbox.read().directory }
}

/** Tries a command; the error name when it is refused, and then nothing has changed. */
function attempt<T extends CommandType>(sandbox: Sandbox, type: T, payload: Commands[T]['payload']): string {
  const before = JSON.stringify(told(sandbox.read()))
  const logged = sandbox.commands()?.length
  try {
    sandbox.execute(type, payload)
    return 'done'
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    expect(JSON.stringify(told(sandbox.read()))).toBe(before)
    expect(sandbox.commands()).toHaveLength(logged ?? -1)
    return error.error
  }
}

const NOBODY = '1999999999999999999'

describe('departments', () => {
  it('come below a parent with a team space, are found, renamed and moved with their users, and go', () => {
    const { sandbox, directory, user } = open()
    const [first, second] = directory().root.children
    const free = directory().freeCapacityGb
    const id = sandbox.execute('create-department', { name: 'New', parentId: first?.id ?? '' })
    expect(id).toMatch(/^[1-9]\d{18}$/)
    const department = directory().departments.find(id)
    expect(department).toMatchObject({ name: 'New', parent: first })
    expect(department?.spaces).toHaveLength(1)
    expect(directory().freeCapacityGb).toBe(free - 1)
    sandbox.execute('update-user', { userId: user(40).id, departmentId: id })
    const before = [first, second].map((each) => each?.members.all.size ?? 0)
    sandbox.execute('update-department', { departmentId: id, name: 'Newer', parentId: second?.id ?? '' })
    expect(department).toMatchObject({ name: 'Newer', parent: second })
    expect([first, second].map((each) => each?.members.all.size)).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) + 1])
    expect(attempt(sandbox, 'delete-department', { departmentId: id })).toBe('verifyParametersFailed')
    sandbox.execute('delete-user', { userId: user(40).id })
    sandbox.execute('delete-department', { departmentId: id })
    expect(directory().departments.find(id)).toBeUndefined()
    expect(second?.children).not.toContain(department)
  })

  it('make a tree of five levels at most, without cycles, whose root stays', () => {
    const { sandbox, directory } = open()
    let parentId = directory().root.id
    const path: string[] = []
    for (let level = 2; level <= 5; level += 1) {
      parentId = sandbox.execute('create-department', { name: `L${level}`, parentId })
      path.push(parentId)
    }
    const [second = '', third = '', , fifth = ''] = path
    const root = directory().root.id
    const update = (departmentId: string, to: string) =>
      attempt(sandbox, 'update-department', { departmentId, name: 'X', parentId: to })
    expect(attempt(sandbox, 'create-department', { name: 'L6', parentId: fifth })).toBe('maxLevelsExceeded')
    expect(update(second, third)).toBe('verifyParametersFailed')
    expect(update(second, second)).toBe('verifyParametersFailed')
    expect(update(root, second)).toBe('verifyParametersFailed')
    expect(attempt(sandbox, 'delete-department', { departmentId: root })).toBe('verifyParametersFailed')
    const other = sandbox.execute('create-department', { name: 'Other', parentId: root })
    expect(update(second, other)).toBe('maxLevelsExceeded')
    expect(update(NOBODY, root)).toBe('resourceNotFound')
    expect(update(second, NOBODY)).toBe('resourceNotFound')
    expect(attempt(sandbox, 'create-department', { name: 'X', parentId: NOBODY })).toBe('resourceNotFound')
    expect(attempt(sandbox, 'delete-department', { departmentId: third })).toBe('verifyParametersFailed')
  })

  it('are refused where the capacity does not suffice for their space', () => {
    const { sandbox, directory } = open({ scenario: 'quota-exhausted' })
    const parentId = directory().root.id
    expect(attempt(sandbox, 'create-department', { name: 'X', parentId })).toBe('insufficientSpace')
  })
})

describe('users', () => {
  it('come one by one, and are found by either id', () => {
    const { sandbox, directory } = open()
    const orgUserId = '1008600000029937613'
    const id = sandbox.execute('create-user', { orgUserId, role: 0 })
    const user = directory().findById(id)
    expect(user).toMatchObject({ id, userId: orgUserId, role: 0, status: 0 })
    expect(directory().findById(orgUserId)?.id).toBe(id)
    expect(directory().findByPhone(user?.mobile ?? '')?.id).toBe(id)
    expect(attempt(sandbox, 'create-user', { orgUserId })).toBe('userExists')
    expect(attempt(sandbox, 'create-user', { orgUserId: '1', departmentId: NOBODY })).toBe('resourceNotFound')
    sandbox.execute('delete-user', { userId: id })
    expect(directory().findById(orgUserId)).toBeUndefined()
    expect(sandbox.execute('create-user', { orgUserId })).not.toBe(id)
  })

  it('come again after they have left, be they seeded or not', () => {
    const { sandbox, directory, user } = open()
    const { userId, id, name, mobile } = user(9)
    sandbox.execute('delete-user', { userId: id })
    const next = sandbox.execute('create-user', { orgUserId: userId })
    expect(next).not.toBe(id)
    expect(directory().findById(userId)).toMatchObject({ id: next, name, mobile })
    expect(directory().findById(id)).toBeUndefined()
  })

  it('move, change role and status; the last administrator stays one', () => {
    const { sandbox, directory, user } = open()
    const admin = user(0).id
    const [department] = directory().root.children
    sandbox.execute('update-user', { userId: user(50).userId, departmentId: department?.id, role: 2, status: 0 })
    expect(user(50)).toMatchObject({ department, role: 2, status: 0 })
    sandbox.execute('update-user', { userId: admin, role: 1 })
    const last = user(50).id
    expect(attempt(sandbox, 'update-user', { userId: last, role: 1 })).toBe('verifyParametersFailed')
    expect(attempt(sandbox, 'update-user', { userId: last, status: 1 })).toBe('verifyParametersFailed')
    expect(attempt(sandbox, 'delete-user', { userId: last })).toBe('verifyParametersFailed')
    expect(attempt(sandbox, 'update-user', { userId: NOBODY, status: 1 })).toBe('resourceNotFound')
    expect(attempt(sandbox, 'update-user', { userId: last, departmentId: NOBODY })).toBe('resourceNotFound')
  })

  it('go with their spaces, but nobody deletes himself', () => {
    const { sandbox, directory, user } = open()
    const { id, mobile, space } = user(7)
    expect(attempt(sandbox, 'delete-user', { userId: id, by: id })).toBe('verifyParametersFailed')
    const free = directory().freeCapacityGb
    sandbox.execute('delete-user', { userId: id, by: user(0).id })
    expect(directory().freeCapacityGb).toBe(free + (space?.capacityGb ?? 0))
    expect(attempt(sandbox, 'delete-user', { userId: id })).toBe('resourceNotFound')
    const taskId = sandbox.execute('create-task', { userId: '', rows: [{ phone: mobile, name: 'Next' }] })
    sandbox.execute('complete-task', { taskId })
    expect(sandbox.read().tasks.get(taskId)?.results).toMatchObject([{ outcome: 'success' }])
  })
})

describe('spaces', () => {
  it('come out of the free capacity, change, and give it back', () => {
    const { sandbox, directory, user } = open({ scenario: { batch: { allocateSpaceGb: 0 } } })
    const userId = sandbox.execute('create-user', { orgUserId: '1008600000029937613' })
    const free = directory().freeCapacityGb
    const choice = { ownerId: userId, spaceType: 1 }
    expect(attempt(sandbox, 'update-space', { ...choice, capacityGb: 5 })).toBe('spaceNotFound')
    const withSpace = directory().root.members.allWithSpace.size
    sandbox.execute('create-space', { ...choice, capacityGb: 5, by: user(0).id })
    expect(directory().root.members.allWithSpace.size).toBe(withSpace + 1)
    expect(directory().findById(userId)?.space).toMatchObject({ capacityGb: 5, status: '0', creator: user(0).id })
    sandbox.execute('update-space', { ...choice, capacityGb: 8, status: '1' })
    expect(directory().findById(userId)?.space).toMatchObject({ capacityGb: 8, status: '1' })
    expect(directory().freeCapacityGb).toBe(free - 8)
    expect(attempt(sandbox, 'update-space', { ...choice, capacityGb: free + 1 })).toBe('insufficientSpace')
    expect(attempt(sandbox, 'create-space', { ...choice, capacityGb: free - 7 })).toBe('insufficientSpace')
    expect(attempt(sandbox, 'delete-space', { ...choice, containerId: 'X' })).toBe('spaceNotFound')
    sandbox.execute('delete-space', choice)
    expect(directory().freeCapacityGb).toBe(free)
    expect(directory().root.members.allWithSpace.size).toBe(withSpace)
    expect(attempt(sandbox, 'delete-space', choice)).toBe('spaceNotFound')
    expect(attempt(sandbox, 'create-space', { ownerId: userId, spaceType: 0, capacityGb: 1 })).toBe('resourceNotFound')
    expect(attempt(sandbox, 'create-space', { ownerId: userId, spaceType: 2, capacityGb: 1 })).toBe('resourceNotFound')
  })
})

describe('tasks', () => {
  it('hand the files of a user to another one and delete the first, in their time', () => {
    const { sandbox, advance, user, directory } = open()
    const [source, target] = [user(10), user(11)]
    const used = (source.space?.usedKb ?? 0) + (target.space?.usedKb ?? 0)
    const taskId = sandbox.execute('create-transfer-task', { srcUserId: source.id, dstUserId: target.id })
    const status = () => sandbox.read().managementTasks.get(taskId)?.status
    expect(status()).toBe(0)
    advance(600)
    expect(status()).toBe(1)
    advance(600)
    expect(status()).toBe(2)
    expect(directory().findById(source.id)).toBeUndefined()
    expect(user(11).space?.usedKb).toBe(used)
    const transfer = (srcUserId: string, dstUserId: string) =>
      attempt(sandbox, 'create-transfer-task', { srcUserId, dstUserId })
    expect(transfer(source.id, target.id)).toBe('resourceNotFound')
    expect(transfer(target.id, target.id)).toBe('verifyParametersFailed')
    expect(transfer(user(0).id, target.id)).toBe('verifyParametersFailed')
  })

  it('fail when one of the users has gone meanwhile', () => {
    const { sandbox, advance, user } = open()
    const taskId = sandbox.execute('create-transfer-task', { srcUserId: user(10).id, dstUserId: user(11).id })
    sandbox.execute('delete-user', { userId: user(11).id })
    advance(2000)
    const task = sandbox.read().managementTasks.get(taskId)
    expect(task).toMatchObject({ status: 3, failure: expect.stringContaining('no user') })
    expect(user(10)).toBeDefined()
  })

  it('import the users of an upload, the same ones once', () => {
    const { sandbox, advance, directory } = open()
    const before = directory().size
    const first = sandbox.execute('create-import-task', { resultId: '1215215' })
    advance(2000)
    const { imported = 0 } = sandbox.read().managementTasks.get(first) ?? {}
    expect(imported).toBeGreaterThan(0)
    expect(directory().size).toBe(before + imported)
    const second = sandbox.execute('create-import-task', { resultId: '1215215' })
    advance(2000)
    expect(sandbox.read().managementTasks.get(second)).toMatchObject({ status: 2, imported: 0 })
    expect(sandbox.read().managementTasks.get(second)?.importFailures).toHaveLength(imported)
  })

  it('are listed oldest first, page by page, by type and status', () => {
    const { sandbox, advance } = open()
    const ids = Array.from({ length: 7 }, (_, n) => sandbox.execute('create-import-task', { resultId: `${n}` }))
    advance(5000)
    ids.push(sandbox.execute('create-import-task', { resultId: 'x' }))
    const { managementTasks } = sandbox.read()
    const seen: string[] = []
    for (let cursor: number | undefined = 0; cursor !== undefined; ) {
      const page = managementTasks.page({ type: 1, statuses: [2] }, cursor, 3)
      seen.push(...page.tasks.map(({ id }) => id))
      cursor = page.next
    }
    expect(seen).toEqual(ids.slice(0, 7))
    expect(managementTasks.page({ type: 0 }, 0, 100).tasks).toEqual([])
  })
})

describe('sessions', () => {
  it('open with a code, once and in time', () => {
    const { mock, sandbox, advance, user } = open()
    const code = sandbox.execute('create-auth-code', { userId: user(20).id })
    expect(mock.world.ofAuthCode(code)).toBe(sandbox)
    const session = mock.world.createSession(sandbox, code)
    expect(session).toMatchObject({ userId: user(20).id, sessionId: expect.stringMatching(/^[0-9a-f]{48}$/) })
    expect(mock.world.ofToken(session.accessToken)).toBe(sandbox)
    expect(attempt(sandbox, 'create-session', { code })).toBe('unauthorized')
    expect(attempt(sandbox, 'create-session', { code: 'nonsense' })).toBe('unauthorized')
    const late = sandbox.execute('create-auth-code', { userId: user(20).id })
    advance(5 * 60_000)
    expect(attempt(sandbox, 'create-session', { code: late })).toBe('unauthorized')
  })

  it('are refreshed and ended; whoever is disabled or deleted has none', () => {
    const { mock, sandbox, user } = open()
    const { world } = mock
    const [number] = [20, 21, 22].filter((each) => user(each).status !== 1)
    const { id } = user(number ?? 0)
    const signIn = () => world.createSession(sandbox, sandbox.execute('create-auth-code', { userId: id }))
    const session = signIn()
    const next = world.refreshSession(sandbox, session.accessToken, session.sessionId, true)
    expect(next.accessToken).not.toBe(session.accessToken)
    const refresh = (token: string, sessionId: string) =>
      attempt(sandbox, 'refresh-session', { token, sessionId, endsToken: true })
    expect(refresh(session.accessToken, session.sessionId)).toBe('unauthorized')
    expect(refresh(next.accessToken, 'other')).toBe('unauthorized')
    expect(sandbox.execute('end-session', { token: next.accessToken })).toBe(true)
    expect(sandbox.execute('end-session', { token: next.accessToken })).toBe(false)
    expect(refresh(next.accessToken, next.sessionId)).toBe('unauthorized')
    sandbox.execute('update-user', { userId: id, status: 1 })
    expect(attempt(sandbox, 'create-auth-code', { userId: id })).toBe('unauthorized')
    sandbox.execute('update-user', { userId: id, status: 0 })
    const code = sandbox.execute('create-auth-code', { userId: id })
    sandbox.execute('delete-user', { userId: id })
    expect(attempt(sandbox, 'create-session', { code })).toBe('resourceNotFound')
  })
})
