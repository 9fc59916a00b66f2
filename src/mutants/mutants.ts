import { byDistance } from '../scenarios/nearest.ts'
import { concurrencyMutants } from './areas/concurrency.ts'
import { createBatchProvisioningTaskMutants } from './areas/create-batch-provisioning-task.ts'
import { envelopeMutants } from './areas/envelope.ts'
import { languageMutants } from './areas/language.ts'
import { listUserSpacesMutants } from './areas/list-user-spaces.ts'
import { listUsersMutants } from './areas/list-users.ts'
import { managementMutants } from './areas/management/management.ts'
import { preverifyBatchImportMutants } from './areas/preverify-batch-import.ts'
import { queryPageMutants } from './areas/query-batch-provisioning-pages.ts'
import { queryProgressMutants } from './areas/query-batch-provisioning-progress.ts'
import { queryRowMutants } from './areas/query-batch-provisioning-rows.ts'
import { refusalMutants } from './areas/refusals.ts'
import { signatureMutants } from './areas/signature.ts'
import { tokenMutants } from './areas/token.ts'
import { traceIdMutants } from './areas/trace-id.ts'
import { type Mutant, MutantError } from './mutant.ts'

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

const NEAREST = 3

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
