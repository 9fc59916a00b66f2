import type { z } from 'zod'
import type { Provenance } from './evidence.ts'

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
