import { type Check, probesOf } from './check.ts'
import { createChecks } from './checks/create-batch-provisioning-task.ts'
import { envelopeChecks } from './checks/envelope.ts'
import { recordChecks } from './checks/list-records.ts'
import { listUserSpacesChecks } from './checks/list-user-spaces.ts'
import { listUsersChecks } from './checks/list-users.ts'
import { allParameterChecks } from './checks/parameters.ts'
import { preverifyChecks } from './checks/preverify-batch-import.ts'
import { preverifyRequestChecks } from './checks/preverify-request.ts'
import { provisionedUserChecks } from './checks/provisioned-users.ts'
import { queryChecks } from './checks/query-batch-provisioning.ts'
import { responseChecks } from './checks/responses.ts'
import { serviceChecks } from './checks/service.ts'
import { signatureChecks } from './checks/signature.ts'
import { tokenChecks } from './checks/token.ts'

const all: readonly Check[] = [
  ...tokenChecks,
  ...signatureChecks,
  ...serviceChecks,
  ...listUsersChecks,
  ...listUserSpacesChecks,
  ...recordChecks,
  ...preverifyChecks,
  ...preverifyRequestChecks,
  ...createChecks,
  ...provisionedUserChecks,
  ...queryChecks,
  ...allParameterChecks,
  ...responseChecks,
]

/** Whether a run that may write creates a task to judge a check. */
function needsTask(check: Check): boolean {
  return probesOf(check, true).some(({ needs }) => needs.includes('writes'))
}

/**
 * Every check, in the order in which a run goes through them: what only reads comes first, so that the lists stand still
 * while they are looked at; what judges all answers of the run comes last.
 */
export const checks: readonly Check[] = [
  ...all.filter((check) => !needsTask(check)),
  ...all.filter(needsTask),
  ...envelopeChecks,
]
