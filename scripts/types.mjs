// Writes types as TypeScript from the schemas that the build writes: those of the API and that of a scenario. Users get
// plain interfaces with the descriptions, and declarations need no schema library.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file) => JSON.parse(readFileSync(root + file, 'utf8'))

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
  const named = schema.$ref?.split('/').at(-1) ?? names.get(JSON.stringify(schema))
  if (named !== undefined) return named
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

/** Types of the API: the ids of its operations, the filters of its lists, and every schema with a name. */
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
    return [declared(`${operationId[0].toUpperCase()}${operationId.slice(1)}Query`, schema)]
  })
  const ids = { description: 'Id of an operation.', enum: operations.map(({ operationId }) => operationId) }
  const schemas = Object.entries(components.schemas).map(([name, schema]) => declared(name, schema))
  return [declared('OperationId', ids), ...queries, ...schemas]
}

/** Types of a scenario file, its parts that code speaks of under names of their own. */
function scenarioTypes(scenario) {
  const { faults, batch } = scenario.properties
  const parts = { Fault: faults.items, RowRule: batch.properties.rules.items }
  const names = new Map(Object.entries(parts).map(([name, schema]) => [JSON.stringify(schema), name]))
  const described = { ...parts.Fault, description: 'A fault: its kind, what the kind takes, and the calls it hits.' }
  return [
    declared('Scenario', scenario, names),
    declared('Fault', described),
    declared('RowRule', { ...parts.RowRule, description: 'Outcome of some rows of a batch.' }),
  ]
}

/** A file of types, formatted as the rest of src/. */
function file(source, parts) {
  const input = `/* Written by scripts/types.mjs from ${source}. */\n\n${parts.join('\n')}`
  return execFileSync(`${root}node_modules/.bin/biome`, ['format', '--stdin-file-path=types.ts'], { cwd: root, input })
}

export const generated = {
  'src/spec/wire-types.ts': () => file('openapi.json', apiTypes(read('openapi.json'))),
  'src/scenarios/scenario.ts': () => file('scenario.schema.json', scenarioTypes(read('scenario.schema.json'))),
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, make] of Object.entries(generated)) writeFileSync(root + file, make())
}
