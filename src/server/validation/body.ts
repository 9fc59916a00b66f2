import type { z } from 'zod'
import { explainUnknown, unknownFields } from '../../scenarios/unknown-names.ts'
import type { Readings } from '../../spec/readings.ts'
import { headerOf, type Wire } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { explainIssue } from './explain.ts'
import { parseJson } from './json.ts'

/**
 * Reads the body of a request by the schema of its operation.
 *
 * @returns what the schema makes of it, and a hint at fields that no page lists
 * @throws Refusal that names the field.
 */
export async function readBody<S extends z.ZodObject>(
  schema: S,
  wire: Wire,
  readings: Readings,
): Promise<{ body: z.output<S>; hint: string }> {
  if (readings['content-type'] === 'json-required') checkContentType(wire)
  const parsed = parseJson(await wire.body())
  const value = readings['null-optional'] === 'absent' ? withoutNulls(parsed) : parsed
  const result = schema.safeParse(value)
  if (!result.success) {
    const { path, detail } = explainIssue(result.error, value)
    throw refuse(path, [detail, explainUnknown(unknownFields(schema, value))].filter(Boolean).join(' '))
  }
  const unknown = unknownFields(schema, value)
  const [first] = unknown
  if (first !== undefined && readings['unknown-fields'] === 'refused') throw refuse(first.path, explainUnknown([first]))
  return { body: result.data, hint: explainUnknown(unknown) }
}

const refuse = (path: string, detail: string) =>
  new Refusal('verifyParametersFailed', { rule: `body.${path.replace(/\[\d+\]/g, '[]')}`, detail })

function checkContentType(wire: Wire): void {
  const type = headerOf(wire, 'content-type')
  if (type !== undefined && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim())) return
  throw new Refusal('unsupportedMediaType', {
    rule: 'content-type',
    detail: `Content-Type is ${type === undefined ? 'absent' : `"${type}"`}; application/json is required here.`,
  })
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]))
}
