import { describe, expect, it } from 'vitest'
import { type ClientOptions, createClient, isKooDriveError } from '../../src/client/index.ts'
import type { MockOptions } from '../../src/index.ts'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'
import { inProcess, NOW } from '../support/targets.ts'

const path = '/koodrive/ose/v1'

/** A client of a mock whose clock moves when the client waits. */
function clientOf(options: MockOptions = {}, more: Partial<ClientOptions> = {}) {
  const { mock, fetch, baseUrl } = inProcess({ control: false, ...options })
  const { appId, appSecret, userId, tokens } = mock.credentials
  const sandbox = mock.world.get('default')
  const now = () => sandbox?.clock.now() ?? NOW
  const waits: number[] = []
  const sent: string[] = []
  const client = createClient({
    baseUrl,
    appId,
    appSecret,
    userId,
    accessToken: tokens.admin,
    appAccessToken: tokens.app,
    bearerForm: options.readings?.['bearer-form'] === 'plus' ? 'plus' : 'blank',
    fetch: (request) => {
      sent.push(`${request.method} ${new URL(request.url).pathname.replace(path, '')}`)
      return fetch(request)
    },
    now,
    random: () => 0,
    sleep: async (ms) => {
      waits.push(ms)
      sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
    },
    ...more,
  })
  return { client, mock, waits, sent }
}

const user = (n: number) => ({ firstname: `New ${n}`, phone: `00861990001${String(n).padStart(4, '0')}` })
const users = (count: number) => Array.from({ length: count }, (_, n) => user(n))

async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of iterable) found.push(one)
  return found
}

const error = (promise: Promise<unknown>): Promise<any> => promise.then(() => undefined).catch((reason) => reason)

describe('a client', () => {
  it('provisions more users than fit into one task, in order, and each once', async () => {
    const { client, sent } = clientOf()
    const submitted = users(2100)
    const { outcomes } = await client.provision(submitted)
    expect(outcomes.map(({ user: { phone } }) => phone)).toEqual(submitted.map(({ phone }) => phone))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['created']))
    expect(sent.filter((line) => line.endsWith('/create'))).toHaveLength(3)
  })

  it('finds the users of the first time when the same users are submitted again', async () => {
    const { client } = clientOf()
    const { outcomes: first } = await client.provision(users(3))
    const { outcomes: again } = await client.provision(users(3))
    expect(again.map(({ outcome }) => outcome)).toEqual(['existing', 'existing', 'existing'])
    expect(again.map(({ userId }) => userId)).toEqual(first.map(({ userId }) => userId))
  })

  it('gives each of two rows of one phone its own outcome', async () => {
    const { client } = clientOf()
    const { outcomes } = await client.provision([user(1), user(1), { ...user(2), email: 'none' }])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'existing', 'failed'])
  })

  it('lists every user and every space once', async () => {
    const { client, mock } = clientOf({ users: 250 })
    const listed = await all(client.users())
    expect(new Set(listed.map(({ userId }) => userId)).size).toBe(250)
    expect(listed).toHaveLength(mock.world.get('default')?.read().directory.size ?? 0)
    expect(await all(client.spaces({}, { pageSize: 9 }))).toHaveLength(250)
  })

  it('loses no digit of a department id', async () => {
    const { client } = clientOf()
    const curDeptId = '1575416580416769793'
    const row = { personalCapacity: 0, isAllocateCapacity: false }
    const [verdict] = await client.preverifyBatchImport({ curDeptId, users: [row] })
    expect(verdict?.passed).toBe(true)
    const failure = await error(client.preverifyBatchImport({ curDeptId: '1575416580416769792', users: [row] }))
    expect(failure.name).toBe('NotFoundError')
    const rounded = Number(curDeptId) as unknown as string
    expect((await error(client.preverifyBatchImport({ curDeptId: rounded, users: [row] }))).message).toContain(
      'send ids as strings',
    )
  })

  it('polls with growing pauses until a task ends, and tells the progress', async () => {
    const { client, waits } = clientOf({ speed: 1 })
    const taskId = await client.createBatchProvisioningTask(users(8))
    const seen: string[] = []
    const { status } = await client.waitForTask(taskId, { onProgress: (info) => seen.push(info.status) })
    expect([status, seen[0], seen.at(-1)]).toEqual(['2', '0', '2'])
    expect(waits.every((wait, at) => at === 0 || wait >= (waits[at - 1] ?? 0))).toBe(true)
  })

  it('stops waiting in time, and says that the task goes on', async () => {
    const { client } = clientOf({ speed: 1 })
    const taskId = await client.createBatchProvisioningTask(users(100))
    const failure = await error(client.waitForTask(taskId, { timeoutMs: 5000 }))
    expect(failure.name).toBe('TimeoutError')
    expect(failure.message).toContain(taskId)
    expect((await client.waitForTask(taskId)).status).toBe('2')
  })

  it('can be aborted', async () => {
    const { client } = clientOf()
    const reason = new Error('enough')
    expect(await error(client.listUsers({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it.each([
    ['NotFoundError', '13000309', () => clientOf().client.queryBatchProvisioning({ taskId: '1' })],
    ['ParameterError', '13000102', () => clientOf().client.listUsers({ limit: 101 })],
    ['AuthenticationError', '401', () => clientOf({}, { accessToken: 'wrong' }).client.listUsers()],
    [
      'AuthenticationError',
      '401',
      () => clientOf({}, { appSecret: 'wrong' }).client.queryBatchProvisioning({ taskId: '1' }),
    ],
    ['PermissionError', '13000410', () => clientOf({}, { accessToken: 'mock-user-token' }).client.listUsers()],
  ])('fails with %s and code %s, and shows no secret', async (name, code, call) => {
    const failure = await error(call())
    expect([failure.name, failure.code, isKooDriveError(failure)]).toEqual([name, code, true])
    expect(failure.requestId).toMatch(/^(?:default|unattributed)-\d+$/)
    expect(failure.diagnosis).toBeTruthy()
    expect(JSON.stringify(failure) + failure.message).not.toMatch(
      /koodrive-mock-app-secret|mock-admin-token|mock-user-token/,
    )
  })

  it('works whatever the readings are', async () => {
    for (const id of readingIds) {
      for (const answer of Object.keys(readingEntry(id).answers)) {
        const readings = { [id]: answer }
        const success = answer === '1' && id === 'preverify-success-value' ? { preverifySuccessValue: 1 as const } : {}
        const { client } = clientOf({ readings, users: 5 }, success)
        const { outcomes } = await client.provision(users(2), { chunkSize: 2 })
        expect(
          outcomes.map(({ outcome }) => outcome),
          `${id}=${answer}`,
        ).toEqual(['created', 'created'])
        expect(await all(client.users()), `${id}=${answer}`).toHaveLength(7)
        expect((await client.listUserSpaces({ keyWord: 'zqxj' })).records, `${id}=${answer}`).toEqual([])
        const row = { personalCapacity: 0, isAllocateCapacity: false }
        const input = { curDeptId: '1575416580416769793', users: [row] }
        expect((await client.preverifyBatchImport(input))[0]?.passed, `${id}=${answer}`).toBe(true)
      }
    }
  })
})
