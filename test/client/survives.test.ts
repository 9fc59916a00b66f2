import { describe, expect, it } from 'vitest'
import { type ClientOptions, createClient, isKooDriveError, type ProvisionReport } from '../../src/client/index.ts'
import { createMock, type Fault, type Mock, type MockOptions } from '../../src/index.ts'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { faultKinds } from '../../src/scenarios/schema.ts'
import { NOW } from '../support/targets.ts'

const phones = Array.from({ length: 8 }, (_, row) => `1390001${String(row).padStart(4, '0')}`)
const users = phones.map((phone) => ({ firstname: 'Ada', phone }))

/** A client whose waiting moves the clock of the mock, so that outages pass while it waits. */
function clientOf(options: MockOptions, more: Partial<ClientOptions> = {}) {
  const mock = createMock({ now: NOW, control: false, ...options })
  const { appId, appSecret, userId, tokens } = mock.credentials
  const sandbox = mock.world.get('default')
  const now = () => sandbox?.clock.now() ?? NOW
  const client = createClient({
    ...{ baseUrl: 'http://mock', appId, appSecret, userId, accessToken: tokens.admin, fetch: mock.fetch, now },
    learnClockSkew: true,
    random: () => 0.5,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
    },
    ...more,
  })
  return { client, mock, provision: () => client.provision(users, { chunkSize: 5, timeoutMs: 120_000 }) }
}

/** Tasks with one of our users: a mock begins with a task of its own. */
const submitted = (mock: Mock) =>
  mock.defaultSandbox.tasks.list().filter(({ taskId }) => {
    const { rows } = mock.defaultSandbox.tasks.get(taskId)
    return rows.length === 0 || rows.some(({ phone }) => phones.includes(phone))
  })

/** Ids of the users that the mock created for a phone: what really happened, whatever the client was told. */
function createdFor(mock: Mock, phone: string): string[] {
  const { tasks } = mock.defaultSandbox
  const rows = tasks.list().flatMap(({ taskId }) => tasks.get(taskId).rows)
  return rows.flatMap((row) => (row.phone === phone && row.outcome === 'success' ? [String(row.userId)] : []))
}

/** Every user is accounted for, and what is said of each is true. */
function expectTruth(mock: Mock, report: ProvisionReport): void {
  expect(report.outcomes.map(({ user: { phone } }) => phone)).toEqual(phones)
  for (const { user, outcome, userId, reason, maybeCreated } of report) {
    const ids = createdFor(mock, user.phone)
    expect(ids.length, `${user.phone} was created more than once`).toBeLessThanOrEqual(1)
    if (outcome === 'created') expect(ids).toEqual([userId])
    if (outcome === 'existing') expect([userId !== undefined, ids.length === 0 || maybeCreated]).toEqual([true, true])
    if (outcome === 'failed') expect([ids, reason]).toEqual([[], expect.stringMatching(/./)])
    if (outcome === 'unknown')
      expect(reason).toMatch(/.+ Provision this user again: whoever exists by then is skipped\.$/)
  }
}

/** Scenarios under which nobody can know of every user, and of how many of the eight. */
const unknowable: Readonly<Record<string, number>> = { 'stuck-batch': 3 }

describe('the client survives each built-in scenario: nobody is created twice, everybody is accounted for', () => {
  it.each(builtInScenarios.map(({ name }) => name))('%s', async (scenario) => {
    const { mock, provision } = clientOf({ scenario, ...(scenario !== 'large-organization' && { users: 50 }) })
    const report = await provision()
    expectTruth(mock, report)
    expect(report.unknown).toHaveLength(unknowable[scenario] ?? 0)
    const again = await provision()
    expect(again.outcomes).toHaveLength(phones.length)
    for (const phone of phones) expect(createdFor(mock, phone).length).toBeLessThanOrEqual(1)
  })
})

const variants: Readonly<Record<ReturnType<typeof faultKinds>[number], readonly object[]>> = {
  latency: [{ delay: { ms: 1 } }, { delay: { ms: 1 }, strikes: 'after' }],
  error: [500, 502, 503, 504].flatMap((status) => [{ status }, { status, strikes: 'after' }]),
  throttle: [
    { quota: 0, retryAfterSeconds: 2 },
    { quota: 1, windowSeconds: 5 },
  ],
  reset: [{}, { strikes: 'after' }, { afterBytes: 10 }],
  truncate: [{ fraction: 0.3 }],
  malformed: [{}],
  drip: [{ chunkBytes: 64, everyMs: 0 }],
}
const operations = ['createBatchProvisioningTask', 'queryBatchProvisioning'] as const
const cases = faultKinds().flatMap((kind) =>
  variants[kind].flatMap((variant) =>
    operations.map(
      (operation) => [operation, kind, JSON.stringify(variant), { kind, operation, ...variant } as Fault] as const,
    ),
  ),
)

describe('the client survives each fault that passes: everybody is provisioned, once', () => {
  it.each(cases)('%s: %s %s', async (_operation, _kind, _variant, fault) => {
    const { mock, provision } = clientOf({ users: 20 })
    mock.defaultSandbox.faults.add({ ...fault, times: 2 })
    const report = await provision()
    expectTruth(mock, report)
    expect(report.outcomes.map(({ outcome }) => outcome)).not.toContain('failed')
    expect([report.unknown, report.stopped]).toEqual([[], undefined])
    for (const phone of phones) expect(createdFor(mock, phone)).toHaveLength(1)
  })
})

describe('the client survives each fault that stays: it ends, and says what it knows', () => {
  const lasting = cases.filter(
    ([, kind, variant]) => kind !== 'latency' && kind !== 'drip' && !variant.includes('quota":1'),
  )

  it.each(lasting)('%s: %s %s', async (operation, _kind, _variant, fault) => {
    const { mock, provision } = clientOf({ users: 20 })
    mock.defaultSandbox.faults.add(fault)
    const result = await provision().catch((error: unknown) => error)
    const created = phones.filter((phone) => createdFor(mock, phone).length > 0)
    for (const phone of phones) expect(createdFor(mock, phone).length).toBeLessThanOrEqual(1)
    if (isKooDriveError(result)) {
      expect(created, 'an error means that nothing took effect').toEqual([])
      return
    }
    const report = result as ProvisionReport
    expectTruth(mock, report)
    expect(isKooDriveError(report.stopped)).toBe(true)
    expect(report.unknown.map(({ taskId }) => taskId !== undefined)).toEqual(
      report.unknown.map(() => operation === 'queryBatchProvisioning'),
    )
    const told = [...report.unknown, ...report.failed].map(({ user: { phone } }) => phone)
    expect(told).toEqual(phones)
  })
})

describe('a run of the client', () => {
  const failure = (promise: Promise<unknown>): Promise<any> => promise.then(() => undefined).catch((error) => error)

  it.each([
    ['AuthenticationError', { appSecret: 'wrong', learnClockSkew: false }],
    ['ParameterError', { appSecret: '' }],
    ['NetworkError', { fetch: () => Promise.reject(Object.assign(new TypeError('x'), { code: 'ECONNREFUSED' })) }],
  ])('rejects with %s when nothing can have taken effect', async (name, more) => {
    const { client, mock } = clientOf({}, more)
    expect((await failure(client.provision(users))).name).toBe(name)
    expect(submitted(mock)).toEqual([])
  })

  it('rejects with the reason of a signal that was aborted before it began', async () => {
    const reason = new Error('enough')
    const { client } = clientOf({})
    expect(await failure(client.provision(users, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it('that is aborted on its way tells what it knows, names the task that goes on, and submits nothing more', async () => {
    const { client, mock } = clientOf({ speed: 1 })
    const abort = new AbortController()
    const reason = new Error('enough')
    const onProgress = () => abort.abort(reason)
    const report = await client.provision(users, { chunkSize: 5, signal: abort.signal, onProgress })
    const [task] = submitted(mock)
    expect(submitted(mock)).toHaveLength(1)
    expect(report.stopped).toBe(reason)
    expect(report.unknown.map(({ taskId }) => taskId)).toEqual(Array(5).fill(task?.taskId))
    expect(report.failed.map(({ reason: why }) => why)).toEqual(Array(3).fill(expect.stringMatching(/^Not submitted/)))
    mock.defaultSandbox.clock.advance('PT1H')
    const again = await client.provision(users)
    expect([again.existing.length, again.created.length]).toEqual([5, 3])
  })

  it('tells of a user that is refused for sure, and goes on with the others', async () => {
    const { client } = clientOf({})
    const wrong = { firstname: '', phone: '13900019999' }
    const report = await client.provision([...users.slice(0, 2), wrong, ...users.slice(2)], { chunkSize: 1 })
    expect(report.created).toHaveLength(users.length)
    expect(report.failed).toEqual([expect.objectContaining({ user: wrong, code: '13000102' })])
    expect(report.stopped).toBeUndefined()
  })

  it('tells two rows of one user apart, also when they are one object', async () => {
    const { client } = clientOf({})
    const [user] = users as [(typeof users)[number]]
    const { outcomes } = await client.provision([user, user])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'existing'])
    expect(outcomes[0]?.userId).toBe(outcomes[1]?.userId)
  })

  it('gives the outcomes of each chunk as soon as they are known', async () => {
    const { client } = clientOf({})
    const chunks: number[] = []
    await client.provision(users, { chunkSize: 3, onChunk: (outcomes) => chunks.push(outcomes.length) })
    expect(chunks).toEqual([3, 3, 2])
  })
})
