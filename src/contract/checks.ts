import { type Check, probesOf } from './check.ts'
import { createChecks } from './checks/create-batch-provisioning-task.ts'
import { envelopeChecks } from './checks/envelope.ts'
import { recordChecks } from './checks/list-records.ts'
import { listChecks } from './checks/lists.ts'
import { managementCallChecks } from './checks/management/calls.ts'
import { countChecks } from './checks/management/counts.ts'
import { departmentSpaceChecks } from './checks/management/department-spaces.ts'
import { departmentChecks } from './checks/management/departments.ts'
import { sessionChecks } from './checks/management/sessions.ts'
import { spaceChecks } from './checks/management/spaces.ts'
import { taskChecks } from './checks/management/tasks.ts'
import { userChecks } from './checks/management/users.ts'
import { ownDepartmentChecks } from './checks/own-department.ts'
import { allParameterChecks } from './checks/parameters.ts'
import { preverifyChecks } from './checks/preverify-batch-import.ts'
import { preverifyRequestChecks } from './checks/preverify-request.ts'
import { provisionedUserChecks } from './checks/provisioned-users.ts'
import { responseChecks } from './checks/responses.ts'
import { serviceChecks } from './checks/service.ts'
import { signatureChecks } from './checks/signature.ts'
import { taskOutcomeChecks } from './checks/task-outcomes.ts'
import { taskPageChecks } from './checks/task-pages.ts'
import { taskProgressChecks } from './checks/task-progress.ts'
import { taskRowChecks } from './checks/task-rows.ts'
import { tokenChecks } from './checks/token.ts'

const all: readonly Check[] = [
  ...tokenChecks,
  ...signatureChecks,
  ...serviceChecks,
  ...listChecks,
  ...recordChecks,
  ...preverifyChecks,
  ...preverifyRequestChecks,
  ...createChecks,
  ...provisionedUserChecks,
  ...taskProgressChecks,
  ...taskRowChecks,
  ...taskOutcomeChecks,
  ...taskPageChecks,
  ...allParameterChecks,
  ...responseChecks,
  ...managementCallChecks,
  ...sessionChecks,
  ...departmentChecks,
  ...userChecks,
  ...countChecks,
  ...spaceChecks,
  ...departmentSpaceChecks,
  ...taskChecks,
  ...ownDepartmentChecks,
]

/** Whether a run that may write changes something to judge a check. */
function changesSomething(check: Check): boolean {
  return probesOf(check, true).some(({ needs }) => needs.includes('writes'))
}

/** Whether a check redeems the authorization code, which is good for five minutes. */
const needsCode = ({ needs }: Check): boolean => needs.includes('authorization-code')

/**
 * Every check, in the order in which a run goes through them: what an authorization code is needed for before it expires;
 * then what only reads, so that the lists stand still while they are looked at; what judges all answers of the run comes
 * last.
 */
export const checks: readonly Check[] = [
  ...all.filter(needsCode),
  ...all.filter((check) => !needsCode(check) && !changesSomething(check)),
  ...all.filter((check) => !needsCode(check) && changesSomething(check)),
  ...envelopeChecks,
]
