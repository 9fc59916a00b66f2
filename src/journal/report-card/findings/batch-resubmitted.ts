import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence, type FindingContext } from '../finding.ts'

export const batchResubmitted = defineFinding({
  id: 'batch-resubmitted',
  title: 'Submits a batch again that was taken already',
  severity: 'error',
  why: 'A lost answer is not a lost request: the first task runs, the second provisions the same phones once more and reports every user as existing.',
  cure: 'After a timeout or a broken answer, look with listUsers whether the phones have users before submitting again.',
  find: (calls, { batches }) => {
    const creates = calls.filter(({ operation }) => operation === 'createBatchProvisioningTask')
    const taken = takenCalls(creates, batches)
    /** Call that submitted a phone and has not learnt since that it failed. */
    const takenBy = new Map<string, Call>()
    return calls.flatMap((call): Evidence[] => {
      for (const phone of call.facts.failedPhones) takenBy.delete(phone)
      if (!taken.has(call)) return []
      const { phones } = call.facts
      const earlier = phones.flatMap((phone) => takenBy.get(phone) ?? [])
      for (const phone of phones) takenBy.set(phone, call)
      const [first] = earlier
      if (first === undefined || earlier.length < phones.length) return []
      const lost = first.isRefused
        ? `, whose answer was lost (${first.entry.faults.join(', ') || first.entry.status})`
        : ''
      const detail = `${call.id} submits ${phones.length} phones that ${first.id} had submitted already${lost}.`
      return [{ requestIds: [first.id, call.id], detail }]
    })
  },
})

type Batch = FindingContext['batches'][number]

/** The calls that made a task: by the id in their answer, or, when that was lost, by a task that nobody has heard of. */
function takenCalls(creates: readonly Call[], batches: readonly Batch[]): Set<Call> {
  const answered = new Set(creates.map(({ facts }) => facts.answeredId))
  const unanswered = groupBy(
    batches.filter(({ id }) => !answered.has(id)),
    ({ phones }) => phones,
  )
  const taken = new Set<Call>()
  for (const call of creates) {
    const { answeredId, phones } = call.facts
    if (answeredId !== undefined) {
      taken.add(call)
      continue
    }
    const same = unanswered.get(phones.join()) ?? []
    const at = same.findIndex(({ createdAt }) => createdAt >= call.at)
    if (at < 0) continue
    same.splice(at, 1)
    taken.add(call)
  }
  return taken
}

export const preverifySkipped = defineFinding({
  id: 'preverify-skipped',
  title: 'Creates users without verifying first',
  severity: 'info',
  why: 'Wrong departments and exceeded capacities show only when the batch has run.',
  cure: 'Call preverifyBatchImport before a large import; it changes nothing.',
  find: (calls, { isTruncated }) => {
    const verified = calls.findIndex(({ operation, isRefused }) => operation === 'preverifyBatchImport' && !isRefused)
    if (isTruncated) return []
    const creates = calls
      .slice(0, verified < 0 ? undefined : verified)
      .filter(({ operation, isRefused }) => operation === 'createBatchProvisioningTask' && !isRefused)
    if (creates.length === 0) return []
    const detail = `${creates.length} ${creates.length === 1 ? 'batch was' : 'batches were'} created before any pre-verification.`
    return [{ requestIds: creates.map(({ id }) => id), detail }]
  },
})
