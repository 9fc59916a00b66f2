import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../src/scenarios/schema.ts'
import { formatXDate, sign } from '../../src/signing/index.ts'
import { paths } from '../support/client.ts'
import { closeServers, controlServer, type TestSandbox } from '../support/control-server.ts'
import { type Ended, exchangeRaw } from '../support/raw.ts'
import { NOW } from '../support/targets.ts'

closeServers()

const list = `${paths.users}?offset=0&limit=20`
const rows = (...phones: string[]) => JSON.stringify({ userList: phones.map((phone) => ({ firstname: 'A', phone })) })

/** The raw answer to listUsers. */
const rawList = (url: string, { credentials }: TestSandbox): Promise<Ended> =>
  exchangeRaw(
    url,
    `GET ${list} HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer ${credentials.tokens.admin}\r\nConnection: close\r\n\r\n`,
  )

const head = ({ text }: Ended) => text.split('\r\n\r\n')[0] ?? ''
const body = ({ text }: Ended) => text.split('\r\n\r\n')[1] ?? ''
const promised = (ended: Ended) => Number(/content-length: (\d+)/i.exec(head(ended))?.[1])

interface Shown {
  readonly fault: Record<string, unknown>
  /** What the wire shows that it does not show without the fault. */
  readonly shows: (ended: Ended, tookMs: number) => boolean
}

/** Every kind of fault, and what it looks like on the wire. */
const kinds: Record<ReturnType<typeof faultKinds>[number], Shown[]> = {
  latency: [
    { fault: { delay: { ms: 800 } }, shows: (_, tookMs) => tookMs >= 799 },
    { fault: { delay: { minMs: 780, maxMs: 820 } }, shows: (_, tookMs) => tookMs >= 779 },
    { fault: { delay: { medianMs: 800, sigma: 0 } }, shows: (_, tookMs) => tookMs >= 799 },
    { fault: { strikes: 'after', delay: { ms: 800 } }, shows: (_, tookMs) => tookMs >= 799 },
  ],
  error: [500, 502, 503, 504].map((status) => ({
    fault: { status, retryAfterSeconds: 7 },
    shows: (ended: Ended) =>
      head(ended).startsWith(`HTTP/1.1 ${status}`) &&
      /retry-after: 7/i.test(head(ended)) &&
      JSON.parse(body(ended)).code === status,
  })),
  throttle: [
    {
      fault: { retryAfterSeconds: 3 },
      shows: (ended) =>
        head(ended).startsWith('HTTP/1.1 429') &&
        /retry-after: 3/i.test(head(ended)) &&
        JSON.parse(body(ended)).code === 429,
    },
  ],
  reset: [
    { fault: {}, shows: ({ how, text }) => how === 'reset' && text === '' },
    { fault: { strikes: 'after' }, shows: ({ how, text }) => how === 'reset' && text === '' },
    {
      fault: { afterBytes: 100 },
      shows: (ended) => ended.how === 'reset' && body(ended).length <= 100 && promised(ended) > 100,
    },
  ],
  truncate: [
    {
      fault: { fraction: 0.25 },
      shows: (ended) => ended.how === 'end' && body(ended).length === Math.floor(promised(ended) * 0.25),
    },
  ],
  malformed: [
    {
      fault: {},
      shows: (ended) => {
        const isWhole = body(ended).length === promised(ended)
        try {
          JSON.parse(body(ended))
          return false
        } catch {
          return isWhole && head(ended).startsWith('HTTP/1.1 200')
        }
      },
    },
  ],
  drip: [
    {
      fault: { chunkBytes: 500, everyMs: 10 },
      shows: (ended) => ended.pieces >= 5 && body(ended).length === promised(ended),
    },
  ],
}

describe.each(faultKinds())('a fault of kind %s', (kind) => {
  it.each(kinds[kind].map((shown) => [JSON.stringify(shown.fault), shown] as const))(
    'with %s shows on the wire, in the journal and nowhere else',
    async (_, { fault, shows }) => {
      const server = await controlServer()
      const [sandbox, other] = [await server.sandbox(), await server.sandbox()]
      const isStruck = async (of: TestSandbox) => {
        const ended = await rawList(server.url, of)
        // How long an answer takes that nothing holds back is up to the machine.
        return /x-mock-fault/i.test(head(ended)) || shows(ended, 0)
      }
      expect(await isStruck(sandbox)).toBe(false)
      const added = await sandbox.control('POST', '/faults', { kind, times: 1, ...fault })
      expect(added.status).toBe(201)
      const started = performance.now()
      const ended = await rawList(server.url, sandbox)
      expect(shows(ended, performance.now() - started)).toBe(true)
      const stamp = `${added.json.faultId};${kind}`
      if (head(ended) !== '') expect(head(ended).toLowerCase()).toContain(`x-mock-fault: ${stamp}`)
      expect(await isStruck(other)).toBe(false)
      expect(await isStruck(sandbox)).toBe(false)
      const { json } = await sandbox.control('GET', '/requests')
      expect(json.requests.map(({ faults }: { faults: string[] }) => faults)).toEqual([[], [stamp], []])
      const { json: state } = await sandbox.control('GET', `/faults/${added.json.faultId}`)
      expect(state).toMatchObject({ kind, calls: 2, injected: 1, struck: 1 })
    },
  )
})

describe('a create that a fault hides the answer of', () => {
  const phones = ['13800000001']
  const faults: readonly [Record<string, unknown>, 0 | 1][] = [
    [{ kind: 'error', status: 502 }, 0],
    [{ kind: 'error', status: 502, strikes: 'after' }, 1],
    [{ kind: 'throttle' }, 0],
    [{ kind: 'reset' }, 0],
    [{ kind: 'reset', strikes: 'after' }, 1],
    [{ kind: 'reset', afterBytes: 5 }, 1],
    [{ kind: 'truncate' }, 1],
    [{ kind: 'malformed' }, 1],
  ]
  it.each(faults)('by %j has made %i tasks', async (fault, made) => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('POST', '/faults', { ...fault, operation: 'createBatchProvisioningTask', times: 1 })
    const answer = await sandbox.signed('POST', paths.create, { body: rows(...phones) }).catch(() => undefined)
    expect(answer?.json?.code).not.toBe(0)
    expect((await sandbox.control('GET', '/tasks')).json.tasks).toHaveLength(made)
    await sandbox.provision(...phones)
    expect((await sandbox.control('GET', '/tasks')).json.tasks).toHaveLength(made + 1)
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)(
    'by a latency %s handling, which the client does not wait for, has made %i tasks',
    async (strikes, made) => {
      const server = await controlServer()
      const sandbox = await server.sandbox()
      await sandbox.control('POST', '/faults', { kind: 'latency', strikes, delay: { ms: 600_000 } })
      const url = server.url + paths.create
      const body = rows(...phones)
      const headers = { 'X-Date': formatXDate(NOW), 'X-User-Id': sandbox.credentials.userId, Host: new URL(url).host }
      const { authorization } = sign({ method: 'POST', url, headers, body }, sandbox.credentials)
      const aborting = new AbortController()
      const pending = fetch(url, {
        method: 'POST',
        body,
        headers: { ...headers, Authorization: authorization },
        signal: aborting.signal,
      }).catch((error: Error) => error.name)
      while ((await sandbox.control('GET', '/faults')).json.faults[0].injected === 0);
      aborting.abort()
      expect(await pending).toBe('AbortError')
      let requests: { status: number; diagnosis: string }[] = []
      while (requests.length === 0) requests = (await sandbox.control('GET', '/requests')).json.requests
      expect(requests[0]).toMatchObject({ status: 499, faults: ['fault-1;latency'] })
      expect(requests[0]?.diagnosis).toContain(made === 1 ? 'was carried out' : 'had no effect')
      expect((await sandbox.control('GET', '/tasks')).json.tasks).toHaveLength(made)
    },
  )
})
