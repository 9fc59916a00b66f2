import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { version } from '../../src/spec/version.ts'
import { freePort } from '../support/free-port.ts'
import { judge, run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { howTo, type Step, stepsOf } from '../support/page.ts'
import { serve } from '../support/served.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The guide docs/how-to/ci.md: files for three CI services. */
const guide = howTo('ci')
const files = new Map(
  stepsOf(guide).flatMap((step: Step): [string, string][] => ('path' in step ? [[step.path, step.text]] : [])),
)
const fileOf = (path: string): string => files.get(path) ?? ''
const tarball = packed()

/** A project with the package in its lock file, and nothing installed yet: a pipeline installs what it needs. */
async function project(): Promise<string> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"private": true, "scripts": {"test": "node test.mjs"}}')
  const options = ['--save-dev', '--offline', '--no-audit', '--no-fund', '--ignore-scripts']
  await run('npm', ['install', ...options, `koodrive-mock@${tarball()}`], { cwd: folder, env: plain })
  rmSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(
    join(folder, 'test.mjs'),
    `const target = process.env.KOODRIVE_TARGET
     const url = target + '/koodrive/ose/v1/userList?offset=0&limit=1'
     const response = await fetch(url, { headers: { Authorization: 'Bearer mock-admin-token' } })
     const { status } = await fetch(target + '/__admin/sandboxes')
     console.log('users:', (await response.json()).total, 'control without token:', status)`,
  )
  return folder
}

/** npm without what it hands down from the run of these tests. */
const plain = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_/i.test(name))
    .map((name) => [name, undefined]),
)

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly runs: { readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[] }
}

/** Carries out a composite action as the runner does: inputs into the environment, then its step in bash. */
async function use(name: string, inputs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv, cwd: string) {
  const action = parse(readFileSync(`${root}actions/${name}/action.yml`, 'utf8')) as Action
  const values = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([id, one]) => [id, one.default])),
    ...inputs,
  }
  const [step] = action.runs.steps
  const own = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([key, text]) => [
      key,
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, id) => values[id] ?? ''),
    ]),
  )
  const output = join(cwd, `${name}.output`)
  writeFileSync(output, '')
  const runner = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'), RUNNER_TEMP: cwd }
  const printed = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 1'], {
    cwd,
    env: { ...env, ...own, ...runner },
  })
  const outputs = Object.fromEntries(
    readFileSync(output, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s) as [string, string]),
  )
  return { printed, outputs: outputs as Readonly<Record<string, string>> }
}

describe('the actions of GitHub', () => {
  const fromTarball = () => ({ package: tarball() })

  slowJudge('start the mock with the settings of the environment, and check it', async () => {
    const folder = temporaryFolder()
    const started = await use('start', { ...fromTarball(), port: '0' }, { KOODRIVE_MOCK_USERS: '7' }, folder)
    const { url = '', log = '', pid = '' } = started.outputs
    expect(started.printed).toContain(`koodrive-mock ready on ${url}`)
    try {
      const headers = { Authorization: 'Bearer mock-admin-token' }
      const users = await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers })
      expect(await users.json()).toMatchObject({ total: 7 })
      const secrets = { KOODRIVE_ACCESS_TOKEN: 'mock-admin-token' }
      const checked = await use('contract', { ...fromTarball(), target: url, report: 'report.xml' }, secrets, folder)
      expect(checked.printed).not.toContain('::error')
      expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toMatch(/<testsuites[^>]* failures="0"/)
      expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('KooDrive contract: conforms')
      expect(readFileSync(log, 'utf8')).toContain('listUsers')
    } finally {
      process.kill(Number(pid), 'SIGTERM')
    }
  })

  slowJudge('say what is wrong when the mock does not start', async () => {
    const started = use('start', { ...fromTarball(), scenario: 'duplicate' }, {}, temporaryFolder())
    await expect(started).rejects.toThrow(/Did you mean "duplicates"\?[\s\S]*::error title=koodrive-mock::/)
  })

  judge('are used as they may be by the workflow of the guide, by actionlint', 'actionlint', async (actionlint) => {
    const folder = temporaryFolder()
    const path = '.github/workflows/test.yml'
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    mkdirSync(join(folder, '.git'))
    cpSync(`${root}actions`, join(folder, 'actions'), { recursive: true })
    writeFileSync(join(folder, path), fileOf(path))
    expect(await run(actionlint, ['-shellcheck=', '-pyflakes='], { cwd: folder })).toBe('')
  })
})

interface WorkflowStep {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

const asText = (values: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))

describe('the pipelines of the guide, each followed word by word', { timeout: 240_000 }, () => {
  slowJudge('GitHub: installs, starts the mock, tests and checks it, all but what needs a sign-in', async () => {
    const { test: job } = (parse(fileOf('.github/workflows/test.yml')) as { jobs: Record<string, never> })
      .jobs as never as {
      test: { env: Record<string, string>; steps: WorkflowStep[] }
    }
    const cwd = await project()
    const outputs = new Map<string, Readonly<Record<string, string>>>()
    const filled = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
      Object.fromEntries(
        Object.entries(values).map(([key, text]) => [
          key,
          String(text).replace(
            /\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}/g,
            (_, id, name) => outputs.get(id)?.[name] ?? '',
          ),
        ]),
      )
    let printed = ''
    try {
      for (const step of job.steps) {
        const env = { ...plain, ...asText(job.env), ...filled(step.env) }
        if (step.run !== undefined) printed += await run('bash', ['-e', '-c', step.run], { cwd, env })
        const [, action] = /^\.\/actions\/(\w+)$/.exec(step.uses ?? '') ?? []
        if (action === undefined) continue
        const done = await use(action, filled(step.with), env, cwd)
        printed += done.printed
        if (step.id !== undefined) outputs.set(step.id, done.outputs)
      }
    } finally {
      const pid = Number(outputs.get('mock')?.['pid'])
      if (pid > 0) process.kill(pid, 'SIGTERM')
    }
    expect(printed).toContain('users: 50 control without token: 401')
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(
      /\d+ of \d+ checks ran, no violation; the 15 others need an authorization code; \d+ had nothing to judge by/,
    )
  })

  slowJudge('GitLab: installs, waits for the service, tests and checks it', async () => {
    const { test: job } = parse(fileOf('.gitlab-ci.yml'))
    expect(job.variables.KOODRIVE_TARGET).toBe(`http://${job.services[0].alias}:4010`)
    expect(job.services[0].name).toMatch(new RegExp(`:${version}$`))
    const env = { ...plain, ...asText(job.variables) }
    const service = await serve(['--port', '0', '--users', '9'], undefined, { env: { ...process.env, ...env } })
    try {
      const cwd = await project()
      const told = { ...env, KOODRIVE_TARGET: service.url }
      const printed = await run('bash', ['-e', '-c', (job.script as string[]).join('\n')], { cwd, env: told })
      expect(printed).toContain('users: 9 control without token: 401')
      expect(printed).toMatch(/needs? --allow-writes/)
      expect(readFileSync(join(cwd, job.artifacts.reports.junit), 'utf8')).toMatch(/<testsuites[^>]* failures="0"/)
    } finally {
      await service.stop()
    }
  })

  slowJudge('Jenkins: installs, starts the mock, tests, checks and ends it', async () => {
    const pipeline = fileOf('Jenkinsfile')
    const commands = [...pipeline.matchAll(/^ +sh '(.*)'$/gm)].map(([, command = '']) => command)
    const given = Object.fromEntries(
      [...pipeline.matchAll(/^ +(KOODRIVE_\w+) = '(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
    )
    expect(commands).toHaveLength(6)
    const port = String(await freePort())
    const env = { ...plain, ...given, KOODRIVE_MOCK_PORT: port, KOODRIVE_TARGET: `http://127.0.0.1:${port}` }
    const cwd = await project()
    let printed = ''
    for (const command of commands) printed += await run('sh', ['-xe', '-c', command], { cwd, env })
    expect(printed).toContain('users: 200 control without token: 401')
    expect(readFileSync(join(cwd, 'koodrive-mock.log'), 'utf8')).toContain('koodrive-mock ready on')
    expect(readFileSync(join(cwd, 'contract.xml'), 'utf8')).toMatch(/<testsuites[^>]* failures="0"/)
  })

  it('names the version of today wherever it names one', () => {
    const named = [...files.values(), guide].flatMap((text) => text.match(/koodrive-mock[@:]v?[\d.]+\d/g) ?? [])
    expect(named.length).toBeGreaterThan(3)
    for (const one of named) expect(one).toMatch(new RegExp(`[@:]${version}$`))
  })
})

describe('every setting that a file of the guide or of an action makes', () => {
  it('is a flag of serve, or a variable of the contract suite', async () => {
    const help = await run(process.execPath, [`${root}dist/cli/main.js`, 'serve', '--help'])
    const kit = await run(process.execPath, [`${root}dist/cli/main.js`, 'contract', '--help'])
    const texts = [
      ...files.values(),
      ...['start', 'contract'].map((name) => readFileSync(`${root}actions/${name}/action.yml`, 'utf8')),
      ...['compose', 'kubernetes'].map((name) => readFileSync(`${root}deploy/${name}.yaml`, 'utf8')),
    ]
    const names = new Set(texts.flatMap((text) => text.match(/\bKOODRIVE_[A-Z_]+/g) ?? []))
    for (const name of names) expect(help + kit, name).toContain(name)
  })
})
