import { afterEach, describe, expect, it } from 'vitest'
import { navigation } from '../../src/console/shell.tsx'
import { views } from '../../src/console/views/views.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { closeAll, overHttp } from '../support/targets.ts'

const PAGES = ['/console', '/docs'] as const
const ASSETS = [
  'console.js',
  'docs.js',
  'shared.js',
  'base.css',
  'layout.css',
  'forms.css',
  'parts.css',
  'views.css',
  'journal.css',
  'workbench.css',
  'docs.css',
  'swagger-ui.js',
  'swagger-ui.css',
] as const
const TOKEN = 'a-control-token-of-a-test'

afterEach(closeAll)

const open = async (control: { token?: string } = {}) => {
  const { baseUrl, mock } = await overHttp({ control })
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${baseUrl}/__admin${path}`, { headers })
  return { get, mock }
}

describe('every page', () => {
  it.each([...PAGES, '/console/views/sandboxes', '/console/assets/console.js'])(
    '%s comes with a strict Content-Security-Policy',
    async (path) => {
      const { get } = await open()
      const { headers, status } = await get(path)
      expect(status).toBe(200)
      const policy = headers.get('content-security-policy') ?? ''
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]) {
        expect(policy.split('; ')).toContain(rule)
      }
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
    },
  )

  it.each(PAGES)('%s has no inline script, no inline style and nothing from another host', async (path) => {
    const { get } = await open()
    const html = await (await get(path)).text()
    const page = html.replaceAll(/<script type="application\/json"[\s\S]*?<\/script>/g, '')
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i)
    expect(page).not.toMatch(/<script(?![^>]*\ssrc="\/__admin\/console\/assets\/)/)
    expect(page.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull()
  })

  it.each(PAGES)('%s is in the language that its address or the browser asks for', async (path) => {
    const { get } = await open()
    expect(await (await get(`${path}?lang=zh-CN`)).text()).toContain('<html lang="zh-CN">')
    expect(await (await get(path, { 'Accept-Language': 'zh-CN,zh' })).text()).toContain('<html lang="zh-CN">')
    expect(await (await get(path)).text()).toContain('<html lang="en-US">')
  })

  it('of the navigation has its view', () => {
    expect(Object.keys(views)).toEqual(expect.arrayContaining([...navigation]))
  })
})

describe('with a control token', () => {
  it.each([...PAGES, ...ASSETS.map((file) => `/console/assets/${file}`)])(
    '%s can be opened without it and holds no data',
    async (path) => {
      const { get, mock } = await open({ token: TOKEN })
      const response = await get(path)
      const text = await response.text()
      expect(response.status).toBe(200)
      const { appId, appSecret, tokens } = mock.credentials
      for (const secret of [appId, appSecret, TOKEN, ...Object.values(tokens)]) expect(text).not.toContain(secret)
    },
  )

  it.each(Object.keys(views))('the view %s is refused without it', async (view) => {
    const { get } = await open({ token: TOKEN })
    expect((await get(`/console/views/${view}`)).status).toBe(401)
  })

  it('nothing else is public', () => {
    const open = controlRoutes.filter((route) => route.public).map(({ path }) => path)
    expect(open.sort()).toEqual(['/ca.pem', '/console', '/console/assets/:file', '/docs'])
  })

  it('a page of another origin is refused all the same', async () => {
    const { get } = await open({ token: TOKEN })
    for (const path of PAGES) expect((await get(path, { Origin: 'https://evil.example' })).status).toBe(403)
  })
})

describe('a wrong address', () => {
  it.each(['../routes.js', '..%2f..%2froutes.js', 'console.ts', 'swagger-ui.LICENSE.txt', 'nothing.js', '%00.js'])(
    'of an asset, %s, is not found',
    async (file) => {
      const { get } = await open()
      const { status, headers } = await get(`/console/assets/${file}`)
      expect(status).toBe(404)
      expect(headers.get('content-type')).toContain('problem+json')
    },
  )

  it.each([
    ['/console/views/nonsense', 'sandboxes'],
    ['/console/views/tasks?sandbox=nobody', 'nobody'],
    ['/console/views/task?id=1', 'no task'],
    ['/console/views/exchange?id=1', 'no request'],
    ['/console/views/constructor', 'no view'],
  ])('of a view, %s, is explained', async (path, words) => {
    const { get } = await open()
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(((await response.json()) as { detail: string }).detail).toContain(words)
  })
})
