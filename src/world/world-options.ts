import type { ClockAhead, ClockSetting } from './clock.ts'
import type { Command } from './commands.ts'
import type { SandboxConfig } from './config.ts'
import type { ChosenCredentials, DrawHex } from './draw-identity.ts'
import type { CommandLog } from './log.ts'
import type { Sandbox } from './sandbox.ts'

/** Choices for a new sandbox; what is absent comes from the scenario or the world. */
export interface SandboxOptions
  extends Pick<SandboxConfig, 'name' | 'labels' | 'scenario' | 'users' | 'departments' | 'xDate' | 'routes'> {
  /** Default: the name where it has the form of an id, else drawn. */
  readonly id?: string | undefined
  readonly credentials?: ChosenCredentials | undefined
  readonly seed?: number | undefined
  readonly readings?: SandboxConfig['readings'] | undefined
  /** Virtual time to freeze the clock at, in epoch milliseconds. */
  readonly now?: number | undefined
  /** Batch rows settled per virtual second. */
  readonly speed?: number | undefined
}

export interface WorldOptions {
  readonly seed: number
  /** Draws credentials and ids of sandboxes that choose none. Default: from the seed, the same at each start. */
  readonly drawHex?: DrawHex | undefined
  /** The real time in epoch milliseconds. */
  readonly realNow: () => number
  readonly log?: CommandLog
  /** Sandboxes that may exist at a time. Default 10,000. */
  readonly maxSandboxes?: number | undefined
  /** Real milliseconds without a call after which a sandbox other than `default` ends. Default: never. */
  readonly ttlMs?: number | undefined
  /** Called with a sandbox that is no more: deleted, started anew or replaced. */
  readonly onForget?: ((sandbox: Sandbox) => void) | undefined
  /** Makes a sandbox, where it must note for a store what is done to it. */
  readonly makeSandbox?: ((config: SandboxConfig, createdAt: number) => Sandbox) | undefined
  /** Whether idle sandboxes end here; not where others may use them as well. Default true. */
  readonly endsIdle?: boolean | undefined
}

/** A sandbox as a snapshot holds it. */
export interface RestorableSandbox {
  readonly config: SandboxConfig
  readonly commands: readonly Command[]
  /** How its clock goes on; it stands still at the last command when absent. */
  readonly clock?: ClockSetting | ClockAhead | undefined
}
