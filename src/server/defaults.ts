import type { Scenario } from '../scenarios/scenario.ts'

/** What a new sandbox has unless its creator says otherwise: the flags of the server. */
export interface SandboxDefaults {
  readonly seed: number
  readonly users?: number | undefined
  readonly departments?: number | undefined
  readonly scenario: Scenario
  readonly readings: Readonly<Record<string, string>>
  /** Virtual time to freeze the clock at, in epoch milliseconds. */
  readonly now?: number | undefined
  /** Batch rows settled per virtual second. */
  readonly speed?: number | undefined
}
