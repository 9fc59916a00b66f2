import { createDocument } from '../../../spec/openapi/document.ts'
import { toJson, toYaml } from '../../../spec/openapi/text.ts'
import { notFound } from '../../problem.ts'
import { defineControl } from '../control-route.ts'
import { createControlDocument } from '../document.ts'
import { openApiDocument } from '../shapes/server.ts'

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
]

export const controlDocumentRoutes = [
  defineControl({
    id: 'control-openapi-json',
    method: 'GET',
    path: '/control.openapi.json',
    needs: 'nothing',
    summary: 'This control plane as OpenAPI 3.1, in JSON.',
    answers: 'the document',
    response: openApiDocument,
    handle: ({ routes }) =>
      new Response(toJson(createControlDocument(routes)), {
        headers: { 'Content-Type': 'application/json;charset=UTF-8' },
      }),
  }),
]
