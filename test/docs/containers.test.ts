import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { howTo } from '../support/page.ts'
import { root } from '../support/source-files.ts'

/** The guide docs/how-to/containers.md. test/judges runs image, Compose and Testcontainers on a container engine. */
const guide = howTo('containers')
const compose = parse(readFileSync(`${root}deploy/compose.yaml`, 'utf8'))
const [deployment, service] = parseAllDocuments(readFileSync(`${root}deploy/kubernetes.yaml`, 'utf8')).map((document) =>
  document.toJS(),
)
const dockerfile = readFileSync(`${root}Dockerfile`, 'utf8')
/** Every variable that serve or the contract suite reads, as their help names them. */
const settings = ['serve', 'contract'].flatMap(
  (command) =>
    execFileSync(process.execPath, [`${root}dist/cli/main.js`, command, '--help'], { encoding: 'utf8' }).match(
      /\bKOODRIVE_\w+/g,
    ) ?? [],
)
const health: string[] = JSON.parse(/HEALTHCHECK .* CMD (\[.*\])/.exec(dockerfile)?.[1] ?? '[]')
const port = Number(/EXPOSE (\d+)/.exec(dockerfile)?.[1])

describe('the compose file', () => {
  it('asks the mock for its health as the image does, and lets the tests wait for it', () => {
    expect(compose.services.koodrive.healthcheck.test).toEqual(['CMD', ...health])
    expect(compose.services.tests.depends_on).toEqual({ koodrive: { condition: 'service_healthy' } })
    expect(compose.services.koodrive.ports).toEqual([`127.0.0.1:\${PORT:-${port}}:${port}`])
    expect(compose.services.tests.environment.KOODRIVE_TARGET).toBe(`http://koodrive:${port}`)
  })

  it('is what the guide runs', () => {
    expect(guide).toContain(`docker compose -f deploy/compose.yaml run --rm ${Object.keys(compose.services)[1]}`)
  })
})

describe('the manifest for Kubernetes', () => {
  const [pod] = [deployment.spec.template]
  const [container] = pod.spec.containers

  it('runs one mock, found by its service', () => {
    expect([deployment.kind, deployment.spec.replicas, service.kind]).toEqual(['Deployment', 1, 'Service'])
    expect(pod.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels)
    expect(pod.metadata.labels).toMatchObject(service.spec.selector)
    expect(container.ports).toEqual([{ name: service.spec.ports[0].targetPort, containerPort: port }])
  })

  it('never has two pods at once, since each would be a service of its own', () => {
    expect(deployment.spec.strategy).toEqual({ type: 'Recreate' })
  })

  it('is not configured by the variables that Kubernetes makes of its Service', () => {
    expect(pod.spec.enableServiceLinks).toBe(false)
    const prefix = `${service.metadata.name.toUpperCase().replaceAll('-', '_')}_`
    for (const suffix of ['PORT', 'SERVICE_HOST', 'SERVICE_PORT', 'SERVICE_PORT_HTTP', `PORT_${port}_TCP`]) {
      expect(settings, suffix).not.toContain(prefix + suffix)
    }
  })

  it('probes its start and its health by the command that needs no token', () => {
    for (const probe of [container.startupProbe, container.readinessProbe]) expect(probe.exec.command).toEqual(health)
    expect(container.livenessProbe.tcpSocket).toEqual({ port: container.ports[0].name })
  })

  it('asks for no right that the image does not need, and holds no secret', () => {
    expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    const { name, key } = container.env.at(-1).valueFrom.secretKeyRef
    expect(guide).toContain(`kubectl create secret generic ${name} --from-literal=${key}=`)
  })
})
