import type { z } from 'zod'
import { explainMistake } from '../../scenarios/explain.ts'
import { allowedAt } from './allowed.ts'
import { badRequest } from './problem.ts'

/**
 * An input of the control plane by its schema. `place` names the input in the refusal.
 *
 * @throws Problem 400 that names the field, what came and what is allowed.
 */
export function validated<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const { path, detail, allowed } = explainMistake(schema, result.error, value)
  const text = allowed?.join(', ') ?? allowedAt(schema, result.error)
  const hint = text === undefined || allowed !== undefined ? '' : ` Allowed: ${text.replace(/\.$/, '')}.`
  const where = path === '' ? `The ${place}` : path
  throw badRequest(`${where}: ${detail}${hint}`, { path: path || place, place, ...(text && { allowed: text }) })
}
