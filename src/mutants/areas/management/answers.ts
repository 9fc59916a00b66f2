import { z } from 'zod'
import type { Mutation } from '../../../server/mutation.ts'
import { inferred } from '../../../spec/evidence.ts'
import { type Operation, onPageOf } from '../../../spec/operation.ts'
import type { Definition } from '../../mutant.ts'
import {
  changeAnswer,
  changeAnswers,
  changeBody,
  kebab,
  type Loose,
  mistyped,
  provenanceOf,
  without,
} from '../../seams.ts'

/** Changes the successes of one operation as they go over the wire. */
const answered = ({ operationId }: Operation, change: (body: Loose) => Loose): Mutation =>
  changeAnswer((body, { operation, refusal }) =>
    operation?.operationId === operationId && refusal === undefined ? change(body) : undefined,
  )

/** What can go wrong with the envelope of any answer. */
export function envelopeDefinitions(operation: Operation): Definition[] {
  const clause = onPageOf(operation, 'answer table')
  const isListed = operation.operationId !== 'getTaskResult'
  const own = isListed
    ? clause
    : inferred('The answer table of getTaskResult lists data alone, code and msg only the example')
  return [
    ['code-missing', 'a success comes without code', own, answered(operation, (body) => without(body, 'code'))],
    ['msg-missing', 'a success comes without msg', own, answered(operation, (body) => without(body, 'msg'))],
    ['msg-number', 'msg is a number', clause, answered(operation, (body) => ({ ...body, msg: 0 }))],
    [
      'status-201',
      'a success comes with HTTP 201',
      clause,
      changeAnswers(
        ({ operation: asked, refusal }) => asked?.operationId === operation.operationId && refusal === undefined,
        () => ({ status: 201 }),
      ),
    ],
  ]
}

const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.ZodType) : schema

/** Fields that the mock leaves out, so that nothing about them can be wrong. */
const UNSPOKEN = ['initParams', 'locale', 'resultCode', 'operatorId']
/** Fields that the pages write as a number and as a string: another type of them is a list. */
const EITHER = ['total', 'status', 'capacity', 'spaceUsed', 'type', 'allocateCapacity', 'totalCapacity', 'deptId']
/** A cursor is absent on most pages; what is wrong with it shows in the walk. */
const WALKED = ['nextCursor']

/** What can go wrong with each field of an answer: it is missing, or it has another type. */
export const fieldDefinitions = (operation: Operation): Definition[] =>
  tableDefinitions(operation, operation.response, [])

function tableDefinitions(operation: Operation, schema: z.ZodObject, path: readonly string[]): Definition[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]): Definition[] => {
    if ((path.length === 0 && /^(?:code|msg)$/.test(name)) || UNSPOKEN.includes(name) || WALKED.includes(name))
      return []
    const bare = unwrap(field)
    const inner = bare instanceof z.ZodArray ? unwrap(bare.element as z.ZodType) : bare
    const what = [...path, name].map(kebab).join('-')
    const where = path.length === 0 ? 'the answer' : path.join('.')
    const clause = provenanceOf(field)
    const each = (change: (record: Loose) => Loose): Mutation =>
      changeBody(operation, (body) => changed(body, path, change))
    // An empty list may be left out: reading empty-result.
    const isFree = field instanceof z.ZodOptional || bare instanceof z.ZodArray
    const missing: Definition[] = isFree
      ? []
      : [[`${what}-missing`, `${where} comes without ${name}`, clause, each((one) => without(one, name))]]
    if (inner instanceof z.ZodObject) {
      const text: Definition = [
        `${what}-mistyped`,
        `${name} of ${where} has another type`,
        clause,
        each((one) => (one[name] === undefined ? one : { ...one, [name]: 'none' })),
      ]
      return [...missing, text, ...tableDefinitions(operation, inner, [...path, name])]
    }
    const broken = (one: Loose): Loose =>
      EITHER.includes(name) && one[name] !== undefined ? { ...one, [name]: [one[name]] } : mistyped(one, name)
    return [...missing, [`${what}-mistyped`, `${name} of ${where} has another type`, clause, each(broken)]]
  })
}

/** A body in which every object at a path is another. */
function changed(body: Loose, [key, ...rest]: readonly string[], change: (record: Loose) => Loose): Loose {
  if (key === undefined) return change(body)
  const inner = body[key]
  if (inner === undefined) return body
  const deeper = (one: unknown): unknown => changed(one as Loose, rest, change)
  return { ...body, [key]: Array.isArray(inner) ? inner.map(deeper) : deeper(inner) }
}
