import { describe, expect, it } from 'vitest'
import { operations } from '../../src/spec/operations.ts'
import { paths } from '../support/client.ts'
import { closeServers, controlServer, type TestSandbox } from '../support/control-server.ts'
import { inProcess, NOW } from '../support/targets.ts'

closeServers()

const list = `${paths.users}?offset=0&limit=1`
const ERROR = { kind: 'error', status: 503 }

/** Calls listUsers and shows which calls a fault was injected into: `.x.`. */
async function pattern(sandbox: TestSandbox, calls: number): Promise<string> {
  let shown = ''
  for (let call = 0; call < calls; call += 1) shown += (await sandbox.get(list)).status === 200 ? '.' : 'x'
  return shown
}

describe('a fault strikes', () => {
  const scopes: readonly [object, string][] = [
    [{}, 'xxxxxx'],
    [{ nth: 3 }, '..x...'],
    [{ every: 2 }, 'x.x.x.'],
    [{ times: 2 }, 'xx....'],
    [{ every: 2, times: 2 }, 'x.x...'],
    [{ operation: 'listUserSpaces' }, '......'],
    [{ probability: 0 }, '......'],
    [{ probability: 1 }, 'xxxxxx'],
  ]
  it.each(scopes)('with %j like %s', async (scope, expected) => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('POST', '/faults', { ...ERROR, ...scope })
    expect(await pattern(sandbox, 6)).toBe(expected)
  })

  it('with a probability by the seed, the same every time', async () => {
    const server = await controlServer()
    const shown = async (seed: number) => {
      const sandbox = await server.sandbox({ seed })
      await sandbox.control('POST', '/faults', { ...ERROR, probability: 0.5 })
      return pattern(sandbox, 24)
    }
    const first = await shown(1)
    expect(await shown(1)).toBe(first)
    expect(await shown(2)).not.toBe(first)
    expect(first).toMatch(/x/)
    expect(first).toMatch(/\./)
  })

  it('within its window of virtual time, again and again when it has a period', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('POST', '/faults', { ...ERROR, afterSeconds: 60, forSeconds: 30, everySeconds: 600 })
    const seen: (string | null)[] = []
    for (const by of ['PT59S', 'PT1S', 'PT29S', 'PT1S', 'PT9M30S', 'PT30S']) {
      await sandbox.advance(by)
      const reply = await sandbox.get(list)
      seen.push(reply.status === 503 ? reply.headers.get('Retry-After') : 'fine')
    }
    expect(seen).toEqual(['fine', '30', '1', 'fine', '30', 'fine'])
  })

  it('beyond a quota of calls in each window, with the seconds until the next', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('POST', '/faults', { kind: 'throttle', quota: 2, windowSeconds: 10 })
    expect(await pattern(sandbox, 4)).toBe('..xx')
    await sandbox.advance('PT7.5S')
    expect((await sandbox.get(list)).headers.get('Retry-After')).toBe('3')
    await sandbox.advance('PT2.5S')
    expect(await pattern(sandbox, 3)).toBe('..x')
  })

  it('before authentication, and only calls that name its sandbox', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox()
    await sandbox.control('POST', '/faults', ERROR)
    const badlySigned = {
      headers: { Authorization: `HMAC-SHA256 AppId=${sandbox.credentials.appId},SignedHeaders=host,Signature=00` },
    }
    expect((await sandbox.send('GET', list, badlySigned)).status).toBe(503)
    expect((await sandbox.send('GET', list)).status).toBe(401)
  })

  it.each(operations.map(({ operationId }) => operationId))('%s when it is told to', async (operation) => {
    const { mock } = inProcess()
    const { faultId } = mock.defaultSandbox.faults.add({ kind: 'error', status: 500, operation })
    for (const { path, method, operationId } of operations) {
      const response = await mock.fetch(new Request(`http://mock${path}`, { method }))
      expect(response.headers.get('X-Mock-Fault')).toBe(operationId === operation ? `${faultId};error` : null)
    }
  })

  it('no longer once it is removed, one or all', async () => {
    const sandbox = await (await controlServer()).sandbox({ scenario: 'maintenance' })
    const { json } = await sandbox.control('POST', '/faults', ERROR)
    expect((await sandbox.control('DELETE', `/faults/${json.faultId}`)).status).toBe(204)
    expect((await sandbox.control('GET', '/faults')).json.faults).toHaveLength(1)
    expect((await sandbox.control('DELETE', '/faults')).status).toBe(204)
    expect(await pattern(sandbox, 2)).toBe('..')
    expect((await sandbox.control('DELETE', `/faults/${json.faultId}`)).status).toBe(404)
  })

  it('without a trace in the log when it concerns no call', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('POST', '/faults', { ...ERROR, operation: 'listUserSpaces' })
    await pattern(sandbox, 5)
    expect((await sandbox.control('GET', '')).json.counts.commands).toBe(1)
  })
})

describe('in process, a fault of kind', () => {
  const call = async (fault: object) => {
    const { mock } = inProcess()
    mock.defaultSandbox.faults.add(fault as never)
    const { admin } = mock.credentials.tokens
    return mock.fetch(new Request(`http://mock${list}`, { headers: { Authorization: `Bearer ${admin}` } }))
  }

  it('reset rejects the fetch as a broken connection does', async () => {
    await expect(call({ kind: 'reset' })).rejects.toThrow(TypeError)
  })

  it.each(['truncate', 'reset'])('%s in the middle breaks the body', async (kind) => {
    const response = await call({ kind, ...(kind === 'reset' && { afterBytes: 10 }) })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it('drip gives the whole body in pieces', async () => {
    const response = await call({ kind: 'drip', chunkBytes: 50, everyMs: 0 })
    let pieces = 0
    let text = ''
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      pieces += 1
      text += Buffer.from(piece).toString()
    }
    expect(pieces).toBeGreaterThan(3)
    expect(JSON.parse(text).total).toBe(200)
  })

  it('latency ends when the caller gives up, and leaves nothing behind', async () => {
    const { mock } = inProcess({ now: NOW })
    mock.defaultSandbox.faults.add({ kind: 'latency', delay: { ms: 600_000 } })
    const aborting = new AbortController()
    const pending = mock.fetch(new Request(`http://mock${list}`, { signal: aborting.signal }))
    aborting.abort()
    await expect(pending).rejects.toThrow(/abort/i)
    expect(mock.defaultSandbox.journal.list()[0]).toMatchObject({ status: 499 })
  })
})
