/* Written by scripts/types.mjs from the options of a sandbox. */

import type { Route } from '../routes/route.ts'
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
  /** Id, in the paths of the control plane: 1 to 64 lower-case letters, digits and hyphens, with no hyphen at either end. Default: the name where it has that form, else drawn. */
  readonly id?: string | undefined
  /** Name, unique among the sandboxes: one line of 1 to 100 characters. */
  readonly name?: string | undefined
  /** Labels for people and searches, such as {"owner": "payments", "ci": "run-42"}: at most 32. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** Credentials for this sandbox; those left out are generated. 409 when another sandbox uses one of them. */
  readonly credentials?:
    | {
        /** AppId: 1 to 128 letters, digits, dots, underscores, tildes and hyphens. */
        readonly appId?: string | undefined
        /** AppSecret: 1 to 256 characters. */
        readonly appSecret?: string | undefined
        /** System administrator, for X-User-Id: 19 digits, the first of them 1 to 8. */
        readonly userId?: string | undefined
        /** Access tokens of 8 to 512 letters, digits, dots, underscores, tildes and hyphens. With any of them here, the tokens of the sandbox live as long as it does. */
        readonly tokens?:
          | {
              readonly admin?: string | undefined
              readonly deptAdmin?: string | undefined
              readonly user?: string | undefined
              readonly app?: string | undefined
            }
          | undefined
      }
    | undefined
  /** Time by which X-Date is judged: `virtual` (default), that of the clock, or `real` for clients whose clock cannot be moved along. */
  readonly xDate?: 'virtual' | 'real' | undefined
  /** Own answers for paths that no operation has. Default: those of the mock. */
  readonly routes?: readonly Route[] | undefined
}
