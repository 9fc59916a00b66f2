import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type HarSink, openHarFile } from '../../src/proxy/har.ts'
import { createProxy } from '../../src/proxy/proxy.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const list = '/koodrive/ose/v1/userList?offset=0&limit=1'

/** A proxy with credentials on a port, in front of a service that answers as told. */
async function setUp(
  answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  timeoutMs = 5000,
  har?: HarSink,
) {
  const seen: IncomingMessage[] = []
  const service = createServer((incoming, outgoing) => {
    seen.push(incoming)
    outgoing.on('error', () => undefined)
    answer(incoming, outgoing)
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const proxy = createProxy({
    target: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    reSign: true,
    credentials: { accessToken: 'the-real-token' },
    timeoutMs,
    har,
  })
  const { url } = await proxy.listen({ port: 0 })
  onTestFinished(async () => {
    await proxy.close()
    service.closeAllConnections()
    service.close()
  })
  return { url, seen, proxy }
}

/** Sends what `fetch` would not: any Host, any header of a connection. */
const send = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: IncomingMessage['headers'] }>((resolve, reject) => {
    request(url + list, { method, headers, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }))
    })
      .on('error', reject)
      .end()
  })

const fine = (_: IncomingMessage, outgoing: ServerResponse) =>
  void outgoing.end('{"code":0,"msg":"success","list":[],"total":0}')

describe('a page in a browser never acts with the credentials of the proxy', () => {
  it.each<[string, Record<string, string>]>([
    ['by an image or a link of another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
    ['from another port of the same machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['by fetch of another site', { Origin: 'https://evil.example' }],
    ['by a name that leads to this machine', { Host: 'evil.example' }],
    ['from a file or a sandboxed frame', { Origin: 'null' }],
  ])('%s', async (_, headers) => {
    const { url, seen } = await setUp(fine)
    expect((await send(url, headers)).status).toBe(403)
    expect(seen).toEqual([])
  })

  it('while programs, and the address line, are let through', async () => {
    const { url, seen } = await setUp(fine)
    expect((await send(url, {})).status).toBe(200)
    expect((await send(url, { 'Sec-Fetch-Site': 'none' })).status).toBe(200)
    expect(seen).toHaveLength(2)
  })
})

describe('what belongs to one connection ends at the proxy', () => {
  it('in both directions, the headers that Connection names included', async () => {
    const { url, seen } = await setUp((_, outgoing) => {
      outgoing.writeHead(200, { Connection: 'X-Hop, close', 'X-Hop': 'theirs', 'X-End': 'theirs' })
      outgoing.end('{}')
    })
    const { headers } = await send(url, { Connection: 'X-Secret-Hop, close', 'X-Secret-Hop': 'ours', 'X-End': 'ours' })
    expect(seen[0]?.headers).toMatchObject({ 'x-end': 'ours' })
    expect(seen[0]?.headers).not.toHaveProperty('x-secret-hop')
    expect(headers).toMatchObject({ 'x-end': 'theirs' })
    expect(headers).not.toHaveProperty('x-hop')
  })
})

describe('no answer of the service takes all memory or all time', () => {
  const endless = (outgoing: ServerResponse) => {
    const chunk = Buffer.alloc(256 * 1024, 0x61)
    const write = (): void => {
      while (!outgoing.destroyed && outgoing.write(chunk));
    }
    outgoing.on('drain', write)
    write()
  }

  it.each<[string, (incoming: IncomingMessage, outgoing: ServerResponse) => void]>([
    ['that never ends', (_, outgoing) => endless(outgoing)],
    [
      'that is small and unpacks to 64 MiB',
      (_, outgoing) => {
        outgoing.writeHead(200, { 'Content-Encoding': 'gzip' })
        outgoing.end(gzipSync(Buffer.alloc(64 * 1024 * 1024)))
      },
    ],
    [
      'that says it is short',
      (_, outgoing) => {
        outgoing.writeHead(200, { 'Transfer-Encoding': 'chunked' })
        endless(outgoing)
      },
    ],
  ])('%s', async (_, answer) => {
    const { url } = await setUp(answer)
    const before = process.memoryUsage().arrayBuffers
    const { status, headers } = await send(url, {})
    expect([status, headers['x-mock-diagnosis']]).toEqual([502, expect.stringMatching(/more than 16777216 bytes/)])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * bounds.proxyAnswerBytes.value)
  })

  it('that comes byte by byte for ever', async () => {
    const { url } = await setUp((_, outgoing) => {
      const timer = setInterval(() => outgoing.write('x'), 5)
      outgoing.on('close', () => clearInterval(timer))
    }, 100)
    expect((await send(url, {})).headers['x-mock-diagnosis']).toMatch(/no answer in 100 ms/)
  })
})

describe('an archive with answers that no server can give', () => {
  const entry = (response: object) => ({
    request: { method: 'GET', url: `http://a${list}`, headers: [] },
    response: { status: 200, headers: [], content: { text: '{}' }, ...response },
  })

  it.each<[string, object, number]>([
    ['a status that is none', { status: 99 }, 502],
    ['a status of a switched protocol', { status: 101 }, 502],
    ['a fraction', { status: 200.5 }, 502],
    ['a body where none may be', { status: 204 }, 204],
    ['a header with a line end', { headers: [{ name: 'X-A', value: 'a\r\nSet-Cookie: b' }] }, 200],
    ['a header without a name', { headers: [{ name: 'a b', value: '' }] }, 200],
    ['a body of 13 MB', { content: { text: 'x'.repeat(13_000_000) } }, 200],
  ])('is answered from all the same: %s', async (_, response, status) => {
    const replay = createReplay(JSON.stringify({ log: { entries: [entry(response)] } }))
    const { url } = await replay.listen({ port: 0 })
    onTestFinished(() => replay.close())
    const answer = await fetch(url + list)
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toMatch(/\bat .*\.(?:ts|js):\d/)
  })
})

describe('a call to the service ends', () => {
  /** Resolves with the first call that comes, and when that is broken off. */
  const never = () => {
    let tell: (outgoing: ServerResponse) => void
    const came = new Promise<ServerResponse>((resolve) => {
      tell = resolve
    })
    return {
      answer: (_: IncomingMessage, outgoing: ServerResponse) => {
        outgoing.write('{')
        tell(outgoing)
      },
      brokenOff: async () => once(await came, 'close'),
      came,
    }
  }

  it('when its client hangs up', async () => {
    const service = never()
    const { url } = await setUp(service.answer, 600_000)
    const call = request(url + list, { agent: false }).on('error', () => undefined)
    call.end()
    await service.came
    call.destroy()
    await service.brokenOff()
  })

  it('when the proxy is closed, and is recorded', async () => {
    const service = never()
    const file = join(temporaryFolder(), 'closed.har')
    const { url, proxy } = await setUp(service.answer, 600_000, openHarFile(file))
    const call = request(url + list, { agent: false }).on('error', () => undefined)
    call.end()
    await service.came
    await proxy.close()
    await service.brokenOff()
    const [entry] = JSON.parse(readFileSync(file, 'utf8')).log.entries
    expect(entry.comment).toContain('proxy: The call was broken off')
  })
})

it('a recording that is closed writes nothing more: its descriptor may belong to another file by then', () => {
  const har = openHarFile(join(temporaryFolder(), 'first.har'))
  har.close()
  const other = join(temporaryFolder(), 'other')
  const descriptor = openSync(other, 'w')
  onTestFinished(() => closeSync(descriptor))
  const side = { headers: [], body: 'x' }
  const exchange = {
    ...{ at: '2026-04-16T08:00:00.000Z', durationMs: 1, comment: '' },
    request: { ...side, method: 'GET', url: 'http://127.0.0.1/' },
    response: { ...side, status: 200 },
  }
  expect(() => har.add(exchange)).toThrow(/closed/)
  expect(() => har.reserve?.()).toThrow(/closed/)
  har.close()
  expect(fstatSync(descriptor).isFile()).toBe(true)
  expect(readFileSync(other, 'utf8')).toBe('')
})
