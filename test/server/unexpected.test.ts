import { setupServer } from 'msw/node'
import { request } from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMock } from '../../src/index.ts'
import { mockHandlers } from '../../src/msw.ts'
import { productionOrigins } from '../../src/spec/production-origins.ts'
import { mockDispatcher } from '../../src/undici.ts'
import { test as fixture } from '../../src/vitest.ts'
import { paths } from '../support/client.ts'
import { closeAll, describeTargets, NOW, overHttp } from '../support/targets.ts'

const list = `${paths.users}?offset=0&limit=1`
const internal = { code: 500, msg: 'Internal Server Error' }

describeTargets('an error that nobody expected', (open) => {
  it.each([
    ['a handler', 'handler'],
    ['an observer', 'observer'],
  ])('of %s is reported with its stack, counted, and answered in the shape of the service', async (_, who) => {
    const errors: unknown[] = []
    const { mock, client } = await open({
      onError: (error) => errors.push(error),
      ...(who === 'observer' && {
        onExchange: () => {
          throw new Error('planted with s3cret')
        },
      }),
    })
    const { directory } = mock.world.get('default')?.read() ?? expect.fail()
    if (who === 'handler') {
      vi.spyOn(directory, 'list').mockImplementation(() => {
        throw new Error('planted with s3cret')
      })
    }
    const reply = await client.get(list)
    expect([reply.status, reply.json]).toEqual([500, internal])
    expect([...reply.headers].join()).not.toMatch(/planted|s3cret|\.ts/)
    expect(errors).toEqual([expect.objectContaining({ message: 'planted with s3cret' })])
    expect((errors[0] as Error).stack).toContain('unexpected.test.ts')
    const metrics = await (await mock.fetch('http://mock/__admin/metrics')).text()
    expect(metrics).toMatch(/^koodrive_mock_errors_total 1$/m)
    if (who === 'handler') expect(metrics).toMatch(/requests_total\{operation="listUsers",status="500"\} 1/)
  })
})

describe('without onError', () => {
  afterEach(() => vi.restoreAllMocks())

  it('the stack goes to stderr', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const mock = createMock({
      now: NOW,
      onExchange: () => {
        throw new Error('planted')
      },
    })
    await mock.fetch(`http://mock${list}`)
    expect(written.mock.calls.join()).toMatch(/koodrive-mock failed.*planted[\s\S]*unexpected\.test\.ts/)
  })
})

describe('the globals of the process', () => {
  afterEach(closeAll)

  it('are the same objects before and after every kind of call', async () => {
    const before = { Request, Response, Headers, fetch }
    const { mock, baseUrl, client } = await overHttp()
    expect((await client.get(list)).status).toBe(200)
    expect(await fetch(`${baseUrl}/__admin/health`)).toBeInstanceOf(Response)
    expect((await fetch(`${baseUrl}/__admin/console`)).status).toBe(200)
    await mock.fetch('http://mock/__admin/health')
    await mock.close()
    expect({ Request, Response, Headers, fetch }).toEqual(before)
    expect(globalThis.Request).toBe(before.Request)
    expect(globalThis.Response).toBe(before.Response)
    expect(globalThis.fetch).toBe(before.fetch)
  })

  it('are the same objects behind undici, and behind MSW once it has given fetch back', async () => {
    const before = { Request, Response, fetch }
    const mock = createMock({ now: NOW })
    const url = `${productionOrigins[0]}${list}`
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    const dispatcher = mockDispatcher(mock)
    expect((await request(url, { headers, dispatcher })).statusCode).toBe(200)
    // The guard takes that host for another server; the control plane was called all the same.
    expect((await request(`${productionOrigins[0]}/__admin/health`, { dispatcher })).statusCode).toBe(403)
    const server = setupServer(...mockHandlers(mock))
    server.listen()
    expect(await fetch(url, { headers })).toBeInstanceOf(before.Response)
    server.close()
    await dispatcher.close()
    await mock.close()
    expect(globalThis.Request).toBe(before.Request)
    expect(globalThis.Response).toBe(before.Response)
    expect(globalThis.fetch).toBe(before.fetch)
  })

  fixture('are the same objects in a test with a sandbox of its own', async ({ mockUrl, sandbox }) => {
    const before = { Request, Response, fetch }
    const headers = { Authorization: `Bearer ${sandbox.credentials.tokens.admin}` }
    expect(await fetch(`${mockUrl}${list}`, { headers })).toBeInstanceOf(before.Response)
    expect(await fetch(`${mockUrl}/__admin/health`)).toBeInstanceOf(before.Response)
    expect(globalThis.Request).toBe(before.Request)
    expect(globalThis.Response).toBe(before.Response)
    expect(globalThis.fetch).toBe(before.fetch)
  })
})
