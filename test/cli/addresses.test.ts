import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runToEnd, startCommand } from '../support/command.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((all = []) => all.some(({ address }) => isIPv6(address)))

const forms: readonly [host: string, url: RegExp][] = [
  ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['localhost', /^http:\/\/localhost:\d+$/],
  ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
  ...(hasIpv6
    ? ['::1', '[::1]', '::', ...(process.platform === 'linux' ? ['::1%lo'] : [])].map((host): [string, RegExp] => [
        host,
        /^http:\/\/\[::1\]:\d+$/,
      ])
    : []),
]

/** An address of this machine that is one only together with its zone. */
const [linkLocal] = Object.entries(networkInterfaces()).flatMap(([zone, all = []]) =>
  all.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => `${address}%${zone}`),
)

describe('every form of an address', () => {
  it.skipIf(linkLocal === undefined)('with a zone is listened on and found by healthcheck', async () => {
    const { url } = await startCommand(['--port', '0', '--log-level', 'silent', '--host', linkLocal ?? ''])
    const [, host = '', port = ''] = /^http:\/\/\[(.*%25.*)\]:(\d+)$/.exec(url) ?? []
    expect(host.replace('%25', '%')).toBe(linkLocal)
    const environment = { KOODRIVE_MOCK_HOST: linkLocal ?? '', KOODRIVE_MOCK_PORT: port }
    expect(await runToEnd(['healthcheck'], environment)).toMatchObject({ code: 0 })
    expect(await runToEnd(['healthcheck', '--url', url])).toMatchObject({ code: 0 })
  })

  it.each(forms)(
    '%s is listened on, printed so that it can be called, and found by healthcheck',
    async (host, form) => {
      const { url } = await startCommand(['--port', '0', '--log-level', 'silent', '--control-token', 'secret'], {
        KOODRIVE_MOCK_HOST: host,
      })
      expect(url).toMatch(form)
      const headers = { Authorization: 'Bearer secret' }
      expect((await fetch(`${url}/__admin/sandboxes`, { headers })).status).toBe(200)
      const { port } = new URL(url)
      expect(await runToEnd(['healthcheck'], { KOODRIVE_MOCK_HOST: host, KOODRIVE_MOCK_PORT: port })).toMatchObject({
        code: 0,
      })
    },
  )

  it('without a scheme is taken by healthcheck --url', async () => {
    const { url } = await startCommand(['--port', '0', '--log-level', 'silent'])
    expect((await runToEnd(['healthcheck', '--url', url.replace('http://', '')])).code).toBe(0)
    expect(await runToEnd(['healthcheck', '--url', 'http://::1:4010'])).toMatchObject({ code: 2, err: /\[::1\]:4010/ })
  })

  it('is refused with a port in it, which is another flag', async () => {
    const { code, err } = await runToEnd(['--host', '127.0.0.1:4010'])
    expect([code, err]).toEqual([2, expect.stringMatching(/'127\.0\.0\.1:4010'.*--port takes the port/)])
  })
})

describe('an empty variable', () => {
  it('counts as unset: the server listens on loopback, and starts', async () => {
    const names = [
      'HOST',
      'PORT',
      'SEED',
      'USERS',
      'SCENARIO',
      'READINGS',
      'NOW',
      'LOG',
      'TLS',
      'CERT',
      'CONTROL_TOKEN',
    ]
    const empty = Object.fromEntries(names.map((name) => [`KOODRIVE_MOCK_${name}`, '']))
    const { url } = await startCommand(['--port', '0', '--log-level', 'silent'], empty)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect((await fetch(`${url}/__admin/sandboxes`)).status).toBe(200)
  })

  it('counts as unset for the commands that call', async () => {
    const { code, out } = await runToEnd(['sign', 'GET', 'http://127.0.0.1/'], { KOODRIVE_APP_ID: '' })
    expect([code, out]).toEqual([0, expect.stringMatching(/AppId=[0-9a-f]{64},/)])
    expect((await runToEnd(['contract', '--plan'], { KOODRIVE_TARGET: '' })).err).toMatch(/--target/)
  })
})

describe('a variable that Kubernetes sets for a Service', () => {
  it.each(['serve', 'healthcheck'])('is recognised and named by %s', async (command) => {
    const { code, err } = await runToEnd([command], { KOODRIVE_MOCK_PORT: 'tcp://10.43.0.7:4010' })
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/KOODRIVE_MOCK_PORT.*Kubernetes.*enableServiceLinks: false/s),
    ])
  })
})
