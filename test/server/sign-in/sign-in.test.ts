import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { englishIn } from '../../support/chinese.ts'
import { describeInChromium } from '../../support/chromium.ts'
import { paths } from '../../support/client.ts'
import { journey } from '../../support/journey.ts'
import { management } from '../../support/management.ts'
import { describeTargets, inProcess, overHttp, type Target } from '../../support/targets.ts'

const authorize = ({ client }: Target, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  client.send('GET', `/oauth2/authorize?${new URLSearchParams(parameters)}`, { headers })

describeTargets('signing in without a page', (open) => {
  it('leads from authCodeURL to a session of whoever is named', async () => {
    const target = await open()
    const guest = management(target, '')
    const { uri, orgIdHost } = await guest.ok('GET', '/session/authCodeURL?domain=localhost:5173')
    expect(orgIdHost).toBe(target.baseUrl)
    const address = new URL(uri)
    expect(address.origin).toBe(target.baseUrl)
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: target.mock.credentials.appId,
      scope: 'phone profile email',
      redirect_uri: 'http://localhost:5173/cloudfile/index.html',
    })
    for (const [login, role] of [
      ['admin', '2'],
      ['deptAdmin', '0'],
      ['user', '1'],
      [target.mock.credentials.userId, '2'],
    ] as const) {
      const { status, headers } = await target.client.send('GET', `${address.pathname}${address.search}&login=${login}`)
      expect(status).toBe(302)
      const location = new URL(headers.get('location') ?? '')
      expect(location.origin + location.pathname).toBe('http://localhost:5173/cloudfile/index.html')
      const code = location.searchParams.get('code')
      expect(code).toMatch(/^[\w-]{128}$/)
      const { data } = await guest.ok('POST', '/session', { code })
      expect(data.userInfo.role).toBe(role)
      expect(data.accessToken).toMatch(/^Bearer [0-9a-f]{48}$/)
      expect((await management(target, data.accessToken).ok('GET', '/session/auth')).data.innerUserId).toBe(
        data.userInfo.innerUserId,
      )
    }
  })

  it('keeps what redirect_uri and state carry', async () => {
    const target = await open()
    const { headers } = await authorize(target, {
      redirect_uri: 'http://127.0.0.1:1/cb?keep=1',
      state: 'a&b=c',
      login: 'admin',
    })
    const { searchParams } = new URL(headers.get('location') ?? '')
    expect([searchParams.get('keep'), searchParams.get('state')]).toEqual(['1', 'a&b=c'])
  })

  it('leads the front end of another site to a page of the mock, unless it was allowed', async () => {
    const [closed, opened] = [await open(), await open({ redirectHosts: ['app.example.com'] })]
    const uriOf = async (target: Target) =>
      new URL((await management(target, '').ok('GET', '/session/authCodeURL?domain=app.example.com')).uri)
    expect((await uriOf(closed)).searchParams.get('redirect_uri')).toBe(`${closed.baseUrl}/oauth2/code`)
    expect((await uriOf(opened)).searchParams.get('redirect_uri')).toBe('https://app.example.com/cloudfile/index.html')
  })

  it.each([
    [{ redirect_uri: 'https://evil.example/', login: 'admin' }, /--redirect-host evil\.example/],
    [{ redirect_uri: 'javascript:alert(1)', login: 'admin' }, /scheme javascript:/],
    [{ redirect_uri: '', login: 'admin' }, /absolute URL/],
    [{ login: 'nobody' }, /login nobody is nobody of this organisation/],
    [{ login: '' }, /login {2}is nobody/],
    [{ login: 'x'.repeat(5000) }, /is nobody/],
    [{ client_id: 'f'.repeat(64), login: 'admin' }, /client_id/],
    [{ response_type: 'token', login: 'admin' }, /response_type/],
  ])('is refused in the shape of the service: %j', async (parameters, why) => {
    const target = await open()
    const reply = await authorize(target, parameters as Record<string, string>)
    expect([reply.status, reply.json]).toEqual([400, { code: 13000102, msg: 'Verify parameters failed.' }])
    expect(reply.headers.get('x-mock-diagnosis')).toMatch(why)
    expect(reply.headers.get('location')).toBeNull()
  })

  it('tells a browser the same on a page that runs nothing', async () => {
    const target = await open()
    const parameters = { redirect_uri: 'https://evil.example/"><script>alert(1)</script>', login: 'admin' }
    const { status, headers, text } = await authorize(target, parameters, { Accept: 'text/html' })
    expect(status).toBe(400)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('evil.example')
    expect(text).not.toContain('<script')
  })
})

describe('a page in Chinese that nobody can sign in by', () => {
  it.each([
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: 'javascript:alert(1)' },
    { redirect_uri: 'myapp://callback' },
    { redirect_uri: 'http://a:b@localhost/' },
    { redirect_uri: 'http://localhost/#x' },
    { redirect_uri: `http://localhost/${'x'.repeat(3000)}` },
    { redirect_uri: 'nowhere' },
    { login: 'nobody' },
    { client_id: 'f'.repeat(64) },
    { response_type: 'token' },
  ])('says why in Chinese: %j', async (parameters) => {
    const reply = await authorize(inProcess(), parameters, { Accept: 'text/html', 'Accept-Language': 'zh-CN' })
    const [, told = ''] = /role="alert">(.*?)<\/p>/.exec(reply.text) ?? []
    expect(told).toMatch(/\p{Script=Han}/u)
    // What the reader wrote, or is to write, stays as it is.
    expect(englishIn(told.replace(/--[a-z-]+ \S+|login \w+/g, '…'))).toEqual([])
    expect(reply.text).toContain('<html lang="zh-CN">')
  })
})

/** A front end that waits for a code. */
async function frontEnd(): Promise<{ readonly url: string; readonly code: Promise<string> }> {
  let arrive: (code: string) => void = () => undefined
  const code = new Promise<string>((resolve) => {
    arrive = resolve
  })
  const server = createServer((request, response) => {
    const found = new URL(request.url ?? '', 'http://front').searchParams.get('code')
    if (found !== null) arrive(found)
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Signed in</title><h1>Signed in</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, code }
}

describeInChromium('the sign-in page', (visit) => {
  it.each([
    ['en-US', 'Sign in', 'System administrator'],
    ['zh-CN', '登录', '系统管理员'],
  ])('signs in by the keyboard alone, in %s, with no call to anybody else', async (locale, title, admin) => {
    const target = await overHttp()
    const { url, code } = await frontEnd()
    const { page, errors } = await visit({ locale })
    await page.goto(`${target.baseUrl}/oauth2/authorize?${new URLSearchParams({ redirect_uri: url })}`)
    expect(await page.title()).toContain(title)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    const link = page.getByRole('link', { name: admin }).first()
    for (let press = 0; press < 10; press += 1) {
      if (await link.evaluate((element) => element === element.ownerDocument.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}?**`)
    const { data } = await management(target, '').ok('POST', '/session', { code: await code })
    expect(data.userInfo.innerUserId).toBe(target.mock.credentials.userId)
    expect(errors.filter((error) => !/favicon/.test(error))).toEqual([])
  })

  it('finds anybody by name', async () => {
    const target = await overHttp()
    const { url, code } = await frontEnd()
    const { page } = await visit()
    const { list } = await management(target).ok('GET', '/userList?offset=0&limit=100')
    const wanted = list.find(({ role, status }: any) => role === 1 && status === 0)
    await page.goto(`${target.baseUrl}/oauth2/authorize?${new URLSearchParams({ redirect_uri: url })}`)
    await page.getByRole('searchbox').fill(wanted.name)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: wanted.id }).click()
    await page.waitForURL(`${url}?**`)
    const { data } = await management(target, '').ok('POST', '/session', { code: await code })
    expect(data.userInfo).toMatchObject({ innerUserId: wanted.id, userName: wanted.name })
  })

  it('begins the whole journey: what the administrator may do, an application does with the code of the page', async () => {
    const target = await overHttp()
    const { url, code } = await frontEnd()
    const { page } = await visit()
    await page.goto(`${target.baseUrl}/oauth2/authorize?${new URLSearchParams({ redirect_uri: url })}`)
    await page.getByRole('link', { name: 'System administrator' }).first().click()
    await page.waitForURL(`${url}?**`)
    const { data } = await management(target, '').ok('POST', '/session', { code: await code })
    await journey(target, management(target, data.accessToken))
  })

  it('shows the code when it leads nowhere else', async () => {
    const target = await overHttp()
    const { page } = await visit()
    await page.goto(`${target.baseUrl}/oauth2/authorize`)
    await page.getByRole('link', { name: 'System administrator' }).click()
    const code = await page.locator('#code').textContent()
    const { data } = await management(target, '').ok('POST', '/session', { code })
    expect(data.userInfo.role).toBe('2')
  })
})

it('keeps a million users at no cost, and shows twenty of them', async () => {
  const target = inProcess({ users: 1_000_000 })
  const { text } = await authorize(target, {}, { Accept: 'text/html' })
  expect(text).toContain('1000000')
  expect(text.match(/<li>/g)?.length).toBeLessThan(30)
})

it.each(['a1.1', '999.999.999.999', '1.2.3.4.5'])('a Host that no URL can have is answered: %s', async (host) => {
  const { baseUrl } = await overHttp()
  const answers = [`${paths.users}?offset=0&limit=1`, '/oauth2/authorize'].map(
    (path) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { Host: host, Authorization: 'Bearer mock-admin-token' }
        get(baseUrl + path, { headers }, (answer) => resolve(answer.resume().statusCode)).on('error', reject)
      }),
  )
  expect(await Promise.all(answers)).toEqual([200, 200])
})
