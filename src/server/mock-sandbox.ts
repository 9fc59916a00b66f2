import type { Fault, Scenario } from '../scenarios/schema.ts'
import type { Credentials } from '../world/config.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { TokenKind } from '../world/tokens.ts'
import { sandboxNamed } from './control/sandbox-of.ts'
import { validated } from './control/validated.ts'
import type { SandboxDefaults } from './defaults.ts'
import type { Deps } from './deps.ts'
import type { JournalFilter } from './journal/journal.ts'
import { Viewer } from './journal/viewer.ts'
import * as actions from './sandboxes/actions.ts'
import { advanceInput, clockInput, faultInput, readingsInput, sandboxInput, tokenInput } from './sandboxes/inputs.ts'
import { isoNow } from './sandboxes/iso-now.ts'
import { exportLog, importLog, parseLog } from './sandboxes/log.ts'
import type { LogFile } from './sandboxes/log-file.ts'
import { toClockView, toFaultView, toTaskDetail, toTaskView } from './sandboxes/views.ts'

/** Choices for a sandbox; what is left open is as the mock was made. */
export interface MockSandboxOptions {
  /** Seed of everything random. */
  readonly seed?: number | undefined
  /** Seeded users, 0 to 10,000,000. */
  readonly users?: number | undefined
  /** Departments, the root included, 1 to 10,000. */
  readonly departments?: number | undefined
  /** Name of a built-in scenario, or a scenario. */
  readonly scenario?: string | Partial<Scenario> | undefined
  /** Readings by id, over those of the scenario. */
  readonly readings?: Readonly<Record<string, string>> | undefined
  /** Freezes the clock at this time: ISO 8601, or epoch milliseconds. */
  readonly now?: string | number | undefined
  /** Batch rows settled per virtual second. */
  readonly speed?: number | undefined
}

/** What a clock shows. */
export interface ClockView {
  /** Virtual time, ISO 8601 in UTC. */
  readonly now: string
  readonly frozen: boolean
  /** Virtual seconds per real second. */
  readonly rate: number
}

/** A sandbox in the hands of a test: everything that the control plane can do, without a port. */
export type MockSandbox = ReturnType<typeof openSandbox>

/** Makes a sandbox and opens it. */
export function createMockSandbox(deps: Deps, defaults: SandboxDefaults, options: MockSandboxOptions): MockSandbox {
  const input = validated(sandboxInput(), isoNow(options), 'options')
  return openSandbox(deps, actions.createSandbox(deps.world, defaults, input).id)
}

/** Opens a sandbox by its id. Every call finds it anew, so that it stays usable after a reset. */
export function openSandbox(deps: Deps, id: string) {
  const { world, journals } = deps
  const sandbox = (): Sandbox => sandboxNamed(world, id)
  return {
    id,
    get credentials(): Credentials {
      return sandbox().config.credentials
    },
    /** The one clock of the sandbox. */
    clock: {
      read: (): ClockView => toClockView(sandbox()),
      /** `{now?, frozen?, rate?}`; what is left out stays. `now` is ISO 8601. */
      set(setting: Partial<ClockView>): ClockView {
        actions.setClock(sandbox(), validated(clockInput(), setting, 'clock'))
        return toClockView(sandbox())
      },
      /** Moves the clock forward by an ISO 8601 duration: `clock.advance('PT16M')`. */
      advance(by: string): ClockView {
        actions.advanceClock(sandbox(), validated(advanceInput(), { by }, 'duration').by)
        return toClockView(sandbox())
      },
    },
    tasks: {
      list: () => [...sandbox().read().tasks.all()].map((task) => toTaskView(sandbox(), task)),
      get: (taskId: string) => toTaskDetail(sandbox(), actions.taskNamed(sandbox(), taskId)),
      /** Settles every open row now. */
      complete: (taskId: string) => toTaskView(sandbox(), actions.endTask(sandbox(), taskId, 'complete-task')),
      /** Fails the task now. */
      fail: (taskId: string) => toTaskView(sandbox(), actions.endTask(sandbox(), taskId, 'fail-task')),
    },
    /** What clients really sent; secrets are redacted. */
    journal: {
      /** Newest first. `since` is in virtual epoch milliseconds. */
      list(filter: JournalFilter = {}) {
        const viewer = new Viewer(deps, sandbox())
        return journals
          .of(sandbox())
          .list(filter)
          .map((entry) => viewer.detail(entry))
      },
      clear: (): void => journals.of(sandbox()).clear(),
    },
    faults: {
      list: () => {
        const all = sandbox().read().faults.all()
        return all.map((active) => toFaultView(sandbox(), active))
      },
      /** Injects a fault: `faults.add({ kind: 'throttle', retryAfterSeconds: 2, times: 1 })`. */
      add: (fault: Fault) =>
        toFaultView(sandbox(), actions.addFault(sandbox(), validated(faultInput(), fault, 'fault'))),
      /** Removes one fault. */
      remove(faultId: string): void {
        sandbox().execute('remove-fault', { faultId: actions.faultNamed(sandbox(), faultId).faultId })
      },
      clear: (): void => sandbox().execute('clear-faults', {}),
    },
    tokens: {
      /** Issues an access token; it lives 20 minutes of virtual time unless told otherwise. */
      issue(kind: TokenKind, lifeSeconds?: number) {
        const input = validated(tokenInput(), { kind, ...(lifeSeconds !== undefined && { lifeSeconds }) }, 'token')
        return actions.issueToken(world, sandbox(), input.kind, input.lifeSeconds)
      },
      revoke: (token: string): void => actions.revokeToken(world, sandbox(), token),
    },
    scenario: {
      read: (): Scenario => sandbox().read().scenario,
      /** Plays another scenario from now on, by name or as it is. */
      set(scenario: string | Partial<Scenario>): void {
        sandbox().execute('set-scenario', { scenario: actions.scenarioOf(scenario) })
      },
    },
    readings: {
      read: () => sandbox().read().readings,
      /** Chooses readings over those of the scenario, in place of those chosen before. */
      set(readings: Readonly<Record<string, string>>): void {
        actions.setReadings(sandbox(), validated(readingsInput(), readings, 'readings') as Record<string, string>)
      },
    },
    log: {
      /** Seed, configuration and commands as one JSON value. */
      export: (): LogFile => exportLog(deps, sandbox()),
      /** Replays an exported log in the place of this sandbox; its clock then stands still at the last command. */
      replay(log: unknown): void {
        importLog(deps, sandbox().id, parseLog(log))
      },
    },
    /** Starts the sandbox anew as it was made. */
    reset(): void {
      world.reset(sandbox().id)
    },
    delete(): void {
      world.delete(sandbox().id)
    },
  }
}
