import { createDocument } from '../../../spec/openapi/document.ts'
import { toJson, toYaml } from '../../../spec/openapi/text.ts'
import { version } from '../../../spec/version.ts'
import type { Deps } from '../../deps.ts'
import { notFound, Problem } from '../../problem.ts'
import { defineControl } from '../control-route.ts'
import { createControlDocument } from '../document.ts'
import { about, openApiDocument } from '../shapes/server.ts'

export const healthRoutes = [
  defineControl({
    id: 'health',
    method: 'GET',
    path: '/health',
    needs: 'nothing',
    summary: 'Whether the process is alive.',
    answers: '`{status}`',
    response: about.pick({ status: true }).meta({ id: 'Alive' }),
    handle: () => ({ status: 'ok' }),
  }),
  defineControl({
    id: 'ready',
    method: 'GET',
    path: '/ready',
    summary: 'Whether the mock can serve: its organisation is built, its port is open, and its store answers.',
    answers: '`{status, version, node, seed, uptimeMs}`, or 503 until it is ready',
    response: about,
    needs: 'nothing',
    handle: async ({ deps }) => {
      if (deps.order !== undefined) await (await deps.order()).ping()
      if (!deps.isReady()) throw new Problem(503, 'Service Unavailable', 'The mock is starting.')
      return describe(deps)
    },
  }),
  defineControl({
    id: 'version',
    method: 'GET',
    path: '/version',
    needs: 'nothing',
    summary: 'Version, seed and uptime.',
    answers: '`{status, version, node, seed, uptimeMs}`',
    response: about,
    handle: ({ deps }) => describe(deps),
  }),
]

const describe = ({ world, time, startedAt }: Deps) => ({
  status: 'ok',
  version,
  node: process.versions.node,
  seed: world.seed,
  uptimeMs: Math.round(time.elapsed() - startedAt),
})

export const metricsRoutes = [
  defineControl({
    id: 'metrics',
    method: 'GET',
    path: '/metrics',
    needs: 'nothing',
    summary: 'Requests, durations, tasks, sandboxes, journal and faults for Prometheus.',
    answers: 'the Prometheus text format',
    produces: ['text/plain'],
    handle: async ({ deps }) => {
      const { text, contentType } = await deps.metrics.expose(deps)
      return new Response(text, { headers: { 'Content-Type': contentType } })
    },
  }),
]

const text = (body: string, type: string) =>
  new Response(body, { headers: { 'Content-Type': `${type};charset=UTF-8` } })

export const documentRoutes = [
  defineControl({
    id: 'ca',
    method: 'GET',
    path: '/ca.pem',
    needs: 'nothing',
    summary: 'The certificate to trust when the mock serves TLS with a certificate that it made itself.',
    public: true,
    answers: 'the certificate, as PEM; 404 without TLS or with a certificate of your own',
    produces: ['application/x-pem-file'],
    handle: ({ deps }) => {
      const pem = deps.authority()
      if (pem === undefined) throw notFound('This mock has made no certificate: it was not started with --tls.')
      return text(pem, 'application/x-pem-file')
    },
  }),
  defineControl({
    id: 'openapi-json',
    method: 'GET',
    path: '/openapi.json',
    needs: 'nothing',
    summary: 'The vendor API as OpenAPI 3.1, in JSON.',
    answers: 'the document',
    response: openApiDocument,
    handle: () => text(toJson(createDocument()), 'application/json'),
  }),
  defineControl({
    id: 'openapi-yaml',
    method: 'GET',
    path: '/openapi.yaml',
    needs: 'nothing',
    summary: 'The vendor API as OpenAPI 3.1, in YAML.',
    answers: 'the document',
    produces: ['application/yaml'],
    handle: () => text(toYaml(createDocument()), 'application/yaml'),
  }),
  defineControl({
    id: 'control-openapi-json',
    method: 'GET',
    path: '/control.openapi.json',
    needs: 'nothing',
    summary: 'This control plane as OpenAPI 3.1, in JSON.',
    answers: 'the document',
    response: openApiDocument,
    handle: ({ routes }) => text(toJson(createControlDocument(routes)), 'application/json'),
  }),
]
