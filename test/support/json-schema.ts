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

/** Paths of a value that its schema does not name. A schema without properties allows any. */
export function undescribed(document: JsonSchema, schema: JsonSchema, value: unknown, path = ''): string[] {
  const { properties, items, anyOf, oneOf, additionalProperties } = resolve(document, schema)
  const choices: JsonSchema[] | undefined = anyOf ?? oneOf
  if (choices !== undefined) {
    const found = choices.map((choice) => undescribed(document, choice, value, path))
    return found.sort((a, b) => a.length - b.length)[0] ?? []
  }
  if (Array.isArray(value)) {
    return items === undefined ? [] : value.flatMap((one, at) => undescribed(document, items, one, `${path}[${at}]`))
  }
  if (typeof value !== 'object' || value === null || properties === undefined) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = properties[name]
    if (field !== undefined) return undescribed(document, field, inner, `${path}.${name}`)
    return additionalProperties === undefined ? [`${path}.${name}`] : []
  })
}
