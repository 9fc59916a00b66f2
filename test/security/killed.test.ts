import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ledgerEntries } from '../../src/contract/ledger.ts'
import { createMock } from '../../src/index.ts'
import { RecordingError } from '../../src/proxy/recording.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const list = '/koodrive/ose/v1/userList?offset=0&limit=1'
const credentials = {
  KOODRIVE_APP_ID: '0123456789abcdef'.repeat(4),
  KOODRIVE_APP_SECRET: 'koodrive-mock-app-secret',
  KOODRIVE_USER_ID: '1505084218764547200',
  KOODRIVE_ACCESS_TOKEN: 'mock-admin-token',
}
const environment = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', NODE_DISABLE_COMPILE_CACHE: '1', ...credentials }

async function service() {
  const mock = createMock()
  onTestFinished(() => mock.close())
  const { url } = await mock.listen({ port: 0 })
  return { mock, url }
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
  /** Calls that it answered, when it is a server. */
  readonly answered: number
}

/** Runs the command line of the build; calls it while it serves, and ends it after some answers. */
function run(command: string, before: readonly string[], args: readonly string[], env = {}): Promise<Ended> {
  const child = spawn(command, [...before, `${root}dist/cli/main.js`, ...args], { env: { ...environment, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [output, answered, isCalled] = ['', 0, false]
  const call = async (url: string): Promise<void> => {
    for (let n = 0; n < 3; n += 1) {
      const isAnswered = await fetch(url + list).then(
        async (answer) => (await answer.text()) !== '' && answer.status === 200,
        () => false,
      )
      if (isAnswered) answered += 1
    }
    child.kill('SIGTERM')
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
      const url = /ready on (http:\/\/\S+)\n/.exec(output)?.[1]
      if (url !== undefined && !isCalled) void call(url)
      isCalled ||= url !== undefined
    })
  }
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output, answered })))
}

/** Runs something again and again, killed at its first, second, … change of a file, until it comes to its end. */
async function killedAtEach(args: readonly string[], look: (ended: Ended) => void, env = {}): Promise<number> {
  for (let at = 1; at < 60; at += 1) {
    const probe = ['--import', `${root}test/support/die-at-write.mjs`]
    const ended = await run(process.execPath, probe, args, { DIE_AT: String(at), ...env })
    look(ended)
    if (ended.signal !== 'SIGKILL') return at - 1
    expect(ended.output).toContain('killed at ')
  }
  return expect.unreachable()
}

describe('whoever is killed at any change of a file leaves whole files', () => {
  slowJudge('a recording holds every exchange that was answered', async () => {
    const { url } = await service()
    const file = join(temporaryFolder(), 'run.har')
    const args = ['proxy', '--target', url, '--port', '0', '--re-sign', '--log-level', 'silent', '--har', file]
    const kills = await killedAtEach(args, ({ answered }) => {
      // Killed before its first write, there is no file: nothing to be read wrongly.
      const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
      if (text === '') expect(answered).toBe(0)
      else expect(JSON.parse(text).log.entries.length).toBeGreaterThanOrEqual(answered)
    })
    expect(kills).toBeGreaterThan(5)
  })

  slowJudge('a ledger holds every call that was made', async () => {
    const { mock, url } = await service()
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const check = 'create-batch-provisioning-task.new-id'
    const args = ['contract', '--target', url, '--allow-writes', '--ledger', ledger, '--only', check]
    const kills = await killedAtEach(args, () => {
      const text = existsSync(ledger) ? readFileSync(ledger, 'utf8') : ''
      const lines = text.split('\n')
      expect(lines.pop()).toBe('')
      const announced = lines.map((line) => JSON.parse(line) as { answer?: unknown }).filter(({ answer }) => !answer)
      const made = mock.defaultSandbox.journal
        .list()
        .filter(({ operation, status }) => operation === 'createBatchProvisioningTask' && status === 200)
      expect(announced.length).toBeGreaterThanOrEqual(made.length)
    })
    expect(kills).toBeGreaterThan(3)
  })

  slowJudge('half a line of a ledger is no entry, and every call that was made is one', async () => {
    const { mock, url } = await service()
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const check = 'create-batch-provisioning-task.new-id'
    const args = ['contract', '--target', url, '--allow-writes', '--ledger', ledger, '--only', check]
    let halves = 0
    await killedAtEach(
      args,
      () => {
        const text = existsSync(ledger) ? readFileSync(ledger, 'utf8') : ''
        if (text !== '' && !text.endsWith('\n')) halves += 1
        const announced = text === '' ? [] : ledgerEntries(ledger, url).filter(({ answer }) => answer === undefined)
        const made = mock.defaultSandbox.journal
          .list()
          .filter(({ operation, status }) => operation === 'createBatchProvisioningTask' && status === 200)
        expect(announced.length).toBeGreaterThanOrEqual(made.length)
      },
      { DIE_HALF: '1' },
    )
    expect(halves).toBeGreaterThan(1)
  })

  slowJudge('half an exchange of a recording makes it no archive, and that is said', async () => {
    const { url } = await service()
    const file = join(temporaryFolder(), 'run.har')
    const args = ['proxy', '--target', url, '--port', '0', '--re-sign', '--log-level', 'silent', '--har', file]
    let halves = 0
    await killedAtEach(
      args,
      ({ answered }) => {
        // Killed before its first write, there is no file.
        if (!existsSync(file)) return expect(answered).toBe(0)
        const text = readFileSync(file, 'utf8')
        try {
          const { entries } = JSON.parse(text).log
          expect(entries.length).toBeGreaterThanOrEqual(answered)
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error
          halves += 1
          expect(() => createReplay(text)).toThrow(RecordingError)
        }
      },
      { DIE_HALF: '1' },
    )
    expect(halves).toBeGreaterThan(1)
  })

  slowJudge('a file that was there is the old one or the new one', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'openapi.json')
    writeFileSync(file, '"old"')
    const seen: number[] = []
    const kills = await killedAtEach(['openapi', '--out', file], () => {
      seen.push(JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))).length)
    })
    expect(kills).toBeGreaterThan(2)
    expect(new Set(seen).size).toBe(2)
    expect(readdirSync(folder).filter((name) => !name.startsWith('openapi.json'))).toEqual([])
  })
})

/** Whether this machine lets us mount a folder read-only, for one process. */
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0

describe.skipIf(!canMount)('a disk that takes no writes is a clear failure before anything is sent', () => {
  it.each<[string, number, (file: string, url: string) => string[]]>([
    ['a recording', 2, (file, url) => ['proxy', '--target', url, '--port', '0', '--har', file]],
    ['a ledger', 2, (file, url) => ['contract', '--target', url, '--allow-writes', '--ledger', file]],
    ['a report', 2, (file, url) => ['contract', '--target', url, '--reporter', `html=${file}`]],
    ['readings', 2, (file, url) => ['contract', '--target', url, '--readings-out', file]],
    ['the description', 1, (file) => ['openapi', '--out', file]],
    ['a collection', 1, (file) => ['export', 'postman', '--out', dirname(file)]],
    ['a scenario', 1, (file) => ['scenarios', 'duplicates', '--out', file]],
    ['a certificate', 2, (file) => ['serve', '--port', '0', '--tls', '--tls-ca-out', file]],
  ])('%s', async (_, code, argsFor) => {
    const { url, mock } = await service()
    const folder = temporaryFolder()
    const script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    const before = ['-m', 'sh', '-c', script, 'sh', folder, process.execPath]
    const ended = await run('unshare', before, argsFor(join(folder, 'out'), url))
    expect(ended.output).toMatch(/^koodrive-mock: .*cannot be written.*EROFS.*\n$/)
    expect(ended.code).toBe(code)
    expect(mock.defaultSandbox.journal.list()).toEqual([])
  })
})
