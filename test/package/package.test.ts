import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge, run, slowJudge } from '../support/judge.ts'
import { serve, whenGone } from '../support/served.ts'
import { root } from '../support/source-files.ts'

let folder = ''
let tarball = ''
let files: readonly string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-package-'))
  // The build is there already; running it again would pull dist/ from under other tests.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root, stdio: 'pipe' })
  tarball = join(folder, readdirSync(folder)[0] ?? '')
  files = (await run('tar', ['-tzf', tarball])).trim().split('\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('holds the build and what users read, and nothing else', () => {
    const top = new Set(files.map((file) => file.replace(/^package\//, '').replace(/^(dist|examples)\/.*/, '$1')))
    expect([...top].sort()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        'dist',
        'examples',
        'llms.txt',
        'openapi.json',
        'package.json',
        'scenario.schema.json',
      ].sort(),
    )
  })

  it('declares of the server what users of the library name, and nothing of its inside', () => {
    const parts = files.flatMap((file) => /^package\/dist\/server\/([^/.]+).*\.d\.c?ts$/.exec(file)?.[1] ?? [])
    expect([...new Set(parts)].sort()).toEqual(['listening', 'sandboxes', 'snapshots'])
  })

  it('brings every example that the page of the examples leads to', () => {
    const page = readFileSync(`${root}examples/README.md`, 'utf8')
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => `package/examples/${link}`)
    expect(links.length).toBeGreaterThan(0)
    expect(files).toEqual(expect.arrayContaining(links))
  })

  slowJudge(
    'installs into an empty folder, starts, and the curl line it prints answers 200',
    async () => {
      const project = join(folder, 'project')
      execFileSync('mkdir', [project])
      writeFileSync(join(project, 'package.json'), '{"private": true}')
      const cwd = project
      await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd })
      const bin = join(project, 'node_modules/.bin/koodrive-mock')
      const mock = await serve(['--port', '0', '--log-level', 'info'], bin, { cwd })
      try {
        const curl = /^\s*(curl .*)$/m.exec(mock.banner)?.[1] ?? 'no curl line'
        const answer = await run('sh', ['-c', `${curl} -w '\n%{http_code}'`])
        expect(answer.trim().split('\n').at(-1)).toBe('200')
        expect(JSON.parse(answer.slice(0, answer.lastIndexOf('\n')))).toMatchObject({ code: 0, total: 200 })
      } finally {
        await mock.stop()
      }
      const program = [
        "import { createMock } from 'koodrive-mock'",
        "import { formatXDate } from 'koodrive-mock/signing'",
        "import document from 'koodrive-mock/openapi.json' with { type: 'json' }",
        'const { credentials, fetch } = createMock({ now: 0 })',
        "const headers = { Authorization: 'Bearer ' + credentials.tokens.admin }",
        "const url = 'http://mock/koodrive/ose/v1/userList?offset=0&limit=1'",
        'const { status } = await fetch(new Request(url, { headers }))',
        'console.log(status, formatXDate(0), document.openapi)',
      ]
      writeFileSync(join(project, 'use.mjs'), program.join('\n'))
      expect(await run(process.execPath, ['--no-warnings', 'use.mjs'], { cwd })).toBe('200 19700101T000000Z 3.1.0\n')
    },
    3,
  )

  slowJudge('starts by npx, as the README says, and ends with it', async () => {
    const mock = await serve(['--no-install', 'koodrive-mock', '--port', '0'], 'npx', { cwd: join(folder, 'project') })
    await mock.stop()
    await whenGone(mock.url)
  })

  it('brings a working openapi.json of the version it has', () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    expect(JSON.parse(readFileSync(`${root}openapi.json`, 'utf8')).info.version).toBe(version)
  })

  judge('has no complaint of publint, suggestions included', 'publint', async (publint) => {
    expect(await run(publint, ['run', '--strict', tarball])).toContain('All good!')
  })

  judge('resolves with types for every importer, by arethetypeswrong', 'attw', async (attw) => {
    await run(attw, [tarball, '--exclude-entrypoints', 'openapi.json', 'package.json', 'vitest', '--no-color'])
    // Vitest itself cannot be required.
    await run(attw, [tarball, '--entrypoints', 'vitest', '--profile', 'esm-only', '--no-color'])
  })
})
