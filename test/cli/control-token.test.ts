import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'

const main = new URL('../../dist/cli/main.js', import.meta.url).pathname
const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts a server; gives what it printed until it was ready. */
function start(...args: string[]): Promise<{ text: string; port: string }> {
  const child = spawn(process.execPath, [main, '--port', '0', ...args], { env: { NO_COLOR: '1' } })
  running.push(child)
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      const port = /ready on http:\S+:(\d+)\n/.exec(text)?.[1]
      if (port !== undefined) resolve({ text, port })
    })
    child.on('close', () => reject(new Error(text)))
  })
}

const statusWith = async (port: string, authorization?: string) => {
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  return (await fetch(`http://127.0.0.1:${port}/__admin/sandboxes`, { headers })).status
}

describe('a server that listens on more than loopback', () => {
  it.each([['pretty'], ['json']])('makes a token for the control plane and prints it (%s)', async (format) => {
    const { text, port } = await start('--host', '0.0.0.0', '--log-format', format)
    const token = /control token\S*(?: \(generated\))?:?\s+(\S{20,})/.exec(text)?.[1] ?? ''
    expect(token).not.toBe('')
    expect(await statusWith(port)).toBe(401)
    expect(await statusWith(port, `Bearer ${token}`)).toBe(200)
  })

  it('makes another one each time', async () => {
    const tokens = await Promise.all([start('--host', '0.0.0.0'), start('--host', '0.0.0.0')])
    const [one, two] = tokens.map(({ text }) => /\(generated\)\s+(\S+)/.exec(text)?.[1])
    expect(one).not.toBe(two)
  })

  it('takes the token it was given, and does not print it', async () => {
    const { text, port } = await start('--host', '0.0.0.0', '--control-token', 'given-token-4711')
    expect(text).not.toContain('given-token-4711')
    expect(await statusWith(port, 'Bearer given-token-4711')).toBe(200)
  })

  it('needs none without a control plane', async () => {
    const { text, port } = await start('--host', '0.0.0.0', '--no-control')
    expect(text).not.toContain('control token')
    expect(await statusWith(port)).toBe(404)
  })
})

describe('a server on loopback', () => {
  it('needs no token', async () => {
    const { text, port } = await start()
    expect(text).not.toContain('control token')
    expect(await statusWith(port)).toBe(200)
  })

  it('starts with a frozen clock when told the time', async () => {
    const { port } = await start('--now', '2026-04-16T08:00:00Z')
    const clock = await (await fetch(`http://127.0.0.1:${port}/__admin/sandboxes/default/clock`)).json()
    expect(clock).toEqual({ now: '2026-04-16T08:00:00Z', frozen: true, rate: 1, xDate: 'virtual' })
  })
})
