import { execFile } from 'node:child_process'
import { realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { freePort } from '../support/free-port.ts'
import { judge, run, slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('whatever waits for a server', () => {
  it('finds the address that is printed: wait-on ends with 0, by HEAD and by GET', async () => {
    const { url, banner } = await startCommand(['--port', '0'])
    const waitOn = promisify(execFile)
    const bin = `${root}node_modules/wait-on/bin/wait-on`
    for (const address of [url, url.replace('http:', 'http-get:'), `${url}/__admin`]) {
      await waitOn(process.execPath, [bin, '--timeout', '20000', '--interval', '50', address])
    }
    expect(banner()).toContain(`${url}/__admin/console`)
    expect(banner()).toContain(`${url}/__admin/docs`)
    const { requests } = (await (await fetch(`${url}/__admin/sandboxes/default/requests`)).json()) as {
      requests: unknown[]
    }
    expect(requests).toEqual([])
  }, 60_000)

  slowJudge('finds it within a second, the time that wait-on takes to be sure included', async () => {
    const { url } = await startCommand(['--port', '0'])
    await run(process.execPath, [`${root}node_modules/wait-on/bin/wait-on`, '--timeout', '1000', url])
  })

  const serve = (port: number) => `${process.execPath} ${root}dist/cli/main.js serve --port ${port}`

  judge('finds it: start-server-and-test', 'start-server-and-test', async (tool) => {
    const port = await freePort()
    expect(await run(tool, [serve(port), `http://127.0.0.1:${port}`, 'echo tested'])).toContain('tested')
  })

  judge('finds it: webServer of Playwright Test, whose probes are not in the journal', 'playwright', async (tool) => {
    const folder = temporaryFolder()
    const port = await freePort()
    const [packages = ''] = /^.*[\\/]node_modules(?=[\\/])/.exec(realpathSync(tool)) ?? []
    symlinkSync(packages, join(folder, 'node_modules'))
    const url = `http://127.0.0.1:${port}`
    const config = { testDir: '.', webServer: { command: serve(port), url }, use: { baseURL: url } }
    writeFileSync(join(folder, 'playwright.config.mjs'), `export default ${JSON.stringify(config)}`)
    writeFileSync(
      join(folder, 'journal.spec.mjs'),
      `import { expect, test } from '@playwright/test'
      test('nothing was called', async ({ request }) => {
        const { requests } = await (await request.get('/__admin/sandboxes/default/requests')).json()
        expect(requests).toEqual([])
      })`,
    )
    expect(await run(tool, ['test'], { cwd: folder })).toContain('1 passed')
  })
})
