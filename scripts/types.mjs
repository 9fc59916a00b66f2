// Writes TypeScript from the schemas: types of the API, of a scenario and of the options of a sandbox.
// Users get plain interfaces with the descriptions, and declarations need no schema library.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importSource } from './source.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const quoted = (text) => `'${String(text).replaceAll("'", "\\'")}'`
const literal = (value) => (typeof value === 'string' ? quoted(value) : JSON.stringify(value))
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))
const comment = ({ description }, indent) => (description ? `${indent}/** ${description} */\n` : '')
const scalars = { string: 'string', boolean: 'boolean', number: 'number', integer: 'number', null: 'null' }

/** Fields of an object, each with its description. Schemas that `names` knows are called by their name. */
function fieldsOf({ properties = {}, required = [] }, names, indent) {
  return Object.entries(properties)
    .map(([name, schema]) => {
      // A field with a default is there once the input is read.
      const isThere = required.includes(name) || 'default' in schema
      const type = typeOf(schema, names, `${indent}  `)
      return `${comment(schema, `${indent}  `)}${indent}  readonly ${key(name)}${isThere ? '' : '?'}: ${type}${isThere ? '' : ' | undefined'}\n`
    })
    .join('')
}

function typeOf(schema, names, indent = '') {
  const named =
    schema.type?.inPrograms ?? schema.$ref?.split('/').at(-1) ?? names.get(JSON.stringify(schema.enum ?? schema))
  if (named !== undefined) return named
  if (schema.format === 'int64') return 'number | bigint'
  const forms = schema.anyOf ?? schema.oneOf
  if (forms) return forms.map((form) => typeOf(form, names, indent)).join(' | ')
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  if ('const' in schema) return literal(schema.const)
  if (schema.type === 'array') {
    const item = typeOf(schema.items, names, indent)
    return `readonly ${/[|\s]/.test(item) && !item.startsWith('{') ? `(${item})` : item}[]`
  }
  if (schema.type === 'object' && schema.propertyNames) {
    const keys = typeOf(schema.propertyNames, names, indent)
    if (keys === 'string') return `Readonly<Record<string, ${typeOf(schema.additionalProperties, names, indent)}>>`
    return `{ readonly [key in ${keys}]?: ${typeOf(schema.additionalProperties, names, indent)} | undefined }`
  }
  if (schema.type === 'object') return `{\n${fieldsOf(schema, names, indent)}${indent}}`
  const scalar = [schema.type].flat().map((type) => scalars[type])
  if (scalar.includes(undefined)) throw new Error(`No type for ${JSON.stringify(schema)}`)
  return scalar.join(' | ')
}

const declared = (name, schema, names = new Map()) =>
  schema.type === 'object' && !schema.propertyNames
    ? `${comment(schema, '')}export interface ${name} {\n${fieldsOf(schema, names, '')}}\n`
    : `${comment(schema, '')}export type ${name} = ${typeOf(schema, names)}\n`

const capitalised = (name) => `${name[0].toUpperCase()}${name.slice(1)}`

/** Types of the API: the ids of its operations, the filters of its lists, its bodies, and every schema with a name. */
function apiTypes({ paths, components }) {
  const operations = Object.values(paths).flatMap((path) => Object.values(path).filter((one) => one.operationId))
  const resolved = ({ $ref, ...own }) => ($ref ? components.parameters[$ref.split('/').at(-1)] : own)
  const queries = operations.flatMap(({ operationId, parameters = [] }) => {
    const fields = parameters.map(resolved).filter((parameter) => parameter.in === 'query')
    if (fields.length === 0) return []
    const properties = fields.map(({ name, schema, description }) => [name, { description, ...schema }])
    const required = fields.filter((field) => field.required).map(({ name }) => name)
    const description = `Query of ${operationId}.`
    const schema = { type: 'object', description, properties: Object.fromEntries(properties), required }
    return [declared(`${capitalised(operationId)}Query`, schema)]
  })
  const bodies = operations.flatMap(({ operationId, requestBody }) =>
    requestBody === undefined
      ? []
      : [
          declared(`${capitalised(operationId)}Body`, {
            description: `Body of ${operationId}.`,
            ...requestBody.content['application/json'].schema,
          }),
        ],
  )
  const ids = { description: 'Id of an operation.', enum: operations.map(({ operationId }) => operationId) }
  const schemas = Object.entries(components.schemas).map(([name, schema]) => declared(name, schema))
  const ofReference = operations.filter(({ tags }) =>
    tags.some((tag) => ['Provisioning', 'Organisation'].includes(tag)),
  )
  const referenceIds = {
    description: 'Id of an operation of the five reference pages.',
    enum: ofReference.map(({ operationId }) => operationId),
  }
  return [
    declared('OperationId', ids),
    declared('ReferenceOperationId', referenceIds),
    ...queries,
    ...bodies,
    ...schemas,
  ]
}

/** The fields that all forms of a union have alike, and each form without them. */
function withoutShared(forms) {
  const isShared = ([name, schema]) =>
    forms.every(({ properties }) => JSON.stringify(properties[name]) === JSON.stringify(schema))
  const pick = (form, test) => ({
    ...form,
    properties: Object.fromEntries(Object.entries(form.properties).filter(test)),
  })
  return { shared: pick(forms[0], isShared), kinds: forms.map((form) => pick(form, (one) => !isShared(one))) }
}

/** Types of a scenario file, its parts that code speaks of under names of their own. */
function scenarioTypes(scenario, lists) {
  const { faults, batch } = scenario.properties
  const parts = { Fault: faults.items, RowRule: batch.properties.rules.items }
  const listed = new Map(Object.entries(lists).map(([name, list]) => [JSON.stringify(list), name]))
  const names = new Map([...Object.entries(parts).map(([name, schema]) => [JSON.stringify(schema), name]), ...listed])
  const { shared, kinds } = withoutShared(parts.Fault.anyOf ?? parts.Fault.oneOf)
  const timing = { ...shared, description: 'Which calls a fault of any kind hits, and when.' }
  const forms = kinds.map((kind) => typeOf(kind, listed)).join(' | ')
  return [
    "import type { ErrorChoice } from '../spec/errors.ts'\nimport type { OperationId } from '../spec/wire-types.ts'\n",
    declared('Scenario', scenario, names),
    declared('FaultTiming', timing, listed),
    `/** A fault: its kind, what the kind takes, and the calls it hits. */\nexport type Fault = FaultTiming & (${forms})\n`,
    declared('RowRule', { ...parts.RowRule, description: 'Outcome of some rows of a batch.' }, listed),
  ]
}

/** What a program may say that JSON cannot, or says more strictly. */
const inPrograms = {
  scenario: { type: { inPrograms: 'string | Partial<Scenario>' } },
  readings: { type: { inPrograms: 'Readonly<Record<string, string>>' } },
  routes: { type: { inPrograms: 'readonly Route[]' } },
  now: {
    type: { inPrograms: 'string | number' },
    description: 'Freezes the clock at this time: ISO 8601, or epoch milliseconds.',
  },
}

/** Types of the options of a sandbox: those that a mock takes too, with their defaults, and the others. */
function sandboxTypes({ organisation, own }, defaults) {
  const ownProperties = { ...own.properties, routes: { ...own.properties.routes, ...inPrograms.routes } }
  const properties = Object.fromEntries(
    Object.entries(organisation.properties).map(([name, schema]) => {
      const { description, ...rest } = { ...schema, ...inPrograms[name] }
      const usual = name in defaults ? ` Default of a mock: ${literal(defaults[name])}.` : ''
      return [name, { ...rest, description: `${description}${usual}` }]
    }),
  )
  const description = 'What a mock and its sandboxes choose alike.'
  const heading = 'Choices for a sandbox; what is left open is as the mock was made.'
  return [
    "import type { Route } from '../routes/route.ts'\nimport type { Scenario } from '../scenarios/scenario.ts'\n",
    declared('OrganisationOptions', { ...organisation, description, properties }),
    declared('MockSandboxOptions', { ...own, properties: ownProperties, description: heading }).replace(
      ' {',
      ' extends OrganisationOptions {',
    ),
  ]
}

/** A file of types, formatted as the rest of src/. */
function file(source, parts) {
  const input = `/* Written by scripts/types.mjs from ${source}. */\n\n${parts.join('\n')}`
  return execFileSync(`${root}node_modules/.bin/biome`, ['check', '--write', '--stdin-file-path=src/types.ts'], {
    cwd: root,
    input,
  })
}

export const generated = {
  'src/spec/wire-types.ts': async () => {
    const { createDocument } = await importSource('spec/openapi/document.ts')
    return file('the operations', apiTypes(createDocument()))
  },
  'src/scenarios/scenario.ts': async () => {
    const { scenarioJsonSchema } = await importSource('scenarios/schema.ts')
    const { errorChoices } = await importSource('spec/errors.ts')
    const { operations } = await importSource('spec/operations.ts')
    const lists = { ErrorChoice: errorChoices, OperationId: operations.map(({ operationId }) => operationId) }
    return file('the schema of a scenario', scenarioTypes(scenarioJsonSchema(), lists))
  },
  'src/mock/sandbox-options.ts': async () => {
    const options = await importSource('server/sandboxes/sandbox-options.ts')
    const types = sandboxTypes(options.sandboxOptionsJsonSchema(), options.organisationDefaults)
    return file('the options of a sandbox', types)
  },
}

/** Brings the types up to date; run before the compiler, which reads them. */
export async function writeTypes() {
  for (const [file, make] of Object.entries(generated)) writeFileSync(root + file, await make())
}
