import { z } from 'zod'
import { type Evidence, inferred, type Provenance } from '../spec/evidence.ts'
import type { Operation } from '../spec/operation.ts'

/** A value that is put in the place of a parameter. */
export interface Value {
  /** Whether the parameter is left out. */
  readonly absent?: boolean
  readonly value?: unknown
  /** Makes the value from the right one. */
  readonly make?: (right: unknown) => unknown
  /** The value in a report and in the id of a probe. */
  readonly shown: string
}

/** A parameter of an operation, with the values that its documentation allows and forbids. */
export interface Parameter {
  /** `limit`, or `firstname` for a field of a list in the body. */
  readonly name: string
  readonly place: 'query' | 'body'
  readonly path: readonly string[]
  readonly mandatory: boolean
  readonly from: Provenance
  readonly mistyped: readonly Value[]
  /** Beyond a range that the page states. */
  readonly refuses: readonly Value[]
  /** Empty where the page asks for a value and names no shortest one. */
  readonly empty: readonly Value[]
  readonly accepts: readonly Value[]
}

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
}

const shown = (value: unknown): Value => ({ value, shown: value === '' ? 'an empty string' : String(value) })

/** No service reads an object as a string; a number many do. */
const object: Value = { value: {}, shown: 'an object' }

/** Texts that a field of digits may take or not; its own schema tells which. */
const DIGIT_TEXTS = ['-1', '0', '1', '100', '101']

const boundsOf = (schema: z.ZodType): Bounds & { pattern?: string } =>
  z.toJSONSchema(schema, { unrepresentable: 'any' }) as Bounds & { pattern?: string }

/** Every parameter of an operation, those of lists in the body included. */
export const parametersOf = ({ query, body }: Operation): readonly Parameter[] => [
  ...(query === undefined ? [] : fieldsOf(query, 'query', [])),
  ...(body === undefined ? [] : fieldsOf(body, 'body', [])),
]

function fieldsOf(schema: z.ZodObject, place: Parameter['place'], above: readonly string[]): Parameter[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const mandatory = !(field instanceof z.ZodOptional)
    const bare = mandatory ? field : ((field as z.ZodOptional).unwrap() as z.ZodType)
    const path = [...above, name]
    const parameter = { name, place, path, mandatory, from: provenanceOf(field, bare) }
    const element = bare instanceof z.ZodArray ? (bare.element as z.ZodType) : undefined
    const values = place === 'query' ? queryValues(bare) : bodyValues(bare, mandatory)
    return [{ ...parameter, ...values }, ...(element instanceof z.ZodObject ? fieldsOf(element, place, path) : [])]
  })
}

function provenanceOf(...schemas: readonly z.ZodType[]): Provenance {
  for (const schema of schemas) {
    const { 'x-evidence': evidence, 'x-source': source } = schema.meta() ?? {}
    if (typeof source === 'string') return { evidence: evidence as Evidence, source }
  }
  return inferred('The schema of the operation')
}

type Values = Pick<Parameter, 'mistyped' | 'refuses' | 'empty' | 'accepts'>

function queryValues(schema: z.ZodType): Values {
  const { minimum, maximum } = boundsOf(schema)
  if (schema instanceof z.ZodNumber && minimum !== undefined && maximum !== undefined) {
    return {
      mistyped: [shown('abc')],
      refuses: [...new Set([minimum - 1, -1, maximum + 1])].map(shown),
      empty: [],
      accepts: [minimum, maximum].map(shown),
    }
  }
  if (!(schema instanceof z.ZodString)) return { mistyped: [], refuses: [], empty: [], accepts: [] }
  const takes = (text: string): boolean => schema.safeParse(text).success
  if (takes('abc')) return { mistyped: [], refuses: [], empty: takes('') ? [] : [shown('')], accepts: [] }
  const limited = !takes('101')
  return {
    mistyped: [shown('abc')],
    // Only a string that may be 0 is one that an empty string could stand for.
    empty: takes('0') ? [shown('')] : [],
    refuses: DIGIT_TEXTS.filter((one) => !takes(one) && (one !== '-1' || takes('0'))).map(shown),
    accepts: limited ? DIGIT_TEXTS.filter(takes).map(shown) : [],
  }
}

function bodyValues(schema: z.ZodType, mandatory: boolean): Values {
  const { minItems, minLength } = boundsOf(schema)
  if (schema instanceof z.ZodArray) {
    const first: Value = { make: (list) => (Array.isArray(list) ? list[0] : {}), shown: 'one entry in place of a list' }
    const empty: Value = { make: () => [], shown: 'an empty list' }
    return {
      mistyped: [first],
      refuses: [],
      empty: minItems === undefined || minItems === 0 ? [] : [empty],
      accepts: [],
    }
  }
  if (schema instanceof z.ZodString) {
    const isEmptyRefused = minLength !== undefined && minLength > 0
    return { mistyped: mandatory ? [object] : [], refuses: [], empty: isEmptyRefused ? [shown('')] : [], accepts: [] }
  }
  if (schema instanceof z.ZodBoolean) return { mistyped: [shown('maybe')], refuses: [], empty: [], accepts: [] }
  return { mistyped: [shown('ten')], refuses: [], empty: [], accepts: [] }
}
