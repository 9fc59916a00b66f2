import { z } from 'zod'
import type { Readings } from '../../spec/readings.ts'
import { headerOf, type Wire } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { explainIssue } from './explain.ts'
import { parseJson, readText } from './json.ts'

/**
 * Reads the body of a request by the schema of its operation.
 *
 * @throws Refusal that names the field.
 */
export async function readBody<S extends z.ZodObject>(schema: S, wire: Wire, readings: Readings): Promise<z.output<S>> {
  if (readings['content-type'] === 'json-required') checkContentType(wire)
  const parsed = parseJson(readText(await wire.body()))
  const value = readings['null-optional'] === 'absent' ? withoutNulls(parsed) : parsed
  const result = schema.safeParse(value)
  if (!result.success) {
    const { path, detail } = explainIssue(result.error, value)
    throw refuse(path, detail)
  }
  const unknown = readings['unknown-fields'] === 'refused' ? findUnknownField(schema, value, '') : undefined
  if (unknown !== undefined) throw refuse(unknown, `${unknown}: no such field is documented.`)
  return result.data
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

/** The path of the first field that a schema does not list. */
function findUnknownField(schema: z.ZodType, value: unknown, path: string): string | undefined {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const element = schema.element as z.ZodType
    for (const [index, item] of value.entries()) {
      const found = findUnknownField(element, item, `${path}[${index}]`)
      if (found !== undefined) return found
    }
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    const field = Object.hasOwn(schema.shape, key) ? (schema.shape[key] as z.ZodType) : undefined
    const found = field === undefined ? at : findUnknownField(field, inner, at)
    if (found !== undefined) return found
  }
  return undefined
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]))
}
