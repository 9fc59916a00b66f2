import { createDocument } from '../../spec/openapi/document.ts'
import { authenticationTexts } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import type { ExportedFile } from '../exported-file.ts'
import { samples } from '../sample.ts'
import { code, page, table } from './markdown.ts'

/** A schema of the OpenAPI document, as far as a table shows it. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly 'x-evidence'?: string
  readonly 'x-source'?: string
}

interface Field {
  readonly path: string
  readonly schema: Schema
  readonly isRequired: boolean
}

const headings = ['field', 'type', 'required', 'meaning', 'evidence', 'source']

/** Every operation with every field, as the OpenAPI document has them. */
export function operationsPage(): ExportedFile {
  const document = createDocument()
  const resolve = (schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema
    const { $ref, ...own } = schema
    const found = document.components?.schemas?.[$ref.replace('#/components/schemas/', '')]
    return { ...(found as Schema | undefined), ...own }
  }
  const fieldsOf = (given: Schema, path = ''): Field[] => {
    const { properties = {}, required = [], items } = resolve(given)
    const own = Object.entries(properties).flatMap(([name, schema]): Field[] => [
      { path: path + name, schema: resolve(schema), isRequired: required.includes(name) },
      ...fieldsOf(schema, `${path}${name}.`),
    ])
    return items === undefined ? own : [...own, ...fieldsOf(items, path.replace(/\.$/, '[].'))]
  }
  const rowOf = ({ path, schema, isRequired }: Field): string[] => [
    code(path),
    [schema.type ?? ''].flat().join(' or '),
    isRequired ? 'yes' : 'no',
    schema.description ?? '',
    schema['x-evidence'] ?? '',
    schema['x-source'] ?? '',
  ]
  const fieldTable = (title: string, schema: Schema): string =>
    `### ${title}\n\n${table(headings, fieldsOf(schema).map(rowOf))}`

  const sections = operations.map(({ method, path, operationId, title, description, authentication }) => {
    const item = document.paths?.[path]?.[method.toLowerCase() as Lowercase<typeof method>]
    const json = (content: unknown): Schema =>
      (content as { 'application/json': { schema: Schema } })['application/json'].schema
    const parameters = (item?.parameters ?? []) as { name: string; in: string; required?: boolean; schema: Schema }[]
    const rows = parameters.map(({ name, in: place, required = false, schema, ...own }) =>
      rowOf({ path: name, schema: { ...schema, ...own }, isRequired: required }).with(
        1,
        `${place}, ${schema.type ?? ''}`,
      ),
    )
    const body = item?.requestBody as { content: unknown } | undefined
    const sample = samples.find(({ operation }) => operation.operationId === operationId)
    return [
      `## ${title}`,
      `${code(`${method} ${path}`)}; operationId ${code(operationId)}; ${authenticationTexts[authentication]}.`,
      description,
      `### Parameters\n\n${table(headings, rows)}`,
      ...(body === undefined ? [] : [fieldTable('Body', json(body.content))]),
      fieldTable('Answer', json(item?.responses?.['200'].content)),
      `Example (${sample?.summary}): ${code(sample?.target ?? '')}${sample?.body === undefined ? '' : ` with ${code(sample.body)}`}.`,
    ].join('\n\n')
  })
  return page('operations', 'Operations', ...sections)
}
