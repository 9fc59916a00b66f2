import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNoticeLog, createRequestLog } from '../../src/cli/request-log.ts'
import { run } from '../../src/cli/run.ts'
import { paths } from '../support/client.ts'
import { startCommand } from '../support/command.ts'

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\u001b[2J', '\u001b[31m', '\r\n', '\0', '\u202e', '\u2028', '\u009b', '::error::', '##[error]'),
    ),
  )
  .map((parts) => parts.join(''))

const steers = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u
const commands = /::[a-z-]+(?: [^:]*)?::|##\w*\[/i

describe('no text of a client or a service steers a terminal, forges a log line or is a command of a CI service', () => {
  it.each(['pretty', 'json'] as const)('in a %s line of the request log, whatever an exchange holds', (format) => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (method, target, diagnosis) => {
        const lines: string[] = []
        const log = createRequestLog('info', format, (text) => void lines.push(text))
        const exchange = { sandbox: diagnosis, requestId: 'r', operation: undefined, method, target, status: 400 }
        log({ ...exchange, durationMs: 1, diagnosis, faults: [diagnosis] })
        createNoticeLog(format, (text) => void lines.push(text))(diagnosis)
        for (const line of lines) {
          expect(line.endsWith('\n')).toBe(true)
          expect(line.slice(0, -1)).not.toMatch(steers)
          expect(line).not.toMatch(commands)
        }
      }),
    )
  })

  it('in a message about what the command line was given', async () => {
    let text = ''
    const write = (more: string) => {
      text += more
    }
    const code = await run(['sign', 'GET', '\u001b[2Jno\u0007 url'], { out: write, err: write })
    expect(code).toBe(2)
    expect(text).toContain('\\x1b[2Jno\\x07 url')
    expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  })

  it('on standard output of a server, over a socket', async () => {
    const { url, banner, child } = await startCommand(['--port', '0', '--reading', 'unknown-fields=refused'])
    const answer = await fetch(url + paths.preverify, {
      method: 'POST',
      body: JSON.stringify({ userList: [], '\u001b[2J\r\n::error::x\u202e名字': 1 }),
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer mock-admin-token' },
    })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-mock-rule')).toMatch(/^[ -~]{1,1024}$/)
    await expect.poll(banner).toMatch(/preverifyBatchImport 400/)
    child.kill()
    const [line = ''] = /.*preverifyBatchImport 400.*/.exec(banner()) ?? []
    expect(line).not.toMatch(/[\p{Cc}\u202e]|::error::/u)
  })
})
