import type { SchemaObject } from 'openapi3-ts/oas31'
import { z } from 'zod'

type JsonSchema = Record<string, unknown>

/** Named schemas that were met on the way, by the id in their metadata. */
export type Components = Map<string, SchemaObject>

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const withComponentRefs = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withComponentRefs)
  if (!isSchema(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, withComponentRefs(inner)],
    ),
  )
}

/**
 * A zod schema as an OpenAPI 3.1 schema. Schemas with an id become components; the rest is inlined.
 * zod's own `$schema` and `additionalProperties: false` are dropped: the service ignores unknown fields.
 */
export function toSchemaObject(schema: z.ZodType, io: 'input' | 'output', components: Components): SchemaObject {
  const { $schema, $defs, ...root } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (jsonSchema['format'] === 'int64') delete jsonSchema.anyOf
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      delete jsonSchema.id
    },
  }) as JsonSchema
  for (const [id, definition] of Object.entries(isSchema($defs) ? $defs : {})) {
    components.set(id, withComponentRefs(definition) as SchemaObject)
  }
  return withComponentRefs(root) as SchemaObject
}
