import type {
  ExampleObject,
  LinkObject,
  OperationObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
  ResponsesObject,
} from 'openapi3-ts/oas31'
import type { z } from 'zod'
import { commonErrors, type ErrorName, errorEntry } from '../errors.ts'
import { type RequestHeader, requestHeaders } from '../headers.ts'
import { isReferenceOperation, type Operation, type OperationLink } from '../operation.ts'
import { type Components, toSchemaObject } from './json-schema.ts'
import { securityOf } from './security.ts'

const JSON_TYPE = 'application/json'

const errorExample = (name: ErrorName): ExampleObject => {
  const { code, message, when } = errorEntry(name)
  return { summary: when, value: { code, msg: message['en-US'] } }
}

/** Several errors share a status: they become one response with an example each. */
function refusal(names: readonly ErrorName[], operation: Operation): ResponseObject {
  const entries = names.map(errorEntry)
  return {
    description: `Refused: ${entries.map(({ code, when }) => `${code}, ${when}`).join('; ')}.`,
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/ErrorBody' },
        examples: Object.fromEntries(names.map((name) => [name, errorExample(name)])),
      },
    },
    'x-errors': names.map((name) => {
      const { code, evidence, source } = errorEntry(name)
      const isInferred = !isReferenceOperation(operation) && !commonErrors.includes(name)
      return {
        name,
        code,
        'x-evidence': isInferred ? 'inferred' : evidence,
        'x-source': isInferred ? `The page documents no errors; the row fits: ${source}` : source,
      }
    }),
  }
}

/** Success and every error of an operation, keyed by HTTP status under the default readings. */
function responsesOf(operation: Operation, success: ResponseObject): ResponsesObject {
  const byStatus = new Map<number, ErrorName[]>()
  for (const name of [...operation.errors, ...commonErrors]) {
    const { status } = errorEntry(name)
    byStatus.set(status, [...(byStatus.get(status) ?? []), name])
  }
  const refusals = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, names]) => [String(status), refusal(names, operation)])
  return { '200': success, ...Object.fromEntries(refusals) }
}

function parameter(
  place: 'path' | 'query' | 'header',
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

function linksOf({ links }: Operation): { links?: Record<string, LinkObject> } {
  if (links === undefined) return {}
  const toLink = ({ operationId, description, query = {}, params = {} }: OperationLink): LinkObject => ({
    operationId,
    description,
    parameters: Object.fromEntries([
      ...Object.entries(query).map(([name, pointer]) => [`query.${name}`, `$response.body#${pointer}`]),
      ...Object.entries(params).map(([name, pointer]) => [`path.${name}`, `$response.body#${pointer}`]),
    ]),
  })
  return { links: Object.fromEntries(links.map((link) => [link.operationId, toLink(link)])) }
}

/** Which page an operation follows, if any, and that its refusals are ours: no management page documents an error. */
const pageNote = ({ page: { evidence, source } }: Operation): string =>
  evidence === 'inferred'
    ? `Inferred: ${source}.`
    : `Follows the page ${source.replace(/, page$/, '')}. The page documents no errors: the refusals are inferred.`

/** An operation as OpenAPI writes it; its named schemas land in `components`. */
export function toOperationObject(operation: Operation, components: Components): OperationObject {
  const fieldsOf = (schema: z.ZodObject | undefined) => Object.entries(schema?.shape ?? {}) as [string, z.ZodType][]
  const success: ResponseObject = {
    description: 'The request was processed.',
    content: {
      [JSON_TYPE]: {
        schema: toSchemaObject(operation.response, 'output', components),
        examples: examplesOf(operation, 'response'),
      },
    },
    ...linksOf(operation),
  }
  return {
    operationId: operation.operationId,
    summary: operation.title,
    description: isReferenceOperation(operation)
      ? operation.description
      : `${operation.description}\n\n${pageNote(operation)}`,
    tags: [operation.tag],
    security: securityOf[operation.authentication],
    parameters: [
      ...fieldsOf(operation.params).map(([name, schema]) => parameter('path', name, schema, components)),
      ...fieldsOf(operation.query).map(([name, schema]) => parameter('query', name, schema, components)),
      ...fieldsOf(operation.headers).map(([name, schema]) => parameter('header', name, schema, components)),
      ...headersOf(operation).map((name) => parameter('header', name, requestHeaders[name], components)),
    ],
    ...requestBody(operation, components),
    responses: responsesOf(operation, success),
    'x-evidence': operation.page.evidence,
    'x-source': operation.page.source,
  }
}
