import type { z } from 'zod'
import { explainMistake } from '../../scenarios/explain.ts'
import { badRequest } from '../problem.ts'

/**
 * An input of the control plane by its schema. `place` is where the input was, `named` how the refusal calls it.
 *
 * @throws Problem 400 that names the field, what came and what is allowed.
 */
export function validated<S extends z.ZodType>(schema: S, value: unknown, place: string, named = place): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const { path, detail, allowed } = explainMistake(schema, result.error, value)
  const text = allowed?.join(', ') ?? allowedAt(schema, result.error)
  const hint = text === undefined || allowed !== undefined ? '' : ` Allowed: ${text.replace(/\.$/, '')}.`
  const where = path === '' ? `The ${named}` : path
  throw badRequest(`${where}: ${detail}${hint}`, { path: path || place, place, ...(text && { allowed: text }) })
}

/** What an input may hold where the first problem is: the names of an object, or the description of a field. */
function allowedAt(schema: z.ZodType, error: z.ZodError): string | undefined {
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
