import { z } from 'zod'
import { isRecord } from '../../shared/json.ts'
import type { Evidence, Provenance } from '../../spec/evidence.ts'
import { isReferenceOperation, type Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import type { OperationId } from '../../spec/wire-types.ts'
import { bindingEvidence, type Check, defineCheck, type Level, levelOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { given } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import { sampleAnswers } from '../probes/samples.ts'
import { isGiven } from '../probes/tasks.ts'

/** An object of an answer: one table of a vendor page. */
interface Table {
  /** `data.registerList[]`; empty for the answer itself. */
  readonly path: string
  readonly source: string
  /** How well each of its fields is known, and from where. */
  readonly fields: ReadonlyMap<string, Provenance>
  /** Whether the object may be left out. */
  readonly isOptional: boolean
}

const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.ZodType) : schema

/** The objects of a schema by their path, the root first. */
export function tablesOf(schema: z.ZodObject, path = '', isOptional = false): Table[] {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>)
  const known = new Map(fields.flatMap(([name, field]) => entryOf(name, field)))
  const sources = [...known.values()].map(({ source }) => source)
  const source = sources.find((text) => levelOf({ evidence: 'documented', source: text }) === 'MUST') ?? sources[0]
  const inner = fields.flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const bare = unwrap(field)
    if (bare instanceof z.ZodObject) return tablesOf(bare, at, field instanceof z.ZodOptional)
    const element = bare instanceof z.ZodArray ? unwrap(bare.element as z.ZodType) : undefined
    return element instanceof z.ZodObject ? tablesOf(element, `${at}[]`) : []
  })
  return [{ path, source: String(source ?? 'response'), fields: known, isOptional }, ...inner]
}

function entryOf(name: string, field: z.ZodType): [string, Provenance][] {
  const { 'x-evidence': evidence, 'x-source': source } = field.meta() ?? {}
  return source === undefined ? [] : [[name, { evidence: evidence as Evidence, source: String(source) }]]
}

/** What zod says of a value of the right type that is not among those expected. */
const VALUE_ISSUES: readonly string[] = ['invalid_value', 'too_small', 'too_big', 'invalid_format']

const ENVELOPE = /^(?:code|msg)$/

/** `data.registerList[]` and `phone` of an issue at data.registerList.3.phone. */
function placeOf(issue: z.core.$ZodIssue): { table: string; field: string } {
  const keys = issue.path.map((key) => (typeof key === 'number' ? '[]' : `.${String(key)}`))
  const field = keys.at(-1) === '[]' ? '' : (keys.pop() ?? '').slice(1)
  return { table: keys.join('').replace(/^\./, ''), field }
}

/** Fields that a reading allows to be absent: user-list-total. */
const mayBeAbsent: Readonly<Partial<Record<OperationId, readonly string[]>>> = { listUsers: ['total'] }

/** Fields whose type tables and examples of the same pages give as a string and as number. */
const ofEitherType: Readonly<Partial<Record<OperationId, readonly string[]>>> = {
  authSession: ['deptId'],
  createSession: ['deptId'],
  listDepartmentSpaces: ['status', 'capacity', 'spaceUsed'],
}

/** Fields that every answer has once the readings are taken out of it. Readings allocation-form, empty-result. */
const alwaysThere: Readonly<Partial<Record<OperationId, readonly string[]>>> = { getSpaceAllocation: ['data'] }

interface Problem {
  readonly table: string
  readonly field: string
  readonly text: string
  /** Whether the field is not there, or null. */
  readonly isAbsent: boolean
  /** Whether the type is right and only the value is one that we do not know. */
  readonly isValue: boolean
}

export function problemsOf(operation: Operation, body: Record<string, unknown>): Problem[] {
  const { error } = operation.response.safeParse(normal(body))
  const free = mayBeAbsent[operation.operationId as OperationId] ?? []
  const issues = (error?.issues ?? []).filter(({ path: [key, ...rest] }) => {
    return rest.length > 0 || !free.includes(String(key)) || body[String(key)] !== undefined
  })
  const loose = ofEitherType[operation.operationId as OperationId] ?? []
  return issues.flatMap((issue) => {
    const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], body)
    // The tables give types; which texts and numbers there are they do not say.
    const isValue =
      VALUE_ISSUES.includes(issue.code ?? '') &&
      (issue.code === 'invalid_value' ? typeof value === 'string' : value !== undefined)
    const isLoose = loose.includes(String(issue.path.at(-1))) && ['string', 'number', 'bigint'].includes(typeof value)
    if (isLoose) return []
    const got =
      value === undefined ? 'nothing' : value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
    return {
      ...placeOf(issue),
      isValue,
      isAbsent: value === undefined || value === null,
      text: `${issue.message.replace(/^Invalid input: /, '')} (got ${got})`,
    }
  })
}

/** Long integers are as good as short ones where a number is due, and null as good as nothing where that is allowed. */
function normal(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.MAX_SAFE_INTEGER
  if (Array.isArray(value)) return value.map(normal)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, normal(inner)]])),
  )
}

/** Fields that no table lists, by the table they stand in. */
export function unknownFields(schema: z.ZodType, value: unknown, path = ''): Problem[] {
  const bare = unwrap(schema)
  if (bare instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((one) => unknownFields(bare.element as z.ZodType, one, `${path}[]`))
  }
  if (!(bare instanceof z.ZodObject) || !isRecord(value)) return []
  const shape = bare.shape as Record<string, z.ZodType>
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (field === undefined) return [{ table: path, field: key, text: 'undocumented', isAbsent: false, isValue: false }]
    return unknownFields(field, inner, path === '' ? key : `${path}.${key}`)
  })
}

/** What is checked of a table together, and how it is told. */
interface Part {
  readonly suffix: string
  readonly what: string
  readonly from: Provenance
  readonly has: (field: string) => boolean
}

/**
 * The parts of a table. The reference pages are judged as one: what they show they list. The management pages differ
 * between table and example, so that each field has the level of its own evidence.
 */
function partsOf(operation: Operation, { path, source, fields }: Table): readonly Part[] {
  const documented = 'every documented field in its documented type'
  if (isReferenceOperation(operation)) {
    return [{ suffix: '', what: documented, from: { evidence: 'documented', source }, has: () => true }]
  }
  const given = alwaysThere[operation.operationId as OperationId] ?? []
  const own = [...fields].filter(([name]) => path !== '' || (!ENVELOPE.test(name) && !given.includes(name)))
  const levels: readonly [Level, string, string][] = [
    ['MUST', '', documented],
    ['SHOULD', '.example', 'every field that only the example shows, in its type'],
    ['MAY', '.inferred', 'every field of which we infer a part, in its type'],
  ]
  return levels.flatMap(([level, suffix, what]) => {
    const names = own.filter(([, from]) => levelOf(from) === level)
    const [first] = names
    if (first === undefined) return []
    const known = new Map(names)
    // A problem of the object itself has no field: it is told once.
    const has = (field: string): boolean =>
      known.has(field) || (field === '' && level === levelOf(own[0]?.[1] ?? first[1]))
    return [{ suffix, what, from: { evidence: bindingEvidence(first[1]), source: sourceOf(names) }, has }]
  })
}

/** The source of the fields, each said once. */
const sourceOf = (fields: readonly (readonly [string, Provenance])[]): string =>
  [...new Set(fields.map(([, { source }]) => source))].slice(0, 2).join('; ')

function tableCheck(operation: Operation, table: Table, part: Part, samples: readonly Probe<Exchange>[]): Check {
  const { path } = table
  const name = path === '' ? 'response' : path.replaceAll('[]', '').split('.').at(-1)
  const operationId = operation.operationId as OperationId
  const where = path === '' ? 'the answer' : path
  // An organisation may know its members by e-mail address, and the only member may lack what others would have.
  const isOfPeople = ['list[]', 'users[]'].includes(path) && isReferenceOperation(operation)
  return defineCheck({
    id: `${operation.id}.fields.${name}${part.suffix}`,
    title: `give ${where} ${part.what}`,
    operation: operationId,
    from: part.from,
    clause: `${operationId}: ${path === '' ? 'response' : path}`,
    why: 'A client with typed models fails to read an answer with a missing or mistyped field.',
    tags: ['fields'],
    uses: samples,
    async run({ get, notice }) {
      const undocumented = new Set<string>()
      /** Fields that some records have and some have not: nobody says that everybody has a phone. */
      const gaps = new Set<string>()
      const odd = new Set<string>()
      let seen = false
      for (const sample of samples) {
        const exchange = await get(sample)
        const body = given(exchange, operationId)
        if (path === '' || isPresent(body, path)) seen = true
        else if (!path.includes('[]') && !table.isOptional) fail(`an object ${path}`, 'none', exchange)
        const inTable = ({ table, field }: Problem): boolean =>
          path === '' ? table === '' && !ENVELOPE.test(field) : table === path
        const mine = (problem: Problem): boolean => inTable(problem) && part.has(problem.field)
        const problems = problemsOf(operation, body).filter(mine)
        const records = recordsAt(body, path)
        const isGap = ({ isAbsent, field }: Problem): boolean =>
          isAbsent &&
          ((isOfPeople && field !== '' && (field === 'mobile' || records.length === 1)) ||
            records.some((record) => isGiven(record[field])))
        for (const one of problems.filter(isGap)) gaps.add(one.field)
        for (const one of problems.filter(({ isValue }) => isValue)) odd.add(one.field)
        const wrong = problems.filter((one) => !isGap(one) && !one.isValue)
        const [first] = wrong
        if (first !== undefined) {
          const fields = [...new Set(wrong.map(({ field }) => field || 'the object itself'))]
          fail(
            `${where} as the table says; ${first.field || 'the object'}: ${first.text.replace(/ \(got.*/, '')}`,
            `a wrong or missing ${fields.join(', ')} ${/\(got.*\)/.exec(first.text)?.[0] ?? ''}`,
            exchange,
          )
        }
        const unlisted = part.suffix === '' ? unknownFields(operation.response, body).filter(inTable) : []
        for (const { field } of unlisted) undocumented.add(field)
      }
      if (!seen) skip(`no answer of this run has ${path}`)
      if (odd.size > 0) notice(`values that no page lists: ${[...odd].join(', ')}`)
      if (gaps.size > 0) notice(`fields that some records lack: ${[...gaps].join(', ')}`)
      if (undocumented.size > 0) notice(`undocumented fields: ${[...undocumented].join(', ')}`)
    },
  })
}

/** Whether an answer holds an object at a path. */
const isPresent = (body: unknown, path: string): boolean => recordsAt(body, path).length > 0

/** The objects at a path of an answer, the answer itself for the empty path. */
function recordsAt(body: unknown, path: string): Record<string, unknown>[] {
  if (path === '') return isRecord(body) ? [body] : []
  let at: unknown[] = [body]
  for (const step of path.split('.')) {
    const key = step.replace('[]', '')
    at = at.flatMap((one) => {
      const inner = isRecord(one) ? one[key] : undefined
      return step.endsWith('[]')
        ? Array.isArray(inner)
          ? inner
          : inner === undefined
            ? []
            : [inner]
        : inner === undefined
          ? []
          : [inner]
    })
  }
  return at.filter(isRecord)
}

/** One check for each table of each answer, from the schemas of the operations. */
export const responseChecks: readonly Check[] = (operations as readonly Operation[]).flatMap((operation) => {
  const samples = sampleAnswers(operation.operationId as OperationId)
  if (samples.length === 0) return []
  return tablesOf(operation.response).flatMap((table) =>
    partsOf(operation, table).map((part) => tableCheck(operation, table, part, samples)),
  )
})
