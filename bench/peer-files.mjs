// The configuration files of the peers, made of the same payloads.
import { randomUUID } from 'node:crypto'
import { base, batchSchema, created, spacePage, taskAnswer, userPage } from './payloads.mjs'

const text = { type: 'string' }
const query = (name, schema, required = true) => ({ name, in: 'query', required, schema })
const header = (name, schema) => ({ name, in: 'header', required: true, schema })
const paging = [
  query('offset', { type: 'string', pattern: '^\\d+$' }),
  query('limit', { type: 'string', pattern: '^([1-9]\\d?|100)$' }),
]
const signed = [header('X-Date', { type: 'string', pattern: '^\\d{8}T\\d{6}Z$' }), header('X-User-Id', text)]

/** The operations for tools that read OpenAPI; every answer is an example, so that nothing has to be made up. */
export function openapiFor() {
  const operation = (operationId, parameters, example, requestBody) => ({
    operationId,
    parameters,
    ...(requestBody && { requestBody: { required: true, content: { 'application/json': { schema: requestBody } } } }),
    responses: {
      200: { description: 'Success', content: { 'application/json': { schema: { type: 'object' }, example } } },
    },
  })
  return {
    openapi: '3.0.3',
    info: { title: 'KooDrive operations', version: '1.0.0' },
    security: [{ authorization: [] }],
    components: { securitySchemes: { authorization: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
    paths: {
      [`${base}/userList`]: { get: operation('listUsers', paging, userPage) },
      [`${base}/space/userList`]: { get: operation('listUserSpaces', paging, spacePage) },
      [`${base}/user/batchRegister/create`]: { post: operation('create', signed, created, batchSchema) },
      [`${base}/user/batchRegister/get`]: {
        get: operation(
          'query',
          [query('taskId', text), query('pageSize', { type: 'integer' }, false), ...signed],
          taskAnswer,
        ),
      },
    },
  }
}

export function mockoonEnvironment(answers) {
  const headers = [{ key: 'Content-Type', value: 'application/json' }]
  const routes = answers.map(({ path, method, value }) => ({
    uuid: randomUUID(),
    type: 'http',
    documentation: '',
    method: method.toLowerCase(),
    endpoint: path.slice(1),
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0,
    responses: [
      {
        uuid: randomUUID(),
        body: JSON.stringify(value),
        latency: 0,
        statusCode: 200,
        label: '',
        headers,
        bodyType: 'INLINE',
        filePath: '',
        databucketID: '',
        sendFileAsBody: false,
        rules: [],
        rulesOperator: 'OR',
        disableTemplating: true,
        fallbackTo404: false,
        default: true,
        crudKey: 'id',
        callbacks: [],
      },
    ],
  }))
  return {
    uuid: randomUUID(),
    lastMigration: 33,
    name: 'benchmark',
    endpointPrefix: '',
    latency: 0,
    port: 3000,
    hostname: '127.0.0.1',
    folders: [],
    routes,
    rootChildren: routes.map(({ uuid }) => ({ type: 'route', uuid })),
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
    cors: false,
    headers: [],
    proxyReqHeaders: [],
    proxyResHeaders: [],
    data: [],
    callbacks: [],
  }
}

export function wireMockMapping({ path, method, value, key }) {
  const present = { matches: '.+' }
  const isList = key === 'a' || key === 'd'
  return {
    request: {
      method,
      urlPath: path,
      headers: {
        Authorization: present,
        ...(!isList && { 'X-Date': { matches: '\\d{8}T\\d{6}Z' }, 'X-User-Id': present }),
      },
      ...(isList && { queryParameters: { offset: { matches: '\\d+' }, limit: { matches: '([1-9]\\d?|100)' } } }),
      ...(key === 'c' && { queryParameters: { taskId: present } }),
      ...(key === 'b' && {
        bodyPatterns: [{ matchesJsonSchema: JSON.stringify(batchSchema), schemaVersion: 'V202012' }],
      }),
    },
    response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) },
  }
}
