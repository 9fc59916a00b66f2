import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { appendWhole } from '../../src/shared/files.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const list = '/koodrive/ose/v1/userList?offset=0&limit=100'
const credentials = {
  KOODRIVE_APP_ID: '0123456789abcdef'.repeat(4),
  KOODRIVE_APP_SECRET: 'koodrive-mock-app-secret',
  KOODRIVE_USER_ID: '1505084218764547200',
  KOODRIVE_ACCESS_TOKEN: 'mock-admin-token',
}

interface Program {
  readonly output: () => string
  readonly ready: Promise<string>
  readonly ended: Promise<number | null>
  readonly kill: (signal: NodeJS.Signals) => void
}

/** The command line of the build, where no file grows beyond so many KiB: a disk that is full, for this process alone. */
function startWithin(kib: number | 'unlimited', args: readonly string[]): Program {
  const command = `ulimit -f ${kib}; exec "$0" "$@"`
  const child = spawn('bash', ['-c', command, process.execPath, `${root}dist/cli/main.js`, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NO_COLOR: '1',
      NODE_DISABLE_COMPILE_CACHE: '1',
      ...credentials,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  return {
    output: () => text,
    ready: new Promise((resolve) =>
      child.stdout.on('data', () => {
        const url = /ready on (http:\/\/\S+)\n/.exec(text)?.[1]
        if (url !== undefined) resolve(url)
      }),
    ),
    ended: new Promise((resolve) => child.on('close', resolve)),
    kill: (signal) => void child.kill(signal),
  }
}

async function service() {
  const mock = createMock()
  onTestFinished(() => mock.close())
  const { url } = await mock.listen({ port: 0 })
  return { mock, url, calls: () => mock.defaultSandbox.journal.list().length }
}

const entriesOf = (file: string): unknown[] => JSON.parse(readFileSync(file, 'utf8')).log.entries

describe('a recording on a disk that gets full', () => {
  it('stays whole, the call that it could not take is not made, and the exit code says so', async () => {
    const { url, calls } = await service()
    const file = join(temporaryFolder(), 'run.har')
    const proxy = startWithin(1400, ['proxy', '--target', url, '--port', '0', '--re-sign', '--har', file])
    const own = await proxy.ready
    let status = 200
    let answered = 0
    for (; status === 200 && answered < 200; answered += status === 200 ? 1 : 0) {
      const answer = await fetch(own + list)
      status = answer.status
      if (status !== 200)
        expect(answer.headers.get('x-mock-diagnosis')).toMatch(/Nothing was sent: the archive .* \(EFBIG\)/)
      await answer.text()
    }
    expect(status).toBe(502)
    proxy.kill('SIGTERM')
    expect(await proxy.ended).toBe(1)
    expect(proxy.output()).toMatch(/The recording is not complete: the archive .*EFBIG/)
    expect(entriesOf(file)).toHaveLength(answered)
    expect(calls()).toBe(answered)
  })

  it('is refused at the start where the first byte cannot be written', async () => {
    const proxy = startWithin(0, [
      'proxy',
      '--target',
      'http://127.0.0.1:1',
      '--port',
      '0',
      '--har',
      join(temporaryFolder(), 'x.har'),
    ])
    expect(await proxy.ended).toBe(2)
    expect(proxy.output()).toMatch(/--har .* cannot be written \(EFBIG\)/)
  })
})

describe('a recording of before', () => {
  const start = (kib: number | 'unlimited', file: string) =>
    startWithin(kib, ['proxy', '--target', 'http://127.0.0.1:1', '--port', '0', '--har', file])

  it('stays as it was where the new one cannot begin', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'run.har')
    writeFileSync(file, 'the old one')
    const proxy = start(0, file)
    expect(await proxy.ended).toBe(2)
    expect(proxy.output()).toMatch(/--har .* cannot be written \(EFBIG\)/)
    expect(readFileSync(file, 'utf8')).toBe('the old one')
    expect(readdirSync(folder)).toEqual(['run.har'])
  })

  it('gives way to a whole one, through a link of one’s own too', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'run.har')
    writeFileSync(file, 'the old one '.repeat(1000))
    const link = join(folder, 'link.har')
    symlinkSync(file, link)
    const proxy = start('unlimited', link)
    await proxy.ready
    proxy.kill('SIGKILL')
    await proxy.ended
    expect(entriesOf(file)).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['link.har', 'run.har'])
  })
})

describe('a recording whose process is killed', () => {
  it('holds every exchange that was answered', async () => {
    const { url } = await service()
    for (let round = 0; round < 3; round += 1) {
      const file = join(temporaryFolder(), `killed-${round}.har`)
      const proxy = startWithin('unlimited', ['proxy', '--target', url, '--port', '0', '--re-sign', '--har', file])
      const own = await proxy.ready
      let answered = 0
      const client = async () => {
        for (;;) {
          const isDone = await fetch(own + list).then(
            (answer) => answer.text().then(() => true),
            () => false,
          )
          if (!isDone) return
          answered += 1
          if (answered === 10 + round * 7) proxy.kill('SIGKILL')
        }
      }
      await Promise.all([client(), client(), client()])
      expect(entriesOf(file).length).toBeGreaterThanOrEqual(answered)
    }
  })
})

describe('a recording over a file that others could read', () => {
  it('is readable by its owner only', async () => {
    const file = join(temporaryFolder(), 'old.har')
    writeFileSync(file, 'old')
    chmodSync(file, 0o666)
    const proxy = startWithin('unlimited', ['proxy', '--target', 'http://127.0.0.1:1', '--port', '0', '--har', file])
    await proxy.ready
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('a ledger that cannot be written', () => {
  it('stops the run before the call that it should have announced', async () => {
    const { url, mock } = await service()
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    writeFileSync(ledger, '{"half')
    const run = startWithin(0, [
      'contract',
      '--target',
      url,
      '--allow-writes',
      '--ledger',
      ledger,
      '--only',
      'create-batch-provisioning-task',
    ])
    expect(await run.ended).toBe(4)
    expect(run.output()).toMatch(/the ledger cannot be written \(EFBIG\), and nothing is created without it/)
    expect(readFileSync(ledger, 'utf8')).toBe('{"half')
    const made = mock.defaultSandbox.journal
      .list()
      .filter(({ operation, status }) => operation === 'createBatchProvisioningTask' && status === 200)
    expect(made).toEqual([])
  })

  it('goes on behind half a line of a run that was killed', async () => {
    const { url } = await service()
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    writeFileSync(ledger, '{"half')
    const run = startWithin('unlimited', [
      'contract',
      '--target',
      url,
      '--allow-writes',
      '--ledger',
      ledger,
      '--only',
      'create-batch-provisioning-task',
    ])
    await run.ended
    const [half, ...lines] = readFileSync(ledger, 'utf8').trimEnd().split('\n')
    expect(half).toBe('{"half')
    expect(lines.length).toBeGreaterThan(0)
    const kept = lines.map((line): { operation: string } => JSON.parse(line))
    expect(new Set(kept.map(({ operation }) => operation))).toEqual(
      new Set(['createBatchProvisioningTask', 'clean-up']),
    )
  })
})

describe('a report', () => {
  it('is the old one or the new one, never half of it', async () => {
    const file = join(temporaryFolder(), 'openapi.json')
    writeFileSync(file, 'old')
    const run = startWithin(16, ['openapi', '--out', file])
    expect(await run.ended).not.toBe(0)
    expect(run.output()).toMatch(/cannot be written: EFBIG/)
    expect(readFileSync(file, 'utf8')).toBe('old')
  })
})

describe('a report of a run', () => {
  it('is not there before it is whole', async () => {
    const file = join(temporaryFolder(), 'report.html')
    const hung = createServer()
    const called = new Promise((resolve) => hung.once('connection', resolve))
    await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void hung.close())
    const { port } = hung.address() as AddressInfo
    const run = startWithin('unlimited', [
      'contract',
      '--target',
      `http://127.0.0.1:${port}`,
      '--reporter',
      `html=${file}`,
    ])
    await called
    run.kill('SIGKILL')
    await run.ended
    expect(existsSync(file)).toBe(false)
  })

  it('leaves a page of the run as it was where it does not fit', () => {
    const file = join(temporaryFolder(), 'summary.md')
    writeFileSync(file, 'before')
    expect(() => appendWhole('/dev/full', 'text')).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    appendWhole(file, ' and after')
    expect(readFileSync(file, 'utf8')).toBe('before and after')
  })
})

describe('standard output', () => {
  it.each([
    ['whose reader has gone ends quietly', '"$0" "$@" | head -c 1 >/dev/null; exit "${PIPESTATUS[0]}"', 0, /^$/],
    [
      'on a full disk is a failure, in one line',
      '"$0" "$@" >/dev/full',
      1,
      /^koodrive-mock: standard output cannot be written \(ENOSPC\)\.\n$/,
    ],
  ])('%s', async (_, command, code, err) => {
    const child = spawn('bash', ['-c', command, process.execPath, `${root}dist/cli/main.js`, 'openapi'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    child.stderr.on('data', (chunk) => (text += chunk))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code)
    expect(text).toMatch(err)
  })
})
