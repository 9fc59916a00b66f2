import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { freePort } from '../support/free-port.ts'
import { judge, run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { fromHere, howTo, type Step, stepsOf } from '../support/page.ts'
import { type Served, serve } from '../support/served.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The guide docs/how-to/ci.md: files for three CI services. */
const guide = howTo('ci')
const files = new Map(
  stepsOf(guide).flatMap((step: Step): [string, string][] => ('path' in step ? [[step.path, step.text]] : [])),
)
const fileOf = (path: string): string => files.get(path) ?? ''
const tarball = packed()

/** A project whose test asks the mock for its users. */
async function project(): Promise<string> {
  const folder = temporaryFolder()
  await fromHere(tarball())(folder, ['koodrive-mock'])
  writeFileSync(join(folder, 'package.json'), '{"private": true, "scripts": {"test": "node test.mjs"}}')
  writeFileSync(
    join(folder, 'test.mjs'),
    `const target = process.env.KOODRIVE_TARGET ?? 'http://127.0.0.1:' + process.env.KOODRIVE_MOCK_PORT
     const url = target + '/koodrive/ose/v1/userList?offset=0&limit=1'
     const response = await fetch(url, { headers: { Authorization: 'Bearer mock-admin-token' } })
     console.log('users:', (await response.json()).total)`,
  )
  return folder
}

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

describe('with a mock beside the job', () => {
  let mock: Served
  beforeAll(async () => {
    mock = await serve(['--port', '0', '--users', '9'])
  })
  afterAll(() => mock.stop())

  it('the script of GitLab ends in a passing test', { timeout: 60_000 }, async () => {
    const { test: job } = parse(fileOf('.gitlab-ci.yml'))
    expect(job.variables.KOODRIVE_TARGET).toBe(`http://${job.services[0].alias}:4010`)
    const commands = (job.script as string[]).filter((command) => command !== 'npm ci')
    const env = { ...job.variables, KOODRIVE_TARGET: mock.url }
    const printed = await run('bash', ['-e', '-c', commands.join('\n')], { cwd: await project(), env })
    expect(printed).toContain('users: 9')
  })
})

describe('the pipeline of Jenkins', () => {
  it('starts the mock, tests and ends it', { timeout: 60_000 }, async () => {
    const pipeline = fileOf('Jenkinsfile')
    const commands = [...pipeline.matchAll(/^ +sh '(.*)'$/gm)].map(([, command = '']) => command)
    const given = Object.fromEntries(
      [...pipeline.matchAll(/^ +(KOODRIVE_\w+) = '(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
    )
    expect(commands).toHaveLength(4)
    const env = { ...given, KOODRIVE_MOCK_PORT: String(await freePort()) }
    const cwd = await project()
    let printed = ''
    for (const command of commands) printed += await run('sh', ['-xe', '-c', command], { cwd, env })
    expect(printed).toContain('users: 200')
    expect(readFileSync(join(cwd, 'koodrive-mock.log'), 'utf8')).toContain('koodrive-mock ready on')
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
