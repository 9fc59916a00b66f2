import { byDistance } from '../scenarios/nearest.ts'
import type { Operation } from '../spec/operation.ts'
import { managementOperations } from '../spec/operations.ts'
import { concurrencyMutants } from './areas/concurrency.ts'
import { createBatchProvisioningTaskMutants } from './areas/create-batch-provisioning-task.ts'
import { envelopeMutants } from './areas/envelope.ts'
import { languageMutants, traceIdMutants } from './areas/headers.ts'
import { listUserSpacesMutants } from './areas/list-user-spaces.ts'
import { listUsersMutants } from './areas/list-users.ts'
import { envelopeDefinitions, fieldDefinitions } from './areas/management/answers.ts'
import { departmentDefinitions } from './areas/management/departments.ts'
import { sessionDefinitions } from './areas/management/sessions.ts'
import { spaceTotalDefinitions } from './areas/management/space-totals.ts'
import { spaceDefinitions } from './areas/management/spaces.ts'
import { taskDefinitions } from './areas/management/tasks.ts'
import { userDefinitions } from './areas/management/users.ts'
import { preverifyBatchImportMutants } from './areas/preverify-batch-import.ts'
import { queryPageMutants } from './areas/query-batch-provisioning-pages.ts'
import { queryProgressMutants } from './areas/query-batch-provisioning-progress.ts'
import { queryRowMutants } from './areas/query-batch-provisioning-rows.ts'
import { refusalMutants } from './areas/refusals.ts'
import { signatureMutants } from './areas/signature.ts'
import { tokenMutants } from './areas/token.ts'
import { defineMutants, type Mutant, MutantError } from './mutant.ts'

const NEAREST = 3

const behaviour = {
  ...sessionDefinitions,
  ...departmentDefinitions,
  ...userDefinitions,
  ...spaceDefinitions,
  ...spaceTotalDefinitions,
  ...taskDefinitions,
}

/** What the management operations can get wrong: their answers, field by field, and what they do. */
const managementMutants: readonly Mutant[] = managementOperations.flatMap((operation) =>
  defineMutants(operation.id, [
    ...envelopeDefinitions(operation as Operation),
    ...fieldDefinitions(operation as Operation),
    ...(behaviour[operation.id] ?? []),
  ]),
)

/** Every mutant, by area. */
export const mutants: readonly Mutant[] = [
  ...envelopeMutants,
  ...refusalMutants,
  ...signatureMutants,
  ...tokenMutants,
  ...traceIdMutants,
  ...languageMutants,
  ...createBatchProvisioningTaskMutants,
  ...queryProgressMutants,
  ...queryRowMutants,
  ...queryPageMutants,
  ...preverifyBatchImportMutants,
  ...listUsersMutants,
  ...listUserSpacesMutants,
  ...concurrencyMutants,
  ...managementMutants,
]

/**
 * The mutant with this name.
 *
 * @throws MutantError that names the nearest ones.
 */
export function findMutant(name: string): Mutant {
  const found = mutants.find((mutant) => mutant.name === name)
  if (found !== undefined) return found
  const known = mutants.map((mutant) => mutant.name)
  const nearest = byDistance(name, known).slice(0, NEAREST)
  throw new MutantError(
    `There is no mutant "${name}". Nearest: ${nearest.map((near) => near.name).join(', ')}. All: koodrive-mock mutants --list.`,
  )
}
