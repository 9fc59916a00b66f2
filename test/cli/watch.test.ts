import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runToEnd, startCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const routes = (text: string) => `routes:\n  - { method: GET, path: /own, answer: { text: "${text}" } }\n`
const scenario = (limit: number) => `name: mine\ndirectory: { users: ${limit} }\n`

async function served() {
  const folder = temporaryFolder()
  const files = { routes: join(folder, 'routes.yaml'), scenario: join(folder, 'scenario.yaml') }
  writeFileSync(files.routes, routes('one'))
  writeFileSync(files.scenario, scenario(20))
  const server = await startCommand(['--port', '0', '--routes', files.routes, '--scenario', files.scenario])
  let err = ''
  server.child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  const text = async (path: string, init?: RequestInit) => (await fetch(server.url + path, init)).text()
  const users = async (id = 'default') => JSON.parse(await text(`/__admin/sandboxes/${id}`)).counts.users
  return { ...server, files, text, users, err: () => err }
}

describe('files of a running server', () => {
  it('are read again when they change; a broken edit keeps the last good one and says why', async () => {
    const { files, text, users, err, banner } = await served()
    expect(await text('/own')).toBe('one')
    const json = { 'Content-Type': 'application/json' }
    const make = async (body: unknown): Promise<string> =>
      JSON.parse(await text('/__admin/sandboxes', { method: 'POST', body: JSON.stringify(body), headers: json })).id
    const [follower, own] = [await make({}), await make({ scenario: 'happy-path' })]
    writeFileSync(files.routes, routes('two'))
    writeFileSync(files.scenario, scenario(30))
    await expect.poll(() => text('/own'), { timeout: 10_000 }).toBe('two')
    await expect.poll(() => users(), { timeout: 10_000 }).toBe(30)
    expect([await users(follower), await users(own)]).toEqual([30, 200])
    expect(banner()).toContain(`--routes ${files.routes} was read again.`)
    writeFileSync(files.routes, routes('{{nothing}}'))
    await expect.poll(err, { timeout: 10_000 }).toContain(`${files.routes}:2: routes[0].answer.text: `)
    expect(err()).toMatch(/^koodrive-mock: --routes .* The last good one stays in force\.\n$/)
    expect(await text('/own')).toBe('two')
    await text('/__admin/sandboxes/default/reset', { method: 'POST', body: '{}', headers: json })
    expect([await text('/own'), await users()]).toEqual(['two', 30])
    writeFileSync(files.routes, routes('three'))
    await expect.poll(() => text('/own'), { timeout: 10_000 }).toBe('three')
  }, 60_000)

  it('are read again at SIGHUP, and routes that a sandbox was given by others stay', async () => {
    const { child, files, text, banner } = await served()
    const body = JSON.stringify([{ method: 'GET', path: '/own', answer: { text: 'given' } }])
    const headers = { 'Content-Type': 'application/json' }
    await text('/__admin/sandboxes/default/routes', { method: 'PUT', body, headers })
    writeFileSync(files.routes, routes('two'))
    child.kill('SIGHUP')
    await expect.poll(banner, { timeout: 10_000 }).toContain(`--routes ${files.routes} was read again`)
    expect(await text('/own')).toBe('given')
  }, 60_000)
})

describe('serve', () => {
  it.each([
    [
      ['--routes', 'bad.yaml'],
      /^koodrive-mock: --routes .*bad\.yaml:2: routes\[0\]\.path: it begins with a slash: write "\/groups"\.\n$/,
    ],
    [['--routes', 'none.yaml'], /^koodrive-mock: --routes .*none\.yaml cannot be read: ENOENT\.\n$/],
    [['--routes', '.'], /^koodrive-mock: --routes .* cannot be read: EISDIR\.\n$/],
    [
      ['--fallback', 'example.com'],
      /^koodrive-mock: .*--fallback <url>.*example\.com.*http:\/\/127\.0\.0\.1:8080\.\n$/,
    ],
    [['--fallback', 'http://localhost:4010'], /^koodrive-mock: --fallback .* is this server itself\. .*\n$/],
    [['--fallback-credentials'], /^koodrive-mock: --fallback-credentials says nothing without --fallback URL\.\n$/],
    [
      ['--fallback', 'http://a.example', '--fallback-ca', 'bad.yaml'],
      /^koodrive-mock: --fallback-ca .* holds no PEM.*\n$/,
    ],
  ])('%j ends with 2 and one line that says what to do', async (args, message) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'bad.yaml'), 'routes:\n  - { method: GET, path: groups, answer: {} }\n')
    const isFile = /^(?:\.|\w+\.yaml)$/
    const { code, out, err } = await runToEnd(args.map((one) => (isFile.test(one) ? join(folder, one) : one)))
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
})
