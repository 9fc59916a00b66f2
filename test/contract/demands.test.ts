import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { type ContractReport, runContract, toJunit, toPretty } from '../../src/contract/index.ts'
import { mockRun, runAgainstMock } from '../support/contract.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const firstLine = (report: ContractReport): string => toPretty(report).split('\n', 1)[0] ?? ''

describe('the headline', () => {
  it('tells what a read-only run without signature credentials has not checked, and the run passes', async () => {
    const told = mockRun()
    const { accessToken, appAccessToken } = told.credentials
    const options = { ...told, allowWrites: false, credentials: { accessToken, appAccessToken } }
    const report = await runContract(options).report()
    const ran = report.summary.checks - report.summary.skip
    expect(report.exitCode).toBe(0)
    expect(firstLine(report)).toBe(
      `${report.target}: ${ran} of ${report.summary.checks} checks ran, no violation; the rest needs signature credentials, an authorization code and --allow-writes`,
    )
    expect(toPretty(report)).not.toContain('keeps to the documents')
  })

  it('counts violations and says that all ran when all did', async () => {
    const report = await runAgainstMock({ mutant: 'list-users.offset-ignored' }, { only: ['list-users.pages-join'] })
    expect(report.headline).toBe('all 1 checks ran, 1 violation')
  })
})

describe('a run that demands more than no violation', () => {
  const quiet = { only: ['list-users.answers', 'authentication.signature.absent-signed-header'] }
  const lenient = { mutant: 'signature.listed-header-absent-accepted' }

  it('passes with a notice, and fails with strict', async () => {
    expect(await runAgainstMock(lenient, quiet)).toMatchObject({ outcome: 'conforms', exitCode: 0 })
    const strict = await runAgainstMock(lenient, { ...quiet, strict: true })
    expect(strict).toMatchObject({ outcome: 'notices', exitCode: 1, summary: { notice: 1 } })
    expect(strict.demanded).toContain('authentication.signature.absent-signed-header')
    expect(toJunit(strict)).toContain('failures="1"')
  })

  it('fails on a skip when it may not skip, and names what is required', async () => {
    const { credentials } = mockRun()
    const { accessToken } = credentials
    const readOnly = { ...quiet, allowWrites: false, credentials: { accessToken } }
    expect((await runAgainstMock({}, readOnly)).exitCode).toBe(0)
    expect(await runAgainstMock({}, { ...readOnly, failOnSkip: true })).toMatchObject({
      outcome: 'not-run',
      exitCode: 1,
    })
    const required = await runAgainstMock({}, { ...readOnly, require: ['authentication'] })
    expect(required.demanded).toMatch(/^1 required checks did not run: .*absent-signed-header \(KOODRIVE_APP_ID/)
    expect((await runAgainstMock({}, { ...readOnly, require: ['list-users.answers'] })).exitCode).toBe(0)
  })

  it('refuses a required check that does not exist', () => {
    expect(() => runContract({ ...mockRun(), require: ['nothing'] })).toThrow(/no check has the id or tag "nothing"/)
  })
})

describe('a baseline', () => {
  const only = ['list-users.pages-join', 'list-users.last-page']

  it('lets known violations pass, fails on new ones, and says which are gone', async () => {
    const baseline = ['list-users.pages-join']
    const known = await runAgainstMock({ mutant: 'list-users.offset-ignored' }, { only: baseline, baseline })
    expect(known).toMatchObject({ outcome: 'conforms', exitCode: 0, summary: { violation: 0, known: 1 }, gone: [] })
    expect(known.headline).toBe('all 1 checks ran, no violation and 1 known from the baseline')
    expect(toJunit(known)).toContain('failures="0"')
    const worse = await runAgainstMock({ mutant: 'list-users.offset-ignored' }, { only, baseline })
    expect(worse.summary).toMatchObject({ violation: 1, known: 1 })
    expect(worse.exitCode).toBe(1)
    const mended = await runAgainstMock({}, { only, baseline })
    expect(mended).toMatchObject({ exitCode: 0, gone: baseline })
    expect(toPretty(mended)).toContain('gone since the baseline: list-users.pages-join')
  })
})

describe('the command line', () => {
  it.each([
    [['--baseline', '/nowhere.json'], '/nowhere.json cannot be read: ENOENT.'],
    [['--resume'], '--resume needs --allow-writes and a ledger.'],
    [
      ['--allow-writes', '--resume', '--ledger', '/nowhere.jsonl'],
      'the ledger /nowhere.jsonl cannot be read (ENOENT).',
    ],
    [['--ca', '/nowhere.pem'], '--ca /nowhere.pem cannot be read: ENOENT.'],
    [['--require', 'nothing'], 'no check has the id or tag "nothing".'],
  ])('refuses %j in one line that says why', async (args, message) => {
    const result = { out: '', err: '' }
    const streams = {
      out: (text: string) => {
        result.out += text
      },
      err: (text: string) => {
        result.err += text
      },
    }
    expect(await run(['contract', '--target', 'http://127.0.0.1:1', ...args], streams)).toBe(2)
    expect(result.err).toContain(message)
    expect(result.out).toBe('')
  })

  it('refuses a file with credentials that others can read', async () => {
    const file = join(temporaryFolder(), 'koodrive.env')
    writeFileSync(file, 'KOODRIVE_ACCESS_TOKEN=t\n', { mode: 0o644 })
    process.env['KOODRIVE_CREDENTIALS_FILE'] = file
    try {
      const err: string[] = []
      const streams = { out: () => undefined, err: (text: string) => err.push(text) }
      for (const command of [
        ['contract', '--plan', '--target', 'http://127.0.0.1:1'],
        ['sign', 'GET', 'http://a/b'],
      ]) {
        expect(await run(command, streams as never)).toBe(2)
      }
      expect(err.join('')).toContain(`chmod 600 ${file}`)
    } finally {
      delete process.env['KOODRIVE_CREDENTIALS_FILE']
    }
  })
})
