import type { Finding } from './finding.ts'
import { batchResubmitted } from './findings/batch-resubmitted.ts'
import { clockDrift, secretInUrl, signatureMistakes, tokenAfterExpiry } from './findings/credentials.ts'
import { pagingPastEnd, pagingStoppedEarly } from './findings/paging.ts'
import { noBackOff, pollsAfterEnd, pollsTooFast } from './findings/polling.ts'
import { preverifySkipped } from './findings/preverify-skipped.ts'
import { retryAfterIgnored } from './findings/retry-after-ignored.ts'
import { roundedIds } from './findings/rounded-ids.ts'

/** Every finding, the gravest first. A new one is an entry here. */
export const findings: readonly Finding[] = [
  batchResubmitted,
  pagingStoppedEarly,
  roundedIds,
  secretInUrl,
  retryAfterIgnored,
  signatureMistakes,
  pollsTooFast,
  noBackOff,
  pollsAfterEnd,
  pagingPastEnd,
  tokenAfterExpiry,
  clockDrift,
  preverifySkipped,
]
