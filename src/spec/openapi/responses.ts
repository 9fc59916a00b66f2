import type { ExampleObject, ResponseObject, ResponsesObject } from 'openapi3-ts/oas31'
import { commonErrors, type ErrorName, errorEntry } from '../errors.ts'
import { isReferenceOperation, type Operation } from '../operation.ts'

const errorExample = (name: ErrorName): ExampleObject => {
  const { code, message, when } = errorEntry(name)
  return { summary: when, value: { code, msg: message['en-US'] } }
}

/** Several errors share a status: they become one response with an example each. */
function refusal(names: readonly ErrorName[], operation: Operation): ResponseObject {
  const entries = names.map(errorEntry)
  return {
    description: `Refused: ${entries.map(({ code, when }) => `${code}, ${when}`).join('; ')}.`,
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/ErrorBody' },
        examples: Object.fromEntries(names.map((name) => [name, errorExample(name)])),
      },
    },
    'x-errors': names.map((name) => {
      const { code, evidence, source } = errorEntry(name)
      const isInferred = !isReferenceOperation(operation) && !commonErrors.includes(name)
      return {
        name,
        code,
        'x-evidence': isInferred ? 'inferred' : evidence,
        'x-source': isInferred ? `The page documents no errors; the row fits: ${source}` : source,
      }
    }),
  }
}

/** Success and every error of an operation, keyed by HTTP status under the default readings. */
export function responsesOf(operation: Operation, success: ResponseObject): ResponsesObject {
  const byStatus = new Map<number, ErrorName[]>()
  for (const name of [...operation.errors, ...commonErrors]) {
    const { status } = errorEntry(name)
    byStatus.set(status, [...(byStatus.get(status) ?? []), name])
  }
  const refusals = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, names]) => [String(status), refusal(names, operation)])
  return { '200': success, ...Object.fromEntries(refusals) }
}
