import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runToEnd, startCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const credentials = {
  KOODRIVE_APP_ID: '0123456789abcdef'.repeat(4),
  KOODRIVE_APP_SECRET: 'koodrive-mock-app-secret',
  KOODRIVE_USER_ID: '1505084218764547200',
  KOODRIVE_ACCESS_TOKEN: 'mock-admin-token',
}
const list = '/koodrive/ose/v1/userList?offset=0&limit=1'

describe('koodrive-mock proxy', () => {
  it('says where it is, signs anew, logs a line an exchange, and writes an archive that serve --replay answers from', async () => {
    const har = join(temporaryFolder(), 'run.har')
    const mock = await startCommand(['--port', '0'])
    const args = ['proxy', '--target', mock.url, '--port', '0', '--re-sign', '--har', har]
    const proxy = await startCommand(args, credentials)
    const answer = await (await fetch(proxy.url + list)).json()
    expect(answer).toMatchObject({ code: 0, total: 200 })
    expect((await fetch(`${proxy.url}${list}0000`)).status).toBe(400)
    proxy.child.kill('SIGTERM')
    const { code, out } = await proxy.ended
    expect(code).toBe(0)
    expect(out).toMatch(/^GET {2}listUsers 200 [\d.]+ ms\nGET {2}listUsers 400 [\d.]+ ms {2}request: limit/m)
    const text = readFileSync(har, 'utf8')
    for (const secret of Object.values(credentials)) expect(text + out).not.toContain(secret)
    expect(statSync(har).mode & 0o777).toBe(0o600)

    const replay = await startCommand(['serve', '--port', '0', '--replay', har])
    expect((await fetch(`${replay.url}/__admin/ready`)).status).toBe(200)
    const replayed = (await (await fetch(replay.url + list)).json()) as { list: { name: string }[] }
    expect(replayed).toMatchObject({ code: 0, total: 200 })
    expect(replayed.list[0]?.name).toMatch(/^Name \d+$/)
    expect((await fetch(`${replay.url}${list}7`)).headers.get('x-mock-diagnosis')).toMatch(/nearest recorded/)
  })

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['no target', [], {}, /no target: give --target URL or set KOODRIVE_TARGET/],
    ['a target that is none', ['--target', 'x'], {}, /not an http or https URL/],
    ['an unconfirmed host', ['--target', 'https://a.example'], {}, /--confirm-host a\.example/],
    ['nothing to sign with', ['--target', 'http://127.0.0.1:1', '--re-sign'], {}, /--re-sign needs KOODRIVE_APP_ID/],
    ['a host that is not loopback', ['--host', '0.0.0.0'], {}, /--host.*0\.0\.0\.0.*127\.0\.0\.1/],
    ['an archive that cannot be written', ['--har', '/nonexistent/x.har'], {}, /--har \/nonexistent.*ENOENT/],
    ['a target in the environment that is none', [], { KOODRIVE_TARGET: 'y' }, /"y" is not an http/],
  ])('refuses %s with exit code 2 and one line', async (_, args, env, reason) => {
    const { code, out, err } = await runToEnd(['proxy', '--port', '0', ...args], env)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(reason)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it.each([
    ['/nonexistent.har', /--replay \/nonexistent\.har cannot be read: ENOENT/],
    [new URL('../../package.json', import.meta.url).pathname, /--replay .*not an HTTP archive/],
  ])('serve --replay refuses %s', async (file, reason) => {
    const { code, err } = await runToEnd(['serve', '--port', '0', '--replay', file])
    expect([code, err]).toEqual([2, expect.stringMatching(reason)])
  })
})
