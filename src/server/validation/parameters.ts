import type { z } from 'zod'
import { explainUnknown, unknownQueryNames } from '../../scenarios/unknown-names.ts'
import { headerOf, type Wire } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { explainIssue } from './explain.ts'

type Kind = 'number' | 'boolean' | 'string' | 'list'

const kinds = new WeakMap<z.ZodObject, ReadonlyMap<string, { kind: Kind; optional: boolean }>>()

const kindsOfTypes: Readonly<Record<string, Kind>> = { number: 'number', boolean: 'boolean', array: 'list' }

/** What parameters are on the wire: read off the schema once. */
function parametersOf(schema: z.ZodObject): ReadonlyMap<string, { kind: Kind; optional: boolean }> {
  const known = kinds.get(schema)
  if (known !== undefined) return known
  const made = new Map(
    Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
      const optional = field.type === 'optional'
      const { type } = optional ? (field as z.ZodOptional<z.ZodType>).unwrap() : field
      return [name, { kind: kindsOfTypes[type] ?? 'string', optional } as const]
    }),
  )
  kinds.set(schema, made)
  return made
}

type Place = 'path' | 'query' | 'header'

const refuse = (place: Place, parameter: string, detail: string) =>
  new Refusal('verifyParametersFailed', { rule: `${place}.${parameter}`, detail })

/**
 * Reads the query of a target by the schema of its operation: typed values, empty optional ones left out, unknown
 * names ignored.
 *
 * @throws Refusal that names the parameter.
 */
export function readQuery<S extends z.ZodObject>(schema: S, target: string): z.output<S> {
  const start = target.indexOf('?')
  const raw = start < 0 ? '' : target.slice(start + 1)
  if (raw.includes('%') && !isEncoded(raw)) {
    throw refuse('query', 'encoding', 'The query is not percent-encoded UTF-8: a % must be followed by two hex digits.')
  }
  const parameters = parametersOf(schema)
  const values: Record<string, unknown> = {}
  for (const [name, text] of new URLSearchParams(raw)) {
    const parameter = parameters.get(name)
    if (parameter === undefined || (text === '' && parameter.optional)) continue
    if (parameter.kind === 'list') {
      // Several values come as status=1&status=2 or status=1,2: the page does not say which.
      const numbers = text.split(',').map((one) => decode(one, 'number'))
      values[name] = [...((values[name] as unknown[] | undefined) ?? []), ...numbers]
      continue
    }
    if (Object.hasOwn(values, name)) throw refuse('query', name, `${name} was given more than once.`)
    values[name] = decode(text, parameter.kind)
  }
  return checked(schema, values, 'query', () => explainUnknown(unknownQueryNames({ query: schema }, target)))
}

/**
 * The parameters of a path, decoded, by the schema of its operation.
 *
 * @throws Refusal that names the parameter.
 */
export function readParams<S extends z.ZodObject>(schema: S, params: Readonly<Record<string, string>>): z.output<S> {
  return checked(
    schema,
    decoded(schema, (name) => params[name]),
    'path',
  )
}

/**
 * The headers that an operation alone takes, by its schema.
 *
 * @throws Refusal that names the header.
 */
export function readHeaders<S extends z.ZodObject>(schema: S, wire: Pick<Wire, 'headers'>): z.output<S> {
  return checked(
    schema,
    decoded(schema, (name) => headerOf(wire, name.toLowerCase())?.trim()),
    'header',
  )
}

/** The values of all parameters of a schema, empty optional ones left out. */
function decoded(schema: z.ZodObject, textOf: (name: string) => string | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, { kind, optional }] of parametersOf(schema)) {
    const text = textOf(name)
    if (text !== undefined && (text !== '' || !optional)) values[name] = decode(text, kind)
  }
  return values
}

/** `hint` says what else of the place may be wrong, such as a misspelt name. */
function checked<S extends z.ZodObject>(
  schema: S,
  values: Record<string, unknown>,
  place: Place,
  hint = () => '',
): z.output<S> {
  const result = schema.safeParse(values)
  if (result.success) return result.data
  const { path, detail } = explainIssue(result.error, values)
  throw refuse(place, path, [detail, hint()].filter(Boolean).join(' '))
}

function decode(text: string, kind: Kind): unknown {
  if (kind === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** Gives what it decodes a use: a bundler takes a bare call of a function that it calls pure out, and its errors too. */
function isEncoded(raw: string): boolean {
  try {
    return decodeURIComponent(raw) !== ''
  } catch {
    return false
  }
}
