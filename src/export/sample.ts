import type { Operation } from '../spec/operation.ts'
import { operations, referenceOperations } from '../spec/operations.ts'

/** A request of an operation that the mock answers with success as it was started. */
export interface Sample {
  readonly operation: Operation
  readonly isSigned: boolean
  readonly summary: string
  /** Path with query, percent-encoded. */
  readonly target: string
  readonly query: readonly (readonly [string, string])[]
  /** Body on one line; integers keep every digit. */
  readonly body: string | undefined
  /** Body as the answer has it, indented. */
  readonly response: string
  /** Fields at the top of every success. */
  readonly answerFields: readonly string[]
}

function toSample(operation: Operation): Sample {
  const [example] = Object.values(operation.examples)
  const query = Object.entries(example?.query ?? {})
  const { response, authentication } = operation
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => example?.params?.[name] ?? '')
  return {
    operation,
    isSigned: authentication === 'signature',
    summary: example?.summary ?? operation.title,
    query,
    target: query.length === 0 ? path : `${path}?${query.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`,
    body: operation.body === undefined ? undefined : exactJson(example?.body),
    response: exactJson(example?.response, 2),
    answerFields: Object.entries(response.shape)
      .filter(
        ([, schema]) =>
          !(schema as { safeParse: (value: unknown) => { success: boolean } }).safeParse(undefined).success,
      )
      .map(([name]) => name),
  }
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** JSON in which integers beyond 2^53 keep every digit. */
const exactJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `int64:${one}` : one), indent).replace(
    /"int64:(-?\d+)"/g,
    '$1',
  )

/** One request of each operation, from the first of its examples. */
export const samples: readonly Sample[] = operations.map(toSample)

/** Those that succeed alone, on a mock as it was started. */
export const referenceSamples: readonly Sample[] = referenceOperations.map(toSample)
