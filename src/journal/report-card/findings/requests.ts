import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

/** Digits from which a double cannot hold every integer. */
const LONG = /^\d{16,19}$/

/** The ids that a call names, with where they stand. */
function idsOf(call: Call): [place: string, id: string][] {
  const named: [string, string | null | undefined][] = [
    ['taskId', call.query.get('taskId')],
    ['deptId', call.query.get('deptId')],
    ['curDeptId', call.facts.curDeptId],
    ['X-User-Id', call.header('x-user-id')?.trim()],
  ]
  return named.flatMap(([place, id]): [string, string][] => (LONG.test(id ?? '') ? [[place, id ?? '']] : []))
}

export const roundedIds = defineFinding({
  id: 'rounded-ids',
  title: 'Rounds ids',
  severity: 'error',
  why: 'A JSON library that reads numbers as doubles changes the last digits of ids beyond 2^53; the call then names another department or task, or none.',
  cure: 'Keep ids as strings, or parse integers as 64-bit or big integers.',
  find: (calls, { knownIds }) => {
    const known = new Set(knownIds())
    for (const { answeredId } of calls.map(({ facts }) => facts)) if (answeredId !== undefined) known.add(answeredId)
    const byDouble = new Map([...known].map((id) => [Number(id), id]))
    return calls.flatMap((call) =>
      idsOf(call).flatMap(([place, id]): Evidence[] => {
        const original = known.has(id) ? undefined : byDouble.get(Number(id))
        if (original === undefined) return []
        return [{ requestIds: [call.id], detail: `${place} is ${id}: ${original} rounded to a double.` }]
      }),
    )
  },
})

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
