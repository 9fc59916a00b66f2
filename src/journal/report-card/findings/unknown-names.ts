import { explainUnknown, unknownFields, unknownQueryNames } from '../../../scenarios/unknown-names.ts'
import type { Operation } from '../../../spec/operation.ts'
import { operations } from '../../../spec/operations.ts'
import { toText } from '../../viewer.ts'
import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

const byId = new Map<string, Operation>(operations.map((operation) => [operation.operationId, operation as Operation]))

export const unknownNames = defineFinding({
  id: 'unknown-names',
  title: 'Uses names that no page lists',
  severity: 'warning',
  why: 'An unknown parameter or field is ignored, or refused, without a word: a filter that does not filter goes unnoticed.',
  cure: 'Use the documented names; X-Mock-Diagnosis of each call says which one is probably meant.',
  find: (calls) =>
    [...groupBy(calls, namesOf)].map(([detail, same]): Evidence => ({ requestIds: same.map(({ id }) => id), detail })),
})

function namesOf({ entry }: Call): string | undefined {
  const operation = byId.get(entry.operation ?? '')
  if (operation === undefined) return undefined
  const inBody = operation.body === undefined ? [] : unknownFields(operation.body, parsed(entry.requestBody))
  const hint = explainUnknown([...unknownQueryNames(operation, entry.target), ...inBody])
  return hint === '' ? undefined : `${operation.operationId}: ${hint}`
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(toText(body))
  } catch {
    return undefined
  }
}
