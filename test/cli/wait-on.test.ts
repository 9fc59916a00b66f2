import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { root } from '../support/source-files.ts'

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
})
