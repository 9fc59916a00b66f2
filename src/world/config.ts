import type { Route } from '../routes/route.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { limits } from '../spec/limits.ts'
import { defaultReadings, type Readings, toReadings } from '../spec/readings.ts'
import type { XDateTime } from './clock.ts'
import type { TokenKind } from './tokens.ts'

/** What a client needs to call a sandbox. */
export interface Credentials {
  readonly appId: string
  readonly appSecret: string
  /** KooDrive id of the system administrator, for X-User-Id. */
  readonly userId: string
  readonly tokens: Readonly<Record<TokenKind, string>>
}

/** What a sandbox is made from; with the log of its commands it gives the whole state. */
export interface SandboxConfig {
  readonly id: string
  /** A name for people and programs, unique in its server. */
  readonly name?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** The sandbox whose log this one repeats, when it has another id. Tokens are drawn from it. */
  readonly origin?: string | undefined
  readonly seed: number
  readonly credentials: Credentials
  readonly scenario: Scenario
  /** Readings over those of the scenario. */
  readonly readings: Readonly<Record<string, string>>
  /** Own answers for paths that no operation has; none when absent. */
  readonly routes?: readonly Route[] | undefined
  /** Options over those of the scenario. */
  readonly users?: number | undefined
  readonly departments?: number | undefined
  readonly rowsPerSecond?: number | undefined
  /** Virtual time at which the sandbox begins, in epoch milliseconds. */
  readonly startedAt: number
  /** Whether its clock stands still from the start. */
  readonly startsFrozen: boolean
  /** The time by which X-Date is judged from the start; the virtual one when absent. */
  readonly xDate?: XDateTime | undefined
  /** Whether the tokens of `credentials` live for ever unless the scenario says otherwise: well-known and chosen ones. */
  readonly lastingTokens: boolean
  /** Whether the task and the user of the reference pages exist. */
  readonly withReferenceData: boolean
}

/** A scenario with every choice made. */
export interface Settings {
  readonly users: number
  readonly departments: number
  readonly freeCapacityGb: number
  readonly rowsPerSecond: number
  readonly allocateSpaceGb: number
  /** Team space of a new department in GB; 0 for none. */
  readonly departmentSpaceGb: number
  readonly tokenLifeMs: number
  readonly tokensSlide: boolean
  readonly lastingTokens: boolean
  readonly clockOffsetMs: number
  readonly retainedTaskRows: number
}

/** What an organisation has when neither its options nor its scenario say otherwise. */
export const settingDefaults = {
  users: 200,
  departments: 12,
  rowsPerSecond: 500,
  freeCapacityGb: 1_000_000,
  allocateSpaceGb: 10,
  departmentSpaceGb: 1,
  retainedTaskRows: 500_000,
} as const

/** Options of the sandbox go before the scenario, the scenario before the settingDefaults. */
export function settingsOf(
  config: SandboxConfig,
  { directory, batch, authentication, limits: bounds }: Scenario,
): Settings {
  return {
    users: config.users ?? directory?.users ?? settingDefaults.users,
    departments: config.departments ?? directory?.departments ?? settingDefaults.departments,
    freeCapacityGb: directory?.freeCapacityGb ?? settingDefaults.freeCapacityGb,
    rowsPerSecond: config.rowsPerSecond ?? batch?.rowsPerSecond ?? settingDefaults.rowsPerSecond,
    allocateSpaceGb: batch?.allocateSpaceGb ?? settingDefaults.allocateSpaceGb,
    departmentSpaceGb: directory?.departmentSpaceGb ?? settingDefaults.departmentSpaceGb,
    tokenLifeMs: (authentication?.tokenLifeSeconds ?? limits.tokenLifeSeconds) * 1000,
    tokensSlide: authentication?.tokensSlide ?? true,
    lastingTokens: config.lastingTokens && authentication?.defaultTokensExpire !== true,
    clockOffsetMs: (authentication?.clockOffsetSeconds ?? 0) * 1000,
    retainedTaskRows: bounds?.retainedTaskRows ?? settingDefaults.retainedTaskRows,
  }
}

/** The readings in force: those set on the sandbox over those of the scenario over the settingDefaults. */
export const readingsOf = (scenario: Scenario, set: Readonly<Record<string, string>>): Readings =>
  toReadings(set, toReadings(scenario.readings ?? {}, defaultReadings))
