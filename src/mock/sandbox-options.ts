/* Written by scripts/types.mjs from the options of a sandbox. */

import type { Scenario } from '../scenarios/scenario.ts'

/** What a mock and its sandboxes choose alike. */
export interface OrganisationOptions {
  /** Seed of everything random: a whole number from 0. Default of a mock: 1. */
  readonly seed?: number | undefined
  /** Seeded users, 0 to 10,000,000. Default of a mock: 200. */
  readonly users?: number | undefined
  /** Seeded departments, the root included, 1 to 10,000. Default of a mock: 12. */
  readonly departments?: number | undefined
  /** Name of a built-in scenario, or a scenario. Default of a mock: 'happy-path'. */
  readonly scenario?: string | Partial<Scenario> | undefined
  /** Readings by id, over those of the scenario. */
  readonly readings?: Readonly<Record<string, string>> | undefined
  /** Freezes the clock at this time: ISO 8601, or epoch milliseconds. */
  readonly now?: string | number | undefined
  /** Batch rows settled per virtual second, 0.001 to 1,000,000. Default of a mock: 500. */
  readonly speed?: number | undefined
}

/** Choices for a sandbox; what is left open is as the mock was made. */
export interface MockSandboxOptions extends OrganisationOptions {
  /** Time by which X-Date is judged: `virtual` (default), that of the clock, or `real` for clients whose clock cannot be moved along. */
  readonly xDate?: 'virtual' | 'real' | undefined
}
