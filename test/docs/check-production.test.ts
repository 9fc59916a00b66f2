import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { startCommand } from '../support/command.ts'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const page = readFileSync(`${root}docs/how-to/check-production.md`, 'utf8')
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block)
const [
  settings = '',
  plan = '',
  read = '',
  write = '',
  resume = '',
  cleanUp = '',
  explore = '',
  serve = '',
  night = '',
] = blocks('sh')

const MOCK = `'${process.execPath}' '${root}dist/cli/main.js'`

describe('the guide to checking the real endpoint, followed word by word against a mock', () => {
  slowJudge(
    'ends each step as it says',
    async () => {
      const { url } = await startCommand(['serve', '--port', '0'])
      const cwd = temporaryFolder()
      writeFileSync(join(cwd, 'koodrive.env'), blocks('ini')[0] ?? '')
      const sh = (block: string) => {
        const text = `set -e\n${settings}${block}`
          .replaceAll('https://koodrive.example.com', url)
          .replaceAll('koodrive.example.com', new URL(url).hostname)
          .replaceAll('npx koodrive-mock', MOCK)
        const { status, stdout } = spawnSync('sh', ['-c', text], { cwd, encoding: 'utf8' })
        return { status, stdout }
      }
      const json = (file: string) => JSON.parse(readFileSync(join(cwd, file), 'utf8'))

      expect(sh(plan)).toEqual({
        status: 0,
        stdout: expect.stringMatching(/^Plan for .*, read-only: \d+ to \d+ requests/),
      })
      expect(existsSync(join(cwd, 'today.json'))).toBe(false)

      expect(sh(read).status).toBe(0)
      expect(json('today.json')).toMatchObject({
        outcome: 'conforms',
        allowWrites: false,
        headline: expect.stringMatching(/the \d+ others need an authorization code and --allow-writes/),
      })
      expect(readFileSync(join(cwd, 'today.html'), 'utf8')).toMatch(/^<!doctype html>/i)

      expect(sh(write).status).toBe(0)
      // 15 need the code of a sign-in; the others have nothing to judge by in this organisation.
      expect(json('with-writes.json').summary.skip).toBeLessThan(35)
      expect(readFileSync(join(cwd, 'created.jsonl'), 'utf8')).toContain('"phones":["00999')

      const wrong = /^(\d+) of them carry a signature, date or token that is wrong on purpose/m.exec(sh(plan).stdout)
      expect(Number(wrong?.[1])).toBeGreaterThan(15)
      expect(Number(wrong?.[1])).toBeLessThan(30)

      const runsOf = (ledger: string) => {
        const lines = readFileSync(join(cwd, ledger), 'utf8').split('\n').filter(Boolean)
        return [...new Set(lines.map((line) => JSON.parse(line).run))]
      }
      const [ended] = runsOf('created.jsonl')
      expect(sh(resume).status).toBe(0)
      expect(runsOf('created.jsonl')).toEqual([ended, expect.stringMatching(/^kdc\d{7}$/)])

      const on = (ledger: string, block: string) => sh(block.replaceAll('created.jsonl', ledger))
      const isStopped = write.replace('--allow-writes', '--allow-writes --max-requests 250')
      expect(on('interrupted.jsonl', isStopped).status).toBe(4)
      const [stopped] = runsOf('interrupted.jsonl')
      expect(on('interrupted.jsonl', resume).status).toBe(0)
      expect(runsOf('interrupted.jsonl')).toEqual([stopped])
      expect(on('left.jsonl', isStopped).status).toBe(4)
      expect(on('left.jsonl', cleanUp)).toEqual({
        status: 0,
        stdout: expect.stringMatching(/user \d{19}[\s\S]*department \d{19}[\s\S]*deleted/),
      })
      expect(on('left.jsonl', cleanUp).stdout).toBe('Nothing is left of the runs of the ledger.\n'.repeat(2))

      expect(sh(explore)).toEqual({
        status: 0,
        stdout: expect.stringMatching(/: no difference in \d+ sequences, \d+ requests, seed \d+\n$/),
      })

      const taught = await startCommand(['serve', '--port', '0', '--readings', join(cwd, 'dialect.json')])
      expect(serve).toContain('serve --readings dialect.json')
      expect(taught.url).toMatch(/^http:/)

      // The runs that wrote have left ended tasks in the list: more can be judged, and nothing else has changed.
      const { status, stdout } = sh(night)
      const changes = stdout.split('\n').filter((line) => /^(?:check|reading)/.test(line))
      expect([status, changes.filter((line) => !/: skip -> pass$|: undetermined -> /.test(line))]).toEqual([1, []])
      expect(changes.length).toBeGreaterThan(0)
      renameSync(join(cwd, 'new.json'), join(cwd, 'today.json'))
      expect(sh(night).status).toBe(0)
      expect(readFileSync(join(cwd, 'contract.xml'), 'utf8')).toContain('<testsuites')
    },
    5,
  )
})
