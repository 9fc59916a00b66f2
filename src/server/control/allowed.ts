import type { z } from 'zod'

/** What an input may hold where the first problem is: the names of an object, or the description of a field. */
export function allowedAt(schema: z.ZodType, error: z.ZodError): string | undefined {
  const issue = error.issues[0]
  if (issue === undefined) return undefined
  let at: z.ZodType | undefined = schema
  for (const key of issue.path) {
    at = shapeOf(at)?.[String(key)]
    if (at === undefined) return undefined
  }
  if (issue.code !== 'unrecognized_keys') return at?.description
  const names = Object.keys(shapeOf(at) ?? {})
  return names.length === 0 ? undefined : names.join(', ')
}

function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> | undefined {
  let inner = schema
  while (inner !== undefined && 'unwrap' in inner && typeof inner.unwrap === 'function') inner = inner.unwrap()
  return inner !== undefined && 'shape' in inner ? (inner.shape as Record<string, z.ZodType>) : undefined
}
