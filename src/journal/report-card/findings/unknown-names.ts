import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

export const unknownNames = defineFinding({
  id: 'unknown-names',
  title: 'Uses names that no page lists',
  severity: 'warning',
  why: 'An unknown parameter or field is ignored, or refused, without a word: a filter that does not filter goes unnoticed.',
  cure: 'Use the documented names; X-Mock-Diagnosis of each call says which one is probably meant.',
  find: (calls) =>
    [...groupBy(calls, namesOf)].map(([detail, same]): Evidence => ({ requestIds: same.map(({ id }) => id), detail })),
})

function namesOf({ operation, facts: { unknownNames: names } }: Call): string | undefined {
  return names === '' ? undefined : `${operation}: ${names}`
}
