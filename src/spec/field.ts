import { z } from 'zod'
import type { Provenance } from './evidence.ts'
import { once } from './once.ts'

/**
 * Attaches description and provenance to a schema; both reach the OpenAPI document. The id of a named schema stays with
 * the schema itself, so that a field refers to it.
 */
export function field<S extends z.ZodType>(schema: S, description: string, provenance: Provenance): S {
  const { id, ...own } = schema.meta() ?? {}
  return schema.meta({
    ...own,
    description,
    'x-evidence': provenance.evidence,
    'x-source': provenance.source,
  }) as S
}

/**
 * A schema with a name, which stands once in the OpenAPI document and where else it is used is referred to. It is made
 * when it is asked for first, as the schemas of operations are.
 */
export function namedObject<S extends z.ZodRawShape>(id: string, description: string, shape: () => S) {
  return once(() => z.object(shape()).meta({ id, description }))
}
