import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { SearchBudget } from '../../src/server/authentication/search-budget.ts'
import { SignatureSearch } from '../../src/server/authentication/signature-search.ts'
import type { Diagnosis } from '../../src/signing/index.ts'
import { LIST, type MistakenClient } from '../signing/mistaken-client-parts.ts'
import { sentBy } from '../signing/mistaken-client-request.ts'
import { NOW } from '../support/targets.ts'

let mock: Mock
let url = ''

beforeAll(async () => {
  mock = createMock({ now: NOW })
  url = (await mock.listen({ port: 0 })).url
})
afterAll(() => mock.close())

/** A client whose secret nobody knows: the longest search of all. */
const unknown: MistakenClient = { steps: { key: () => 'a secret nobody knows' } }
const longQuery: MistakenClient = {
  ...unknown,
  send: { method: 'GET', target: `${LIST}?${'k=%20&'.repeat(1200)}`, body: '' },
}

async function call(client: MistakenClient): Promise<Response> {
  const { method, target, headers, body } = sentBy(client, mock.credentials, new URL(url).host)
  const sent = headers.filter(([name]) => name !== 'Host')
  return fetch(`${url}${target}`, { method, headers: sent, ...(body !== '' && { body: String(body) }) })
}

const control = (path: string, body?: unknown) =>
  fetch(`${url}/__admin${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  })

describe('a signature that nothing known explains', () => {
  it('says where the canonical request of the server is, and that entry has it', async () => {
    const response = await call(unknown)
    const diagnosis = response.headers.get('x-mock-diagnosis') ?? ''
    const path = /GET \/__admin(\/sandboxes\/default\/requests\/default-\d+)/.exec(diagnosis)?.[1]
    expect(path).toBeDefined()
    const entry = (await (await control(path ?? '')).json()) as { signature: Diagnosis }
    expect(entry.signature).toMatchObject({ signature: 'unexplained', isCutShort: false })
    expect(entry.signature.expected.canonicalRequest).toMatch(/^GET\n\/koodrive\/ose\/v1\/userList\/\n/)
  })

  it('says nothing of the journal where there is none to read', async () => {
    const blind = createMock({ now: NOW, maxJournal: 0 })
    const { method, target, headers } = sentBy(unknown, blind.credentials, 'mock')
    const response = await blind.fetch(new Request(`http://mock${target}`, { method, headers }))
    expect(response.headers.get('x-mock-diagnosis')).toMatch(/no known mistake explains it/)
    expect(response.headers.get('x-mock-diagnosis')).not.toContain('__admin')
    await blind.close()
  })
})

describe('a flood of wrong signatures', () => {
  it('has the first ten of a second searched in full', () => {
    let now = 5000
    const budget = new SearchBudget(() => now)
    const taken = (count: number) => Array.from({ length: count }, () => budget.take()).filter(Boolean).length
    expect(taken(30)).toBe(10)
    now += 999
    expect(taken(30)).toBe(0)
    now += 1
    expect(taken(5)).toBe(5)
    expect(taken(30)).toBe(5)
  })

  it.each([
    ['a usual request', unknown],
    ['a request with a long query', longQuery],
  ])('costs a small part of a full search each beyond them: %s', async (_, client) => {
    const { method, target, headers, body } = sentBy(client, mock.credentials, 'mock')
    const request = { method, url: target, headers, body }
    const options = { ...mock.credentials, now: NOW }
    const costOf = async (count: number, search: () => unknown): Promise<number> => {
      const before = process.cpuUsage()
      for (let done = 0; done < count; done += 1) await search()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / count
    }
    const brief = () => expect(new SignatureSearch(request, options).latest.isCutShort).toBe(true)
    const full = () => new SignatureSearch(request, options).full()
    await costOf(20, brief)
    await full()
    // About a tenth when nothing else runs: 5 ms of 50.
    expect(await costOf(100, brief)).toBeLessThan((await costOf(3, full)) / 4)
  })

  it('is told where to read, and reading searches in full and names the mistake', async () => {
    const budget = vi.spyOn(SearchBudget.prototype, 'take').mockReturnValue(false)
    const response = await call({ steps: { key: (secret) => `${secret}&` } })
    budget.mockRestore()
    expect(response.headers.get('x-mock-diagnosis')).toContain('The search goes on when you read GET /__admin/')
    const read = await control(`/sandboxes/default/requests/${response.headers.get('x-mock-request-id')}`)
    const entry = (await read.json()) as { signature: Diagnosis }
    expect(entry.signature.mistakes.map((mistake) => mistake.id)).toEqual(['secret-with-ampersand'])
  })

  it('is told a frequent mistake all the same', async () => {
    const budget = vi.spyOn(SearchBudget.prototype, 'take').mockReturnValue(false)
    const response = await call({ steps: { path: (all) => all } })
    budget.mockRestore()
    expect(response.headers.get('x-mock-diagnosis')).toContain('without the slash at its end')
  })

  it('keeps nobody else waiting: another client is served between the slices of each search', async () => {
    let isOver = false
    const flood = Promise.all(Array.from({ length: 3 }, () => call(longQuery))).then(() => {
      isOver = true
    })
    let served = 0
    while (!isOver) {
      await (await control('/health')).text()
      served += 1
    }
    await flood
    expect(served).toBeGreaterThan(3)
  })
})

describe('POST /__admin/signature/diagnose', () => {
  const sent = () => {
    const { method, target, headers, body } = sentBy(unknown, mock.credentials, 'mock')
    return { method, url: target, headers, body }
  }

  it("compares the client's own canonical request and string to sign", async () => {
    const canonicalRequest = 'GET\r\n/koodrive/ose/v1/userList/'
    const response = await control('/signature/diagnose', {
      ...sent(),
      canonicalRequest,
      stringToSign: 'HMAC-SHA256\nab',
    })
    expect(await response.json()).toMatchObject({
      ownCanonicalRequest: {
        isRight: false,
        firstDifference: { line: 1, part: 'method', column: 4, expected: 'GET', actual: 'GET\\r', actualBytes: '0d' },
      },
      ownStringToSign: { kind: 'string to sign', firstDifference: { line: 2, part: 'hash' } },
    })
  })

  it('takes a body that is no text in Base64, and refuses both forms at once', async () => {
    const body = Buffer.from([0x1f, 0x8b, 0]).toString('base64')
    expect((await control('/signature/diagnose', { ...sent(), body: undefined, bodyBase64: body })).status).toBe(200)
    expect((await control('/signature/diagnose', { ...sent(), body: 'a', bodyBase64: body })).status).toBe(400)
  })

  it('lets others run while it searches', async () => {
    let turns = 0
    const tick = setInterval(() => {
      turns += 1
    }, 0)
    const body = `{"userList":[${'{"firstname":"李","phone":"1"},'.repeat(4000)}{}]}`
    await control('/signature/diagnose', { ...sent(), method: 'POST', body })
    clearInterval(tick)
    expect(turns).toBeGreaterThan(10)
  })
})
