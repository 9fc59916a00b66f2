import { type OpenAPIObject, OpenApiBuilder } from 'openapi3-ts/oas31'
import { isReferenceOperation, type Operation, type Tag, tags } from '../operation.ts'
import { operations as typed } from '../operations.ts'
import { production } from '../production-origins.ts'
import { readingEntry, readingIds } from '../readings.ts'
import { errorBody } from '../schemas.ts'
import { version } from '../version.ts'
import { type Components, toSchemaObject } from './json-schema.ts'
import { toOperationObject } from './operation-object.ts'
import { securitySchemes } from './security.ts'

const operations: readonly Operation[] = typed

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
        'Batch provisioning, import pre-verification and listings of KooDrive, and the management of sessions, departments, users, spaces and tasks. Every field says how well it is known (x-evidence) and from where (x-source); open questions are listed as x-readings.',
      contact: { name: 'Contributors of koodrive-mock' },
      license: { name: 'MIT', identifier: 'MIT' },
      'x-readings': readingsExtension(),
    },
    servers: [{ url: 'http://127.0.0.1:4010', description: 'The mock, as started without flags' }, ...production],
    tags: tags
      .filter((tag) => operations.some((operation) => operation.tag === tag))
      .map((name) => ({ name, description: tagDescriptions[name] })),
    'x-tagGroups': tagGroups(),
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

const management = 'No page of this group documents an error: the refusals are inferred.'

const tagDescriptions: Readonly<Record<Tag, string>> = {
  Provisioning: 'Batches of new users; app signature.',
  Organisation: 'Import pre-verification and lists of users and spaces; access token or app signature.',
  Sessions: `Signing in and out; access token of a user. ${management}`,
  Departments: `The tree of departments. ${management}`,
  Users: `Single users. ${management}`,
  Spaces: `Spaces, their allocation, and the quota. ${management}`,
  Tasks: `Transfers and imports. ${management}`,
}

/** Sections of the sections, for viewers that know the extension: the five reference pages first. */
const tagGroups = () => {
  const named = (isReference: boolean) =>
    tags.filter((tag) => isReferenceOperation({ tag }) === isReference && operations.some((one) => one.tag === tag))
  return [
    { name: 'Reference pages', tags: named(true) },
    { name: 'Management (error paths inferred)', tags: named(false) },
  ].filter((group) => group.tags.length > 0)
}

function withoutEmptySections(document: OpenAPIObject): OpenAPIObject {
  const filled = Object.entries(document.components ?? {}).filter(([, section]) => Object.keys(section).length > 0)
  return { ...document, components: Object.fromEntries(filled) }
}
