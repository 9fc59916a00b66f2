import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createMock } from '../../src/index.ts'
import { Journal } from '../../src/journal/journal.ts'
import type { JournalEntry } from '../../src/journal/journal-entry.ts'
import { Journals } from '../../src/journal/journals.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { Executions } from '../support/executions.ts'
import { closeAll, NOW, overHttp } from '../support/targets.ts'

const named = z.array(z.strictObject({ name: z.string(), value: z.string() }))
/** HAR 1.2, strictly: unknown fields are refused, and so is whatever lacks a required one. */
const harSchema = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string() }),
    entries: z.array(
      z.strictObject({
        startedDateTime: z.iso.datetime({ offset: true }),
        time: z.number().min(0),
        request: z.strictObject({
          method: z.string(),
          url: z.url(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: named,
          queryString: named,
          postData: z.strictObject({ mimeType: z.string(), params: z.array(z.never()), text: z.string() }).optional(),
          headersSize: z.int(),
          bodySize: z.int(),
        }),
        response: z.strictObject({
          status: z.int(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: named,
          content: z.strictObject({ size: z.int(), mimeType: z.string(), text: z.string() }),
          redirectURL: z.string(),
          headersSize: z.int(),
          bodySize: z.int(),
        }),
        cache: z.strictObject({}),
        timings: z.strictObject({ send: z.number(), wait: z.number(), receive: z.number() }),
        comment: z.string(),
      }),
    ),
  }),
})

afterEach(closeAll)

describe('the exports of the journal', () => {
  it('are a valid HTTP archive, oldest first, filtered like the listing', async () => {
    const target = await overHttp()
    await target.client.get(`${paths.users}?offset=0&limit=1`)
    await target.client.signed('POST', paths.create, { body: '{"userList": []}' })
    await target.client.get('/nowhere')
    const { log } = harSchema.parse((await control(target, 'GET', ofDefault('/requests.har'))).json)
    expect(log.entries.map(({ response }) => response.status)).toEqual([200, 400, 404])
    expect(log.entries[0]?.request.url).toBe(`${target.baseUrl}${paths.users}?offset=0&limit=1`)
    const filtered = await control(target, 'GET', ofDefault('/requests?format=har&operation=listUsers'))
    expect(harSchema.parse(filtered.json).log.entries).toHaveLength(1)
  })

  it('are curl lines that repeat a request, once the variables are set', async () => {
    const target = await overHttp()
    const body = `{"userList":[{"firstname":"O'Brien \\n $HOME \`id\`","phone":"17770000001","password":"Secret-pass-1"}],\n"note":"x"}`
    await target.client.signed('POST', paths.create, { body })
    await target.client.get(`${paths.users}?offset=0&limit=1&keyWord=%5B%24x%5D`)
    const { requests } = (await control(target, 'GET', ofDefault('/requests'))).json
    const repeat = async (requestId: string): Promise<string> => {
      const { text } = await control(target, 'GET', ofDefault(`/requests/${requestId}/curl`))
      expect(text.trim().split('\n')).toHaveLength(1)
      const env = {
        PATH: process.env['PATH'],
        KOODRIVE_ACCESS_TOKEN: 'mock-admin-token',
        KOODRIVE_PASSWORD: 'Secret-pass-1',
      }
      return (await promisify(execFile)('bash', ['-c', text], { env })).stdout
    }
    expect(JSON.parse(await repeat(requests[0].requestId))).toMatchObject({ code: 0 })
    expect(JSON.parse(await repeat(requests[1].requestId))).toMatchObject({ code: 0 })
    const again = (await control(target, 'GET', ofDefault('/requests?operation=createBatchProvisioningTask'))).json
    const [second, first] = await Promise.all(
      again.requests.map(
        async ({ requestId }: any) => (await control(target, 'GET', ofDefault(`/requests/${requestId}`))).json,
      ),
    )
    expect(second.request.body).toBe(first.request.body)
  })

  for (const query of [
    'status=abc',
    'status=99',
    'limit=0',
    'operation=nothing',
    'since=yesterday',
    'stauts=200',
    'format=xml',
  ]) {
    it(`refuse ?${query} and say what is allowed`, async () => {
      const { status, json, headers } = await control(await overHttp(), 'GET', ofDefault(`/requests?${query}`))
      expect(status).toBe(400)
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(json.allowed, JSON.stringify(json)).toBeTruthy()
    })
  }

  it('answer 404 for a sandbox or a request that is not there', async () => {
    const target = await overHttp()
    for (const path of ['/requests', '/requests.har', '/requests/x', '/requests/x/curl', '/report-card', '/coverage']) {
      expect((await control(target, 'GET', `/sandboxes/nobody${path}`)).status, path).toBe(404)
    }
    expect((await control(target, 'GET', ofDefault('/requests/nothing'))).status).toBe(404)
  })
})

describe('the work of an export', () => {
  const executions = new Executions()
  beforeAll(() => executions.start())
  afterAll(() => executions.stop())

  it.each(['/requests', '/requests.har', '/report-card', '/coverage', '/requests/verify'])(
    'grows in proportion to the exchanges that it holds: %s',
    { timeout: 60_000 },
    async (path) => {
      const executionsWith = async (exchanges: number) => {
        const { mock } = await overHttp({ maxJournal: exchanges })
        const headers = { Authorization: 'Bearer mock-admin-token' }
        for (let n = 0; n < exchanges; n += 1) {
          await mock.fetch(`http://mock${paths.users}?offset=${n}&limit=1`, { headers })
        }
        return executions.of(async () => {
          const isVerify = path.endsWith('verify')
          const answer = await mock.fetch(`http://mock/__admin${ofDefault(path)}`, {
            method: isVerify ? 'POST' : 'GET',
            headers: { 'Content-Type': 'application/json' },
            ...(isVerify && { body: '{"where":{"query":{"offset":{"matches":"^99"}}}}' }),
          })
          expect(answer.status).toBe(200)
          expect(await answer.text()).not.toBe('')
        })
      }
      await executionsWith(1)
      const [some, twice] = [await executionsWith(150), await executionsWith(300)]
      const grown = [...twice].flatMap(([place, count]) => {
        const before = some.get(place) ?? 0
        // What compares each of 300 with each runs 44,850 times or more, four times as often as with 150; a sort a little more than twice.
        return count > 20_000 && count > 2.8 * before ? [`${place}: ${before}, ${count}`] : []
      })
      expect(grown).toEqual([])
      expect(Math.max(...twice.values())).toBeGreaterThanOrEqual(300)
    },
  )
})

describe('the journal', () => {
  const entry = (n: number, body = ''): JournalEntry => ({
    requestId: `r-${n}`,
    at: NOW,
    durationMs: 1,
    operation: undefined,
    method: 'GET',
    target: '/',
    requestHeaders: [],
    requestBody: new TextEncoder().encode(body),
    status: 200,
    responseHeaders: {},
    responseBody: body,
    rule: '',
    error: undefined,
    diagnosis: undefined,
    faults: [],
  })

  it('keeps the newest up to its size, and says how many it dropped', () => {
    for (const size of [0, 1, 3, 1000]) {
      const journal = new Journal({ entries: size })
      for (let n = 0; n < 2500; n += 1) journal.add(entry(n))
      const newest = Array.from({ length: size }, (_, back) => `r-${2499 - back}`)
      expect(journal.list().map(({ requestId }) => requestId)).toEqual(newest)
      expect([journal.length, journal.dropped]).toEqual([size, 2500 - size])
      expect(journal.find('r-0')).toBeUndefined()
      journal.clear()
      expect([journal.length, journal.dropped, journal.list().length]).toEqual([0, 0, 0])
    }
  })

  it('keeps 256 KiB of each body, and of all sandboxes together no more bytes than it may', () => {
    const mock = createMock()
    for (let n = 0; n < 3; n += 1) mock.sandbox()
    const sandboxes = [...mock.world.all()]
    const journals = new Journals({ size: 10_000, maxBytes: 16 * 1024 * 1024 })
    const body = 'x'.repeat(1024 * 1024)
    for (let n = 0; n < 300; n += 1) journals.of(sandboxes[n % 4] as Sandbox).add(entry(n, body))
    expect(journals.bytes).toBeLessThanOrEqual(16 * 1024 * 1024)
    expect(journals.bytes).toBeGreaterThan(15 * 1024 * 1024)
    const kept = sandboxes.map((sandbox) => journals.sizeOf(sandbox))
    expect(Math.max(...kept) - Math.min(...kept), 'the oldest go first, whosever they are').toBeLessThanOrEqual(1)
    const journal = journals.of(sandboxes[3] as Sandbox)
    expect(journal.dropped).toBe(75 - journal.length)
    const [newest] = journal.list()
    expect(newest).toMatchObject({ requestId: 'r-299', isCut: true })
    expect(newest?.requestBody.length).toBe(256 * 1024)
    expect(newest?.requestBody.buffer.byteLength).toBe(256 * 1024)
  })

  it('counts targets, headers and diagnoses as well as bodies, and frees what a deleted sandbox kept', () => {
    const mock = createMock()
    const sandbox = mock.sandbox()
    const [, own] = [...mock.world.all()]
    const journals = new Journals({ size: 10_000, maxBytes: 1024 * 1024 })
    const long = 'x'.repeat(16_000)
    for (let n = 0; n < 500; n += 1) {
      journals
        .of(own as Sandbox)
        .add({ ...entry(n, ''), target: `/${long}`, requestHeaders: [['X-A', long]], diagnosis: long })
    }
    expect(journals.sizeOf(own as Sandbox)).toBeLessThanOrEqual((1024 * 1024) / (2 * 3 * 16_000))
    journals.forget(own as Sandbox)
    expect(journals.bytes).toBe(0)
    sandbox.delete()
  })
})
