import type { Finding } from './finding.ts'
import { batchResubmitted, preverifySkipped } from './findings/batch-resubmitted.ts'
import { clockDrift, secretInUrl, signatureMistakes, tokenAfterExpiry } from './findings/credentials.ts'
import { pagingPastEnd, pagingStoppedEarly } from './findings/paging.ts'
import { noBackOff, pollsAfterEnd, pollsTooFast, retryAfterIgnored } from './findings/polling.ts'
import { roundedIds, unknownNames } from './findings/requests.ts'

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
  unknownNames,
  preverifySkipped,
]
