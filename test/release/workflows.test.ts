import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { builtClone } from '../support/built-clone.ts'
import { freePort } from '../support/free-port.ts'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, { readonly permissions: unknown; readonly steps: readonly Step[] }>>
}

const folder = `${root}.github/workflows/`
const workflows = readdirSync(folder).map(
  (file) => [file, parse(readFileSync(folder + file, 'utf8')) as Workflow] as const,
)
const jobs = workflows.flatMap(([file, { jobs }]) => Object.entries(jobs).map(([id, job]) => [file, id, job] as const))

/** What the runner of GitHub would put in place of an expression. */
const expressions: Readonly<Record<string, string>> = {
  'secrets.GITHUB_TOKEN': 'the-token',
  'github.actor': 'somebody',
}

/** Programs that change the world, or take minutes: each writes down how it was called. */
const RECORDED = ['docker', 'gh', 'npm', 'npx', 'sudo']
/** Carries out the steps of a job in a clone, as the runner does, and gives the recorded calls. */
async function carryOut(steps: readonly Step[], cwd: string): Promise<string[]> {
  const bin = join(cwd, '.recorded')
  const log = join(bin, 'calls')
  mkdirSync(bin, { recursive: true })
  writeFileSync(log, '')
  for (const name of RECORDED) {
    const tarball = name === 'npm' ? 'case "$1" in pack) : >koodrive-mock-9.8.7.tgz;; esac\n' : ''
    // A password is read, as the real one does: whoever writes it would be ended otherwise.
    const reads = `case "$*" in *--password-stdin*) cat >/dev/null ;; esac\n`
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} "$@" >>'${log}'\n${reads}${tarball}`)
    chmodSync(join(bin, name), 0o755)
  }
  for (const { run: script, env = {} } of steps) {
    if (script === undefined) continue
    const own = Object.entries(env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression) => expressions[expression] ?? `no ${expression}`),
    ])
    const runner = { GITHUB_REF_NAME: 'v9.8.7', GITHUB_REPOSITORY: 'Somebody/Koodrive-Mock' }
    const port = 'KOODRIVE_MOCK_PORT' in env ? { KOODRIVE_MOCK_PORT: String(await freePort()) } : {}
    const wrapped = `trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${script}`
    await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', wrapped], {
      cwd,
      env: { ...runner, ...Object.fromEntries(own), ...port, PATH: `${bin}:${process.env['PATH']}` },
    })
  }
  return readFileSync(log, 'utf8').trim().split('\n')
}

/** A clone in which 9.8.7 is prepared, and the placeholders of the owner are filled in. */
function prepared(parent: string): string {
  const cwd = builtClone(parent)
  const change = (file: string, of: RegExp, by: string) =>
    writeFileSync(join(cwd, file), readFileSync(join(cwd, file), 'utf8').replace(of, by))
  change('package.json', /"version": "[^"]+"/, '"version": "9.8.7"')
  change('package.json', /OWNER/g, 'somebody')
  change('src/spec/version.ts', /'[^']+'/, "'9.8.7'")
  change('CHANGELOG.md', /^## \[Unreleased\]\n/m, '## [9.8.7] - 2030-01-31\n\n### Added\n\n- The end of the tests.\n')
  writeFileSync(join(cwd, 'docs/releases/9.8.7.txt'), '')
  return cwd
}

describe('the workflows of GitHub', () => {
  judge('are found right by actionlint, their scripts by shellcheck', 'actionlint', async (program) => {
    expect(await run(program, [])).toBe('')
  })

  judge('are found safe by zizmor', 'zizmor', async (program) => {
    expect(await run(program, ['--offline', '--no-progress', '.'])).toContain('No findings to report')
  })

  it('use actions of GitHub alone, each at a commit', () => {
    const used = jobs.flatMap(([, , { steps }]) => steps.flatMap(({ uses }) => uses ?? []))
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^(?:actions|github)\/[\w/-]+@[0-9a-f]{40}$/)
  })

  it('have no right that a job does not name', () => {
    for (const [file, { permissions }] of workflows) expect([file, permissions]).toEqual([file, {}])
    for (const [file, id, { permissions }] of jobs)
      expect([file, id, permissions]).toEqual([file, id, expect.anything()])
  })
})

/** What each job calls beside what it runs for real. */
const calls: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'ci.yml suite': ['npm ci', 'npm test'],
  'ci.yml windows': ['npm ci', 'npx vitest run test/signing test/spec test/world'],
  'ci.yml everything': ['sudo --preserve-env=PATH .ci/run'],
  'codeql.yml analyse': [''],
  'docs.yml build': ['npx --yes vitepress@1.6.4 build docs'],
  'docs.yml deploy': [''],
  'release.yml check': ['npm ci', 'npm test'],
  'release.yml npm': ['npm ci', 'npm publish --provenance --access public --tag latest'],
  'release.yml image': [
    'docker login ghcr.io --username somebody --password-stdin',
    'docker buildx create --use',
    /^docker buildx build --platform linux\/amd64,linux\/arm64 .*VERSION=9\.8\.7 .*--tag ghcr\.io\/somebody\/koodrive-mock:latest --push \.$/,
  ],
  'release.yml github': [
    'npm ci',
    'npm pack --ignore-scripts',
    'gh release create v9.8.7 --verify-tag --title v9.8.7 --notes-file notes.md koodrive-mock-9.8.7.tgz dist/bundled.cdx.json',
  ],
}

describe('every step of a workflow that is not of GitHub', { timeout: 60_000 }, () => {
  let parent = ''
  let cwd = ''
  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
    cwd = prepared(parent)
  })
  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  it.each(jobs)('runs: %s %s', async (file, id, { steps }) => {
    const expected = calls[`${file} ${id}`] ?? []
    const called = await carryOut(steps, cwd)
    expect(called).toEqual(expected.map((call) => (typeof call === 'string' ? call : expect.stringMatching(call))))
    if (id === 'github')
      expect(readFileSync(join(cwd, 'notes.md'), 'utf8')).toMatch(/^### Added\n\n- The end of the tests\./)
  })
})

describe('the forms for issues', () => {
  const forms = `${root}.github/ISSUE_TEMPLATE/`
  const formOf = (name: string) => parse(readFileSync(`${forms}${name}.yml`, 'utf8'))
  const names = readdirSync(forms).map((file) => file.replace('.yml', ''))

  it.each(names.filter((name) => name !== 'config'))('are what GitHub takes: %s', (name) => {
    const { name: title, description, body } = formOf(name)
    expect([title, description]).toEqual([expect.any(String), expect.any(String)])
    const ids = body.flatMap(({ id }: { id?: string }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type, attributes, id } of body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type)
      if (type === 'markdown') expect(attributes.value).toEqual(expect.any(String))
      else expect([id, attributes.label]).toEqual([expect.stringMatching(/^[\w-]+$/), expect.any(String)])
    }
  })

  it('ask for what a diagnosis and a deviation can be judged by', () => {
    const required = (name: string) =>
      formOf(name).body.flatMap((field: { id: string; validations?: { required: boolean } }) =>
        field.validations?.required ? field.id : [],
      )
    expect(required('wrong-diagnosis')).toEqual(
      expect.arrayContaining(['request', 'headers', 'canonical', 'diagnosis']),
    )
    expect(required('deviation')).toContain('report')
  })
})
