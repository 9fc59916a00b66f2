import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { closeServers, controlServer } from '../support/control-server.ts'

closeServers()

/** Sends what `fetch` would not: any Host, any Origin. */
function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; text: string; headers: object }> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const outgoing = request(`${url}/__admin${path}`, { method, headers: { ...headers, ...length } }, (incoming) => {
      let text = ''
      const done = () => resolve({ status: incoming.statusCode ?? 0, text, headers: incoming.headers })
      incoming.on('data', (chunk) => {
        text += chunk
        if (text.length > 100_000) incoming.destroy()
      })
      incoming.on('close', done)
      // A stream of events does not end by itself.
      if (incoming.headers['content-type']?.startsWith('text/event-stream')) incoming.destroy()
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const guarded = controlRoutes.filter((route) => route.public !== true)
const path = (of: string) => of.replace(':id', 'default').replace(/:(\w+)/g, 'some')
const cases = guarded.map((route) => [`${route.method} ${route.path}`, route] as const)
const anyBody = '{"by":"PT1H","scenario":"race","frozen":false,"kind":"malformed"}'

/** What nobody may have changed: everything the default sandbox holds. */
const state = (mock: ReturnType<typeof createMock>) =>
  JSON.stringify([mock.defaultSandbox.log.export().commands, mock.world.size])

describe.each(cases)('%s', (_, route) => {
  const attacks: readonly [string, Record<string, string>, string, number][] = [
    ['a page of another origin', { Origin: 'https://evil.example', 'Content-Type': 'application/json' }, anyBody, 403],
    ['a page without an origin of its own', { Origin: 'null', 'Content-Type': 'application/json' }, anyBody, 403],
    [
      'a page of this address under another port',
      { Origin: 'http://127.0.0.1:1', 'Content-Type': 'application/json' },
      anyBody,
      403,
    ],
    ['a DNS-rebinding Host', { Host: 'evil.example' }, anyBody, 403],
    ['a Host that begins like ours', { Host: '127.0.0.1.evil.example' }, anyBody, 403],
  ]
  it.each(attacks)('gives nothing to %s', async (_name, headers, body, status) => {
    const { mock, url } = await controlServer()
    const before = state(mock)
    const sent = route.method === 'GET' ? undefined : body
    const reply = await send(url, route.method, path(route.path), headers, sent)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.text)).toMatchObject({ status })
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(state(mock)).toBe(before)
  })

  it('answers nobody without the token, and everybody with it', async () => {
    const mock = createMock({ control: { token: 'let-me-in' } })
    const { url } = await mock.listen({ port: 0 })
    try {
      const before = state(mock)
      for (const authorization of [{}, { Authorization: 'Bearer wrong' }, { Authorization: 'let-me-in' }]) {
        const reply = await send(url, route.method, path(route.path), authorization)
        expect(reply.status).toBe(401)
        expect(reply.text).not.toContain('let-me-in')
      }
      expect(state(mock)).toBe(before)
      const opened = await send(url, route.method, path(route.path), { Authorization: 'Bearer let-me-in' })
      expect(opened.status).not.toBe(401)
      expect(opened.text).not.toContain('let-me-in')
    } finally {
      await mock.close()
    }
  })
})

describe.each(cases.filter(([, { method }]) => method !== 'GET'))('%s', (_, route) => {
  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'takes no %s, which a form of any page can post',
    async (type) => {
      const { mock, url } = await controlServer()
      const before = state(mock)
      const reply = await send(url, route.method, path(route.path), { 'Content-Type': type }, anyBody)
      expect(reply.status).toBe(415)
      expect(state(mock)).toBe(before)
    },
  )
})

describe('the control plane', () => {
  it('answers preflights of other origins with a refusal', async () => {
    const { url } = await controlServer()
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'PUT' }
    const reply = await send(url, 'OPTIONS', '/sandboxes', headers)
    expect(reply.status).toBe(403)
    expect(JSON.stringify(reply.headers)).not.toContain('access-control')
  })

  it('takes its own origin and every spelling of loopback', async () => {
    const { url } = await controlServer()
    const { port } = new URL(url)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
      const headers = { Host: `${host}:${port}`, Origin: `http://${host}:${port}` }
      expect((await send(url, 'GET', '/sandboxes', headers)).status).toBe(200)
    }
  })

  it('can be left out', async () => {
    const mock = createMock({ control: false })
    const response = await mock.fetch(new Request('http://mock/__admin/sandboxes'))
    expect(response.status).toBe(404)
  })
})
