import { defineFinding } from '../finding.ts'

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
