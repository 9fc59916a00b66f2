import type { Mutant } from '../../mutants/mutant.ts'
import { usageError } from '../exit.ts'

const registry = () => import('../../mutants/mutants.ts')

/**
 * The mutant with this name.
 *
 * @throws ExitError that names the nearest ones.
 */
export async function mutantNamed(name: string): Promise<Mutant> {
  const { findMutant } = await registry()
  try {
    return findMutant(name)
  } catch (error) {
    throw usageError((error as Error).message)
  }
}

/**
 * The mutants that are named one by one or by their area; all when nothing is named.
 *
 * @throws ExitError when a name is neither.
 */
export async function selectMutants(names: readonly string[]): Promise<readonly Mutant[]> {
  const { mutants } = await registry()
  if (names.length === 0) return mutants
  const chosen = new Set<Mutant>()
  for (const name of names) {
    const ofArea = mutants.filter(({ area }) => area === name)
    for (const mutant of ofArea.length > 0 ? ofArea : [await mutantNamed(name)]) chosen.add(mutant)
  }
  return mutants.filter((mutant) => chosen.has(mutant))
}
