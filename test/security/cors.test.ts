import { afterAll, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { paths } from '../support/client.ts'

const ORIGIN = 'http://localhost:5173'
const routes = [{ method: 'GET', path: '/own', answer: {} } as const]
const mock = createMock({ cors: [ORIGIN], routes })
const closed = createMock()
afterAll(async () => {
  await mock.close()
  await closed.close()
})
const { url } = await mock.listen({ port: 0 })
const { url: closedUrl } = await closed.listen({ port: 0 })
const users = `${paths.users}?offset=0&limit=1`
const page = { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-site', Authorization: 'Bearer mock-admin-token' }
const preflight = {
  Origin: ORIGIN,
  'Sec-Fetch-Site': 'same-site',
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'authorization,x-date',
}

describe('a page of an origin that --cors allows', () => {
  it('has its preflight answered, which is no call of the service', async () => {
    const before = mock.defaultSandbox.journal.list().length
    const { status, headers } = await fetch(url + users, { method: 'OPTIONS', headers: preflight })
    expect(status).toBe(204)
    expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN)
    expect(headers.get('Access-Control-Allow-Methods')).toBe('POST')
    expect(headers.get('Access-Control-Allow-Headers')).toBe('authorization,x-date')
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(mock.defaultSandbox.journal.list()).toHaveLength(before)
  })

  it.each([
    [users, 200],
    [`${paths.users}?offset=x`, 400],
    ['/own', 200],
    ['/nowhere', 404],
  ])('may read the answer of %s (%i)', async (path, status) => {
    const response = await fetch(url + path, { headers: page })
    expect(response.status).toBe(status)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN)
    expect(response.headers.get('Access-Control-Expose-Headers')).toContain('X-Mock-Diagnosis')
    expect(response.headers.get('Vary')).toContain('Origin')
  })

  it('may read the answer of a fault, whenever it strikes', async () => {
    for (const fault of [
      { kind: 'error', status: 503 },
      { kind: 'error', status: 503, strikes: 'after' },
      { kind: 'malformed' },
    ] as const) {
      mock.defaultSandbox.faults.add({ ...fault, times: 1 })
      const { headers } = await fetch(url + users, { headers: page })
      expect(headers.get('X-Mock-Fault')).toContain(fault.kind)
      expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN)
    }
  })

  it('gets nothing of the control plane', async () => {
    const paths = ['/__admin/sandboxes', '/__admin/sandboxes/default/clock/advance']
    for (const path of paths) {
      for (const init of [
        { method: 'OPTIONS', headers: preflight },
        { headers: page },
        { method: 'POST', headers: page, body: '{}' },
      ]) {
        const response = await fetch(url + path, init)
        expect(response.status).toBeGreaterThanOrEqual(400)
        expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
      }
    }
  })
})

describe('a page of any other origin', () => {
  it.each([
    'http://localhost:5174',
    'https://localhost:5173',
    'http://localhost:5173.evil.example',
    'null',
    'HTTP://LOCALHOST:5173',
  ])('such as %s gets nothing', async (Origin) => {
    const asked = await fetch(url + users, { method: 'OPTIONS', headers: { ...preflight, Origin } })
    expect(asked.status).toBe(403)
    const response = await fetch(url + users, { headers: { ...page, Origin } })
    expect(response.status).toBe(403)
    for (const { headers } of [asked, response]) expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('gets nothing when nobody is allowed, and the refusal names the flag', async () => {
    const response = await fetch(closedUrl + users, { headers: page })
    expect(response.status).toBe(403)
    expect(response.headers.get('X-Mock-Diagnosis')).toContain('--cors ORIGIN')
    expect(response.headers.get('Vary')).toBeNull()
    expect((await fetch(closedUrl + users, { method: 'OPTIONS', headers: preflight })).status).toBe(403)
  })
})

describe('an origin to allow', () => {
  it.each([
    ['*', /Name each/],
    ['localhost', /scheme, host and port/],
    ['ftp://a.example', /http or https/],
    ['http://localhost:5173/', /write http:\/\/localhost:5173/],
    ['http://a.example:80', /write http:\/\/a\.example/],
  ])('is none: %s', (origin, message) => {
    expect(() => createMock({ cors: [origin] })).toThrow(message)
  })
})
