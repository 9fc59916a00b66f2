import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import { stringify } from 'yaml'
import { engineJudge, IMAGE, inspect, start } from '../support/engine.ts'
import { freePort } from '../support/free-port.ts'
import { findTool, judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MEGABYTE = 1_000_000
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const base = [...readFileSync(`${root}Dockerfile`, 'utf8').matchAll(/^FROM (\S+)$/gm)].at(-1)?.[1] ?? ''
/** Everything an orchestrator can take away from a container. */
const locked = ['--read-only', '--user', '12345:12345', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']
const healthcheck = ['/app/dist/cli/main.js', 'healthcheck'] as const

const usersOf = async (url: string): Promise<unknown> => {
  const headers = { Authorization: 'Bearer mock-admin-token' }
  return (await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers })).json()
}

describe('the image, on a container engine', () => {
  engineJudge('adds at most 20 MB to its base, both stores included', async () => {
    const [all = 0, below = 0] = await Promise.all([IMAGE, base].map((name) => inspect<number>(name, '.Size')))
    expect(all - below).toBeGreaterThan(MEGABYTE)
    expect(all - below).toBeLessThanOrEqual(20 * MEGABYTE)
  })

  engineJudge('says in its labels what it is, of which version, revision and source', async () => {
    const labels = await inspect<Record<string, string>>(IMAGE, '.Config.Labels')
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': manifest.name,
      'org.opencontainers.image.licenses': manifest.license,
      'org.opencontainers.image.version': manifest.version,
      'org.opencontainers.image.revision': execFileSync('git', ['rev-parse', 'HEAD'], {
        cwd: root,
        encoding: 'utf8',
      }).trim(),
      'org.opencontainers.image.source': manifest.repository.url.replace(/^git\+|\.git$/g, ''),
      'org.opencontainers.image.created': expect.stringMatching(/^20\d\d-\d\d-\d\dT/),
    })
  })

  engineJudge('brings the bill of materials of what is bundled in it', async () => {
    const mock = await start(['--network', 'none'])
    const bill = JSON.parse(await mock.exec('node', '-p', 'fs.readFileSync("/app/dist/bundled.cdx.json", "utf8")'))
    expect(bill.components.map(({ name }: { name: string }) => name)).toContain('hono')
  })

  engineJudge('runs as any user on a read-only root without capabilities and without a network', async () => {
    const mock = await start([...locked, '--network', 'none'], ['--users', '3'])
    await mock.ready()
    await mock.exec(...healthcheck)
    const call = `fetch('http://127.0.0.1:4010/koodrive/ose/v1/userList?offset=0&limit=1', { headers: { Authorization: 'Bearer mock-admin-token' } })`
    expect(await mock.exec('node', '-e', `${call}.then((answer) => answer.text()).then(console.log)`)).toContain(
      '"total":3',
    )
    expect(await mock.stop()).toBe(0)
  })

  engineJudge('checks its own health, also on another port and over TLS', async () => {
    for (const options of [[], ['--env', 'KOODRIVE_MOCK_PORT=4444'], ['--env', 'KOODRIVE_MOCK_TLS=true']]) {
      const mock = await start(options)
      await mock.ready()
      expect(await mock.health()).toBe('healthy')
    }
  })

  engineJudge('takes flags behind its name and settings from the environment', async () => {
    const mock = await start(['--publish', '127.0.0.1::4010', '--env', 'KOODRIVE_MOCK_USERS=5'], ['--seed', '7'])
    await mock.ready()
    expect(await usersOf(await mock.url())).toMatchObject({ total: 5 })
    const flagWins = await start(['--publish', '127.0.0.1::4010', '--env', 'KOODRIVE_MOCK_USERS=5'], ['--users', '6'])
    await flagWins.ready()
    expect(await usersOf(await flagWins.url())).toMatchObject({ total: 6 })
  })

  engineJudge('guards its control plane by the token that it prints', async () => {
    const mock = await start(['--publish', '127.0.0.1::4010'])
    await mock.ready()
    const token = /control token \(generated\) +(\S+)/.exec(await mock.logs())?.[1]
    const url = `${await mock.url()}/__admin/ready`
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200)
  })

  engineJudge('ends with 0 on SIGTERM within a second, while a connection is open', async () => {
    const mock = await start(['--publish', '127.0.0.1::4010'])
    await mock.ready()
    await usersOf(await mock.url())
    expect(await mock.stop()).toBe(0)
  })

  engineJudge('refuses a wrong setting with one line and exit 2', async () => {
    const mock = await start(['--env', 'KOODRIVE_MOCK_USERS=many'])
    await vi.waitUntil(async () => (await mock.logs()) !== '', { timeout: 30_000, interval: 200 })
    expect(await mock.logs()).toMatch(/^koodrive-mock: .*KOODRIVE_MOCK_USERS.*\n$/)
    expect(await mock.stop()).toBe(2)
  })
})

describe('the files for orchestrators', () => {
  engineJudge('start the mock and a test behind it, by a compose implementation', async () => {
    const port = await freePort()
    const compose = findTool('podman-compose')
    const [program, ...words] = compose === undefined ? ['docker', 'compose'] : [compose]
    const call = (...args: readonly string[]) =>
      run(program ?? '', [...words, '-f', 'deploy/compose.yaml', '--project-name', 'koodrive-test', ...args], {
        env: { PORT: String(port) },
      })
    try {
      expect(await call('run', '--rm', 'tests')).toMatch(/^200 users$/m)
    } finally {
      await call('down')
    }
  })

  judge(
    'are what the API of Kubernetes takes, without a field that it does not know',
    'kubernetes-validate',
    async (program) => {
      for (const file of ['deploy/kubernetes.yaml', 'deploy/kubernetes.postgres.yaml']) {
        const told = await run(program, ['--strict', file])
        expect(told).toMatch(/passed for resource deployment\/koodrive-mock/)
        expect(told).toMatch(/passed for resource service\/koodrive/)
        if (file.includes('postgres')) expect(told).toMatch(/passed for resource poddisruptionbudget\/koodrive-mock/)
      }
    },
  )

  judge('with PostgreSQL are what a compose implementation takes', 'podman-compose', async (program) => {
    const env = { POSTGRES_PASSWORD: 'x', CONTROL_TOKEN: 'y' }
    const told = await run(program, ['-f', 'deploy/compose.postgres.yaml', 'config'], { env })
    expect(told).toContain('postgres://koodrive:x@postgres:5432/koodrive')
    expect(told).toContain('KOODRIVE_MOCK_CONTROL_TOKEN: y')
  })

  judge(
    'for monitoring are what Prometheus takes, the expressions of the dashboard too',
    'promtool',
    async (program) => {
      const folder = temporaryFolder()
      cpSync(`${root}deploy/monitoring`, folder, { recursive: true })
      writeFileSync(join(folder, 'control-token'), 'x')
      expect(await run(program, ['check', 'config', join(folder, 'prometheus.yaml')])).toMatch(/is valid/)
      const { panels } = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8'))
      const shown: { expr: string }[] = panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets)
      const rules = shown.map(({ expr }, at) => ({
        record: `dashboard:${at}`,
        expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'koodrive-mock'),
      }))
      const file = join(folder, 'dashboard.yaml')
      writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules }] }))
      expect(await run(program, ['check', 'rules', file])).toMatch(`${rules.length} rules found`)
    },
  )
})
