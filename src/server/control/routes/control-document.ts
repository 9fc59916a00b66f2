import { toJson } from '../../../spec/openapi/text.ts'
import { defineControl } from '../control-route.ts'
import { createControlDocument } from '../document.ts'
import { openApiDocument } from '../shapes/server.ts'

export const controlDocumentRoutes = [
  defineControl({
    id: 'control-openapi-json',
    method: 'GET',
    path: '/control.openapi.json',
    summary: 'This control plane as OpenAPI 3.1, in JSON.',
    answers: 'the document',
    response: openApiDocument,
    handle: ({ routes }) =>
      new Response(toJson(createControlDocument(routes)), {
        headers: { 'Content-Type': 'application/json;charset=UTF-8' },
      }),
  }),
]
