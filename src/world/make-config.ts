import { readingsOf, type SandboxConfig } from './config.ts'
import type { SandboxOptions } from './world-options.ts'

/**
 * What a sandbox is made from, by the choices of who makes it and what the world has for the others.
 *
 * @param own Seed and real time of the world, and whether it is the sandbox that exists from the start.
 * @throws ReadingError
 */
export function makeConfig(
  { id, credentials }: Pick<SandboxConfig, 'id' | 'credentials'>,
  { name, labels, scenario, seed, users, departments, readings = {}, routes, now, speed, xDate }: SandboxOptions,
  own: { readonly seed: number; readonly now: number; readonly isDefault: boolean },
): SandboxConfig {
  readingsOf(scenario, readings)
  return {
    id,
    ...(name !== undefined && { name }),
    ...(labels !== undefined && Object.keys(labels).length > 0 && { labels }),
    seed: seed ?? own.seed,
    credentials,
    scenario,
    readings,
    ...(routes !== undefined && routes.length > 0 && { routes }),
    users,
    departments,
    rowsPerSecond: speed,
    startedAt: now ?? own.now,
    startsFrozen: now !== undefined,
    ...(xDate !== undefined && { xDate }),
    lastingTokens: own.isDefault,
    withReferenceData: own.isDefault,
  }
}
