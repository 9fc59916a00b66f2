import type { ClockAhead, ClockSetting } from './clock.ts'
import type { Command } from './commands.ts'
import { type Credentials, readingsOf, type SandboxConfig } from './config.ts'
import { composeId } from './ids.ts'
import type { CommandLog } from './log.ts'
import { hex, seedFor } from './random.ts'
import type { Sandbox } from './sandbox.ts'
import { type TokenKind, tokenKinds } from './tokens.ts'

/** Ids of system administrators are of the year from here on: 2024-01-01. */
const ADMINISTRATORS_SINCE_MS = 1_704_067_200_000
const YEAR_MS = 31_536_000_000

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

/** Draws lower-case hex digits for a purpose: from a seed, the same each time; from the system, never the same again. */
export type DrawHex = (purpose: string, length: number) => string

export const seededHex =
  (seed: number): DrawHex =>
  (purpose, length) =>
    hex(seedFor(seed, purpose), length)

/** Credentials of one's own: what is left out is drawn. */
interface ChosenCredentials {
  readonly appId?: string | undefined
  readonly appSecret?: string | undefined
  readonly userId?: string | undefined
  readonly tokens?: { readonly [K in TokenKind]?: string | undefined } | undefined
}

/** The credentials of the sandbox with this id. */
export function drawCredentials(drawHex: DrawHex, id: string, chosen: ChosenCredentials = {}): Credentials {
  const draw = (purpose: string, length: number) => drawHex(`${id} ${purpose}`, length)
  const number = (purpose: string) => Number.parseInt(draw(purpose, 12), 16)
  const tokens = Object.fromEntries(
    tokenKinds.map((kind) => [kind, chosen.tokens?.[kind] ?? draw(`${kind} token`, 48)]),
  )
  return {
    appId: chosen.appId ?? draw('app id', 64),
    appSecret: chosen.appSecret ?? draw('app secret', 40),
    userId:
      chosen.userId ??
      composeId({
        ms: ADMINISTRATORS_SINCE_MS + (number('user time') % YEAR_MS),
        worker: number('user worker') % 2048,
        sequence: 0,
      }),
    tokens: tokens as Credentials['tokens'],
  }
}

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
