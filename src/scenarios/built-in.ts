import { allFail } from './built-in/all-fail.ts'
import { clockSkew } from './built-in/clock-skew.ts'
import { duplicates } from './built-in/duplicates.ts'
import { emptyOrganization } from './built-in/empty-organization.ts'
import { failingBatch } from './built-in/failing-batch.ts'
import { flaky } from './built-in/flaky.ts'
import { happyPath } from './built-in/happy-path.ts'
import { largeOrganization } from './built-in/large-organization.ts'
import { maintenance } from './built-in/maintenance.ts'
import { malformedJson } from './built-in/malformed-json.ts'
import { partialFailure } from './built-in/partial-failure.ts'
import { productionLike } from './built-in/production-like.ts'
import { quotaExhausted } from './built-in/quota-exhausted.ts'
import { race } from './built-in/race.ts'
import { shiftingPages } from './built-in/shifting-pages.ts'
import { slowBatch } from './built-in/slow-batch.ts'
import { slowNetwork } from './built-in/slow-network.ts'
import { stuckBatch } from './built-in/stuck-batch.ts'
import { throttled } from './built-in/throttled.ts'
import { tokenExpiresMidPoll } from './built-in/token-expires-mid-poll.ts'
import type { Scenario } from './scenario.ts'

/** The scenarios that come with the mock; the first is the default. */
export const builtInScenarios: readonly Scenario[] = [
  happyPath,
  duplicates,
  partialFailure,
  allFail,
  slowBatch,
  stuckBatch,
  failingBatch,
  race,
  quotaExhausted,
  emptyOrganization,
  largeOrganization,
  tokenExpiresMidPoll,
  clockSkew,
  throttled,
  flaky,
  slowNetwork,
  malformedJson,
  maintenance,
  shiftingPages,
  productionLike,
]

export const defaultScenario = happyPath
