import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { describeInChromium } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp } from '../support/targets.ts'

interface Reply {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

/** Sends what `fetch` would not: any Origin, Host and Sec-Fetch header. */
const send = (url: string, method: string, path: string, headers: Record<string, string>, body?: string) =>
  new Promise<Reply>((resolve, reject) => {
    const outgoing = request(url + path, { method, headers, agent: false }, (response) => {
      let text = ''
      const done = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('close', done)
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

async function served() {
  const mock = createMock()
  onTestFinished(() => mock.close())
  const { url } = await mock.listen({ port: 0 })
  return { mock, url }
}

const state = (mock: ReturnType<typeof createMock>) => JSON.stringify(mock.defaultSandbox.log.export().commands)
const advance = '/__admin/sandboxes/default/clock/advance'
const json = { 'Content-Type': 'application/json' }

describe('a link of another site', () => {
  const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }

  it.each([
    ['/', 200],
    ['/oauth2/authorize?login=admin', 302],
  ])('leads a person to %s, but fills no frame with it', async (path, status) => {
    const { mock, url } = await served()
    const before = state(mock)
    expect((await send(url, 'GET', path, { ...link, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(403)
    expect(state(mock)).toBe(before)
    expect((await send(url, 'GET', path, { ...link, 'Sec-Fetch-Dest': 'document' })).status).toBe(status)
  })

  it('leads to no address that a client could not take in', async () => {
    const { mock, url } = await served()
    const before = state(mock)
    const reply = await send(url, 'GET', `/oauth2/authorize?login=admin&state=${"'".repeat(8000)}`, {})
    expect(reply.status).toBe(400)
    expect(state(mock)).toBe(before)
  })
})

describe('a page of another site', () => {
  const everywhere = [
    ...controlRoutes.map(({ method, path }) => [
      method,
      `/__admin${path.replace(/:id/, 'default').replace(/:\w+/g, 'x')}`,
    ]),
    ['GET', `${paths.users}?offset=0&limit=1`],
    ['POST', paths.create],
    ['GET', '/anything'],
    ['GET', '/'],
    ['GET', '/__admin'],
    ['GET', '/oauth2/authorize?login=admin'],
    ['GET', '/oauth2/code?code=x'],
  ] as [string, string][]

  it.each(['cross-site', 'same-site'])('is refused everywhere, in the words of who is called (%s)', async (site) => {
    const { mock, url } = await served()
    const before = state(mock)
    for (const [method, path] of everywhere) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}'
      const reply = await send(url, method, path, { 'Sec-Fetch-Site': site, ...(body && json) }, body)
      expect(reply.status, `${method} ${path}`).toBe(403)
      expect(JSON.parse(reply.text), path).toMatchObject(path.startsWith('/__admin/') ? { status: 403 } : { code: 403 })
    }
    expect(state(mock)).toBe(before)
  })

  it('cannot let its visitor change something through a page of ours without the proof of that page', async () => {
    const { mock, url } = await served()
    const before = state(mock)
    const own = { 'Sec-Fetch-Site': 'same-origin', Origin: url, ...json }
    for (const proof of [{}, { 'X-Mock-Page': '' }, { 'X-Mock-Page': 'guessed' }]) {
      expect((await send(url, 'POST', advance, { ...own, ...proof }, '{"by":"PT1M"}')).status).toBe(403)
    }
    expect(state(mock)).toBe(before)
    const { text } = await send(url, 'GET', '/__admin/console', { 'Sec-Fetch-Site': 'none' })
    const [, proof = ''] = /data-page-proof="([\w-]{32})"/.exec(text) ?? []
    expect((await send(url, 'POST', advance, { ...own, 'X-Mock-Page': proof }, '{"by":"PT1M"}')).status).toBe(200)
  })

  it('is another thing than a program, which needs no proof', async () => {
    const { url } = await served()
    expect((await send(url, 'POST', advance, json, '{"by":"PT1M"}')).status).toBe(200)
  })
})

describe('every answer', () => {
  it('says that it is what it says, and nothing for other sites to embed', async () => {
    const { url } = await served()
    const routes = [
      ...controlRoutes
        .filter(({ method }) => method === 'GET')
        .map(({ path }) => `/__admin${path.replace(/:id/, 'default').replace(/:\w+/g, 'x')}`),
      ...[`${paths.users}?offset=0&limit=1`, paths.create, '/', '/nowhere', '/__admin/nowhere', '/a b'],
    ]
    for (const path of routes) {
      const { headers } = await send(url, 'GET', encodeURI(path), { Authorization: 'Bearer mock-admin-token' })
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
    for (const bytes of ['CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /a b HTTP/1.1\r\n\r\n', '\0\r\n\r\n']) {
      const text = await new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes, 'latin1'))
        let all = ''
        socket.on('data', (chunk) => {
          all += chunk
        })
        socket.on('close', () => resolve(all))
      })
      expect(text).toMatch(/^x-content-type-options: nosniff/im)
    }
  })
})

describeInChromium('the address of the console', (visit) => {
  it('leads to views of the console only: no answer of another kind becomes a part of the page', async () => {
    const { client, baseUrl } = await overHttp()
    const payload = '<button data-method="POST" data-url="/__admin/sandboxes/default/reset" id="trap">Journal</button>'
    await client.get(`${paths.users}?offset=0&limit=1&keyWord=${encodeURIComponent(payload)}`, {
      headers: { 'X-Note': payload },
    })
    const { page } = await visit()
    for (const view of [
      '../../sandboxes/default/requests/default-1',
      '..%2f..%2fsandboxes%2fdefault%2frequests%2fdefault-1',
      '%2e%2e/%2e%2e/sandboxes/default/requests',
      'journal/../../../sandboxes/default/requests',
      '__proto__',
      'constructor',
    ]) {
      await page.goto(`${baseUrl}/__admin/console#/${view}?sandbox=default`)
      await page.reload()
      await page.locator('main [role=alert]').waitFor()
      expect(await page.locator('#trap').count(), view).toBe(0)
    }
  })
})
