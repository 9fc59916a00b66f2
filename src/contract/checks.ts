import type { Check } from './check.ts'
import { createChecks } from './checks/create.ts'
import { envelopeChecks } from './checks/envelope.ts'
import { filterChecks } from './checks/list-filters.ts'
import { recordChecks } from './checks/list-records.ts'
import { pagingChecks } from './checks/lists.ts'
import { allParameterChecks } from './checks/parameters.ts'
import { preverifyChecks } from './checks/preverify.ts'
import { responseChecks } from './checks/responses.ts'
import { serviceChecks } from './checks/service.ts'
import { signatureChecks } from './checks/signature.ts'
import { taskPageChecks } from './checks/task-pages.ts'
import { taskProgressChecks } from './checks/task-progress.ts'
import { taskRowChecks } from './checks/task-rows.ts'
import { tokenChecks } from './checks/token.ts'
import { spaceProbes, spacesOfRoot, userProbes, usersOfRoot } from './probes/list-probes.ts'
import { spaceList, userList } from './probes/lists.ts'

const all: readonly Check[] = [
  ...tokenChecks,
  ...signatureChecks,
  ...serviceChecks,
  ...pagingChecks(userList, userProbes),
  ...filterChecks(userList, userProbes, usersOfRoot),
  ...pagingChecks(spaceList, spaceProbes),
  ...filterChecks(spaceList, spaceProbes, spacesOfRoot),
  ...recordChecks,
  ...preverifyChecks,
  ...createChecks,
  ...taskProgressChecks,
  ...taskRowChecks,
  ...taskPageChecks,
  ...allParameterChecks,
  ...responseChecks,
]

/**
 * Every check, in the order in which a run goes through them: what only reads comes first, so that the lists stand still
 * while they are looked at; what judges all answers of the run comes last.
 */
export const checks: readonly Check[] = [
  ...all.filter(({ safety, usesWithWrites }) => safety === 'read' && usesWithWrites.length === 0),
  ...all.filter(({ safety, usesWithWrites }) => safety === 'write' || usesWithWrites.length > 0),
  ...envelopeChecks,
]
