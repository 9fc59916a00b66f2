import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { commonErrors, errorEntry } from '../../src/spec/errors.ts'
import { createDocument } from '../../src/spec/openapi/document.ts'
import { toJson, toYaml } from '../../src/spec/openapi/text.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations as typed } from '../../src/spec/operations.ts'
import { fieldsOf, type JsonSchema, resolve } from '../support/json-schema.ts'

const operations: readonly Operation[] = typed
const text = toJson(createDocument())
const document: JsonSchema = JSON.parse(text)
const EVIDENCE = ['documented', 'example', 'inferred']

describe('the OpenAPI document', () => {
  it('is the openapi.json of the repository: run `npm run build` and commit it', () => {
    expect(text).toBe(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'))
  })

  it('is the same each time, and in YAML as in JSON', () => {
    expect(toJson(createDocument())).toBe(text)
    expect(parseYaml(toYaml(createDocument()))).toEqual(document)
  })

  it('keeps every digit of an integer beyond 2^53', () => {
    expect(text).toContain('"curDeptId": 1575416580416769793')
    expect(toYaml(createDocument())).toContain('curDeptId: 1575416580416769793')
  })

  it('has a target for every reference', () => {
    for (const [, pointer] of text.matchAll(/"\$ref": "(#[^"]+)"/g)) {
      expect(resolve(document, { $ref: pointer })).toHaveProperty('type')
    }
  })

  it('leads to every operation by its operationId', () => {
    const found = Object.values<JsonSchema>(document['paths']).flatMap((path) => Object.values<JsonSchema>(path))
    expect(found.map(({ operationId }) => operationId).sort()).toEqual(
      operations.map(({ operationId }) => operationId).sort(),
    )
  })

  it('describes both security schemes, the signature for machines too', () => {
    const { appSignature, accessToken } = document['components'].securitySchemes
    expect(appSignature['x-signature']).toMatchObject({ algorithm: 'HMAC-SHA256', date: { maxAgeSeconds: 900 } })
    expect(accessToken).toMatchObject({ type: 'http', scheme: 'bearer' })
  })
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (_, operation) => {
  const described: JsonSchema = document['paths'][operation.path][operation.method.toLowerCase()]
  const success: JsonSchema = described['responses']['200'].content['application/json']
  const body: JsonSchema | undefined = described['requestBody']?.content['application/json']

  it('says of every parameter and field how well it is known and from where', () => {
    const fields: [string, JsonSchema][] = [
      ...described['parameters'].map((parameter: JsonSchema) => [parameter['name'], parameter]),
      ...fieldsOf(document, success['schema'], 'response'),
      ...(body === undefined ? [] : fieldsOf(document, body['schema'], 'body')),
    ]
    expect(fields.length).toBeGreaterThan(3)
    for (const [path, field] of [[operation.operationId, described] as const, ...fields]) {
      expect(EVIDENCE, `x-evidence of ${path}`).toContain(field['x-evidence'])
      expect(field['x-source'], `x-source of ${path}`).toMatch(/\S/)
      expect(field['description'], `description of ${path}`).toMatch(/\S/)
    }
  })

  it('answers each error of its own and every common one under its status, with an example', () => {
    for (const name of [...operation.errors, ...commonErrors]) {
      const { code, status, message } = errorEntry(name)
      const response = described['responses'][String(status)]
      expect(response['x-errors']).toContainEqual(expect.objectContaining({ name, code }))
      expect(response.content['application/json'].examples[name].value).toEqual({ code, msg: message['en-US'] })
    }
  })

  it('requires the headers that its signature needs, and only then', () => {
    const required = described['parameters']
      .filter((parameter: JsonSchema) => parameter['in'] === 'header' && parameter['required'])
      .map((parameter: JsonSchema) => parameter['name'])
    expect(required).toEqual([
      ...Object.keys(operation.headers?.shape ?? {}),
      ...(operation.authentication === 'signature' ? ['X-Date', 'X-User-Id'] : []),
    ])
  })
})
