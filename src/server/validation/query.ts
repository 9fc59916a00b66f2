import type { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { explainIssue } from './explain.ts'

type Kind = 'number' | 'boolean' | 'string'

const kinds = new WeakMap<z.ZodObject, ReadonlyMap<string, { kind: Kind; optional: boolean }>>()

/** What the parameters of a query are on the wire: read off the schema once. */
function parametersOf(schema: z.ZodObject): ReadonlyMap<string, { kind: Kind; optional: boolean }> {
  const known = kinds.get(schema)
  if (known !== undefined) return known
  const made = new Map(
    Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
      const optional = field.type === 'optional'
      const { type } = optional ? (field as z.ZodOptional<z.ZodType>).unwrap() : field
      return [name, { kind: type === 'number' || type === 'boolean' ? type : 'string', optional } as const]
    }),
  )
  kinds.set(schema, made)
  return made
}

const refuse = (parameter: string, detail: string) =>
  new Refusal('verifyParametersFailed', { rule: `query.${parameter}`, detail })

/**
 * Reads the query of a target by the schema of its operation: typed values, empty optional ones left out, unknown
 * names ignored.
 *
 * @throws Refusal that names the parameter.
 */
export function readQuery<S extends z.ZodObject>(schema: S, target: string): z.output<S> {
  const start = target.indexOf('?')
  const raw = start < 0 ? '' : target.slice(start + 1)
  if (raw.includes('%')) checkEncoding(raw)
  const parameters = parametersOf(schema)
  const values: Record<string, unknown> = {}
  for (const [name, text] of new URLSearchParams(raw)) {
    const parameter = parameters.get(name)
    if (parameter === undefined || (text === '' && parameter.optional)) continue
    if (Object.hasOwn(values, name)) throw refuse(name, `${name} was given more than once.`)
    values[name] = decode(text, parameter.kind)
  }
  const result = schema.safeParse(values)
  if (result.success) return result.data
  const { path, detail } = explainIssue(result.error, values)
  throw refuse(path, detail)
}

function decode(text: string, kind: Kind): unknown {
  if (kind === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function checkEncoding(raw: string): void {
  try {
    decodeURIComponent(raw)
  } catch {
    throw refuse('encoding', 'The query is not percent-encoded UTF-8: a % must be followed by two hex digits.')
  }
}
