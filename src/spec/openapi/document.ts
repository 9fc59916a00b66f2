import { type OpenAPIObject, OpenApiBuilder } from 'openapi3-ts/oas31'
import { operations } from '../operations.ts'
import { production } from '../production-origins.ts'
import { readingEntry, readingIds } from '../readings.ts'
import { errorBody } from '../schemas.ts'
import { version } from '../version.ts'
import { type Components, toSchemaObject } from './json-schema.ts'
import { toOperationObject } from './operation-object.ts'
import { securitySchemes } from './security.ts'

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
      contact: { name: 'Contributors of koodrive-mock' },
      license: { name: 'MIT', identifier: 'MIT' },
      'x-readings': readingsExtension(),
    },
    servers: [{ url: 'http://127.0.0.1:4010', description: 'The mock, as started without flags' }, ...production],
    tags: [
      { name: 'Provisioning', description: 'Batches of new users; app signature.' },
      { name: 'Organisation', description: 'Departments, users and spaces; access token or app signature.' },
    ],
    paths: {},
  })
  for (const operation of operations) {
    builder.addPath(operation.path, { [operation.method.toLowerCase()]: toOperationObject(operation, components) })
  }
  // Every refusal refers to it by name.
  toSchemaObject(errorBody(), 'output', components)
  for (const [id, schema] of components) builder.addSchema(id, schema)
  builder.addSecurityScheme('appSignature', securitySchemes.appSignature)
  builder.addSecurityScheme('accessToken', securitySchemes.accessToken)
  return withoutEmptySections(builder.getSpec())
}

function withoutEmptySections(document: OpenAPIObject): OpenAPIObject {
  const filled = Object.entries(document.components ?? {}).filter(([, section]) => Object.keys(section).length > 0)
  return { ...document, components: Object.fromEntries(filled) }
}
