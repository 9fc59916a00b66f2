import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { createMock } from '../../src/index.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { readDockerfile, textsOf } from '../support/dockerfile.ts'
import { howTo } from '../support/page.ts'
import { root } from '../support/source-files.ts'

/** The guide docs/how-to/team-server.md and the files that it applies. test/judges asks third-party tools about them. */
const guide = howTo('team-server')
const read = (file: string): string => readFileSync(`${root}deploy/${file}`, 'utf8')
const compose = parse(read('compose.postgres.yaml'))
const all = parseAllDocuments(read('kubernetes.postgres.yaml')).map((document) => document.toJS())
const [deployment, budget, service] = all
const [container] = deployment.spec.template.spec.containers
const settings = execFileSync(process.execPath, [`${root}dist/cli/main.js`, 'serve', '--help'], {
  encoding: 'utf8',
}).match(/\bKOODRIVE_MOCK_\w+/g)
const health: string[] = JSON.parse(
  /CMD (\[.*\])/.exec(textsOf(readDockerfile(`${root}Dockerfile`).at(-1) as never, 'HEALTHCHECK')[0] ?? '')?.[1] ??
    '[]',
)

describe('the compose file with PostgreSQL', () => {
  const { postgres, koodrive } = compose.services

  it('keeps the sandboxes in the database that it starts, and starts the mock when that one is there', () => {
    const { POSTGRES_USER: user, POSTGRES_DB: database } = postgres.environment
    expect(koodrive.environment.KOODRIVE_MOCK_STORE).toBe(
      `postgres://${user}:\${POSTGRES_PASSWORD}@postgres:5432/${database}`,
    )
    expect(koodrive.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(postgres.healthcheck.test.join(' ')).toBe(`CMD pg_isready --username ${user} --dbname ${database}`)
    expect(postgres.volumes).toEqual([`${Object.keys(compose.volumes)[0]}:/var/lib/postgresql/data`])
    expect(Number(/^postgres:(\d+)-/.exec(postgres.image)?.[1])).toBeGreaterThanOrEqual(15)
  })

  it('starts with no password that somebody else knows, and on this machine only unless told otherwise', () => {
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/)
    expect(koodrive.environment.KOODRIVE_MOCK_CONTROL_TOKEN).toMatch(/^\$\{CONTROL_TOKEN:\?/)
    expect(koodrive.ports).toEqual([`\${ADDRESS:-127.0.0.1}:\${PORT:-4010}:4010`])
    expect(postgres.ports).toBeUndefined()
    expect(guide).toContain('docker compose -f deploy/compose.postgres.yaml up -d --wait')
    for (const name of ['POSTGRES_PASSWORD', 'CONTROL_TOKEN']) expect(guide).toContain(`${name}=`)
  })

  it('asks the mock for its health as the image does', () => {
    expect(koodrive.healthcheck.test).toEqual(['CMD', ...health])
  })
})

describe('the manifest with PostgreSQL', () => {
  it('runs two replicas of which one at least is always there', () => {
    expect(all.map(({ kind }) => kind)).toEqual(['Deployment', 'PodDisruptionBudget', 'Service'])
    expect(deployment.spec.replicas).toBe(2)
    expect(deployment.spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    })
    expect(budget.spec.minAvailable).toBeLessThan(deployment.spec.replicas)
    for (const selector of [
      deployment.spec.selector.matchLabels,
      budget.spec.selector.matchLabels,
      service.spec.selector,
    ]) {
      expect(deployment.spec.template.metadata.labels).toMatchObject(selector)
    }
  })

  it('tells a lost database from a dead process', () => {
    expect(container.readinessProbe.exec.command).toEqual(health)
    for (const probe of [container.startupProbe, container.livenessProbe]) {
      expect(probe.exec.command).toEqual([...health, '--live'])
    }
  })

  it('takes store and token from the Secret that the guide makes, and no variable that Kubernetes makes of its Service', () => {
    const secrets = container.env.filter(({ valueFrom }: any) => valueFrom !== undefined)
    expect(secrets.map(({ name }: any) => name)).toEqual(['KOODRIVE_MOCK_STORE', 'KOODRIVE_MOCK_CONTROL_TOKEN'])
    for (const { valueFrom } of secrets) {
      expect(guide).toContain(`--from-literal=${valueFrom.secretKeyRef.key}=`)
      expect(guide).toContain(`create secret generic ${valueFrom.secretKeyRef.name}`)
    }
    expect(deployment.spec.template.spec.enableServiceLinks).toBe(false)
    expect(`${service.metadata.name}_PORT`.toUpperCase()).not.toMatch(/^KOODRIVE_MOCK/)
  })

  it.each([
    ['Compose', Object.keys(compose.services.koodrive.environment)],
    ['Kubernetes', container.env.map(({ name }: any) => name)],
  ])('sets what serve reads (%s)', (_, names: string[]) => {
    for (const name of names.filter((one) => one.startsWith('KOODRIVE'))) expect(settings).toContain(name)
  })

  it('allows the memory that journals, kept answers and the heap take', () => {
    const mib = 1024 * 1024
    const limit = Number(/^(\d+)Mi$/.exec(container.resources.limits.memory)?.[1]) * mib
    const { value } = container.env.find(({ name }: any) => name === 'NODE_OPTIONS')
    const heap = Number(/--max-old-space-size=(\d+)/.exec(value)?.[1]) * mib
    expect(heap + bounds.journalBytes.value + bounds.answerCacheBytes.value).toBeLessThan(0.8 * limit)
    expect(compose.services.koodrive.mem_limit).toBe(`${limit / mib}m`)
    expect(compose.services.koodrive.environment.NODE_OPTIONS).toBe(value)
  })
})

describe('the files for monitoring', () => {
  const names = async (): Promise<Set<string>> => {
    const text = await (await createMock().fetch('http://mock/__admin/metrics')).text()
    const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
    return new Set(
      families.flatMap(([, name = '', type]) =>
        type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name],
      ),
    )
  }
  const rules: { alert: string; expr: string; annotations: { summary: string } }[] = parse(
    read('monitoring/alerts.yaml'),
  ).groups.flatMap((group: { rules: [] }) => group.rules)
  const dashboard = JSON.parse(read('monitoring/dashboard.json'))
  const shown: { expr: string }[] = dashboard.panels.flatMap(({ targets }: { targets: [] }) => targets)
  const metric = /\b(?:koodrive_mock|process|nodejs)_[a-z_]+\b/g

  it('speak of no metric that the mock does not have', async () => {
    const known = await names()
    for (const { expr } of [...rules, ...shown]) {
      for (const name of expr.match(metric) ?? []) expect([...known], expr).toContain(name)
    }
    expect(rules.length).toBeGreaterThan(5)
    expect(shown.length).toBeGreaterThan(10)
  })

  it('show process, event loop, store latency, conflicts and journal bytes', () => {
    const text = shown.map(({ expr }) => expr).join('\n')
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_seconds',
      'koodrive_mock_store_duration_seconds_bucket',
      'koodrive_mock_store_conflicts_total',
      'koodrive_mock_journal_bytes',
    ]) {
      expect(text).toContain(name)
    }
  })

  it('scrape the path of the metrics with the control token, by the job that rules and dashboard name', () => {
    const {
      scrape_configs: [job],
      rule_files: files,
    } = parse(read('monitoring/prometheus.yaml'))
    expect(job).toMatchObject({ metrics_path: '/__admin/metrics', authorization: { type: 'Bearer' } })
    expect(files).toEqual(['alerts.yaml'])
    for (const { expr } of rules) {
      for (const [, named] of expr.matchAll(/job="([^"]+)"/g)) expect(named).toBe(job.job_name)
    }
    expect(dashboard.templating.list.map(({ name }: { name: string }) => name)).toEqual(['datasource', 'job'])
    expect(JSON.stringify(dashboard)).toContain(`"value":"${job.job_name}"`)
  })
})
