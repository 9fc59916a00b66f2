import {
  type ExampleObject,
  type OpenAPIObject,
  OpenApiBuilder,
  type OperationObject,
  type ParameterObject,
  type RequestBodyObject,
} from 'openapi3-ts/oas31'
import type { z } from 'zod'
import { type RequestHeader, requestHeaders } from '../headers.ts'
import type { Operation } from '../operation.ts'
import { operations } from '../operations.ts'
import { readingEntry, readingIds } from '../readings.ts'
import { errorBody } from '../schemas.ts'
import { version } from '../version.ts'
import { type Components, toSchemaObject } from './json-schema.ts'
import { responsesOf } from './responses.ts'
import { securityOf, securitySchemes } from './security.ts'

const JSON_TYPE = 'application/json'

function parameter(
  place: 'query' | 'header',
  name: string,
  schema: z.ZodType,
  components: Components,
  optional = schema.safeParse(undefined).success,
): ParameterObject {
  const { description, example, ...rest } = toSchemaObject(schema, 'input', components)
  const evidence = { 'x-evidence': rest['x-evidence'], 'x-source': rest['x-source'] }
  delete rest['x-evidence']
  delete rest['x-source']
  return {
    name,
    in: place,
    required: !optional,
    ...(description && { description }),
    ...(place === 'query' && optional && { allowEmptyValue: true }),
    schema: rest,
    ...(example !== undefined && { example }),
    ...evidence,
  }
}

function headersOf(operation: Operation): RequestHeader[] {
  const signed: RequestHeader[] = operation.authentication === 'signature' ? ['X-Date', 'X-User-Id'] : []
  return [...signed, 'X-Traceid', 'language']
}

const examplesOf = (operation: Operation, pick: 'body' | 'response'): Record<string, ExampleObject> =>
  Object.fromEntries(
    Object.entries(operation.examples).map(([name, shown]) => [name, { summary: shown.summary, value: shown[pick] }]),
  )

function requestBody(operation: Operation, components: Components): { requestBody?: RequestBodyObject } {
  if (operation.body === undefined) return {}
  const schema = toSchemaObject(operation.body, 'input', components)
  return {
    requestBody: { required: true, content: { [JSON_TYPE]: { schema, examples: examplesOf(operation, 'body') } } },
  }
}

function toOperationObject(operation: Operation, components: Components): OperationObject {
  const query = Object.entries(operation.query?.shape ?? {}) as [string, z.ZodType][]
  const success = {
    description: 'The request was processed.',
    content: {
      [JSON_TYPE]: {
        schema: toSchemaObject(operation.response, 'output', components),
        examples: examplesOf(operation, 'response'),
      },
    },
  }
  return {
    operationId: operation.operationId,
    summary: operation.title,
    description: operation.description,
    tags: [operation.authentication === 'signature' ? 'Provisioning' : 'Organisation'],
    security: securityOf[operation.authentication],
    parameters: [
      ...query.map(([name, schema]) => parameter('query', name, schema, components)),
      ...headersOf(operation).map((name) => parameter('header', name, requestHeaders[name], components)),
    ],
    ...requestBody(operation, components),
    responses: responsesOf(operation, success),
    'x-evidence': operation.page.evidence,
    'x-source': operation.page.source,
  }
}

const readingsExtension = () =>
  readingIds.map((id) => {
    const { question, answers, default: chosen, why } = readingEntry(id)
    return { id, question, default: chosen, answers: Object.keys(answers), why }
  })

/** The vendor API as an OpenAPI 3.1 document, under the default readings. Built anew at each call. */
export function createDocument(): OpenAPIObject {
  const components: Components = new Map()
  const builder = OpenApiBuilder.create({
    openapi: '3.1.0',
    info: {
      title: 'KooDrive enterprise API, as mocked',
      version,
      description:
        'Batch provisioning, import pre-verification and listings of KooDrive. Every field says how well it is known (x-evidence) and from where (x-source); open questions are listed as x-readings.',
      license: { name: 'MIT', identifier: 'MIT' },
      'x-readings': readingsExtension(),
    },
    servers: [
      { url: 'http://127.0.0.1:4010', description: 'The mock, as started without flags' },
      { url: 'https://intl.myhuaweicloud-koodrive.com', description: 'AP-Singapore' },
      { url: 'https://cn.myhuaweicloud-koodrive.com', description: 'CN North-Beijing4' },
    ],
    tags: [
      { name: 'Provisioning', description: 'Batches of new users; app signature.' },
      { name: 'Organisation', description: 'Departments, users and spaces; access token or app signature.' },
    ],
    paths: {},
  })
  for (const operation of operations) {
    builder.addPath(operation.path, { [operation.method.toLowerCase()]: toOperationObject(operation, components) })
  }
  components.set('Error', toSchemaObject(errorBody, 'output', components))
  for (const [id, schema] of components) builder.addSchema(id, schema)
  builder.addSecurityScheme('appSignature', securitySchemes.appSignature)
  builder.addSecurityScheme('accessToken', securitySchemes.accessToken)
  return withoutEmptySections(builder.getSpec())
}

function withoutEmptySections(document: OpenAPIObject): OpenAPIObject {
  const filled = Object.entries(document.components ?? {}).filter(([, section]) => Object.keys(section).length > 0)
  return { ...document, components: Object.fromEntries(filled) }
}
