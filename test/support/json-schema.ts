/** A JSON Schema of the OpenAPI document, as tests walk it. */
export type JsonSchema = Readonly<Record<string, any>>

/** Follows `$ref` within a document. */
export function resolve(document: JsonSchema, schema: JsonSchema): JsonSchema {
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  const target = $ref
    .replace('#/', '')
    .split('/')
    .reduce<any>((node, key) => node?.[key], document)
  return resolve(document, target)
}

/** Every named field below a schema, with the path that leads to it. */
export function fieldsOf(document: JsonSchema, schema: JsonSchema, path = ''): [string, JsonSchema][] {
  const { properties = {}, items } = resolve(document, schema)
  const own = Object.entries<JsonSchema>(properties).flatMap(([name, field]): [string, JsonSchema][] => [
    [`${path}.${name}`, field],
    ...fieldsOf(document, field, `${path}.${name}`),
  ])
  return items === undefined ? own : [...own, ...fieldsOf(document, items, `${path}[]`)]
}
