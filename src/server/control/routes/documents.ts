import { createDocument } from '../../../spec/openapi/document.ts'
import { toJson, toYaml } from '../../../spec/openapi/text.ts'
import { defineControl } from '../control-route.ts'
import { openApiDocument } from '../shapes/server.ts'

const text = (body: string, type: string) =>
  new Response(body, { headers: { 'Content-Type': `${type};charset=UTF-8` } })

export const documentRoutes = [
  defineControl({
    id: 'openapi-json',
    method: 'GET',
    path: '/openapi.json',
    summary: 'The vendor API as OpenAPI 3.1, in JSON.',
    answers: 'the document',
    response: openApiDocument,
    handle: () => text(toJson(createDocument()), 'application/json'),
  }),
  defineControl({
    id: 'openapi-yaml',
    method: 'GET',
    path: '/openapi.yaml',
    summary: 'The vendor API as OpenAPI 3.1, in YAML.',
    answers: 'the document',
    produces: ['application/yaml'],
    handle: () => text(toYaml(createDocument()), 'application/yaml'),
  }),
]
