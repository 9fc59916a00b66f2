import { Viewer } from '../journal/viewer.ts'
import { routesSchema } from '../routes/schema.ts'
import { validated } from '../server/control/validated.ts'
import type { Deps } from '../server/deps.ts'
import { sandboxNamed } from '../server/problem.ts'
import * as actions from '../server/sandboxes/actions.ts'
import { advanceInput, authCodeInput, clockInput, faultInput, tokenInput } from '../server/sandboxes/inputs.ts'
import { exportLog, importLog, parseLog } from '../server/sandboxes/log.ts'
import { isoNow, readingsInput, type SandboxDefaults, sandboxInput } from '../server/sandboxes/sandbox-options.ts'
import { toClockView, toFaultView, toTaskDetail, toTaskView } from '../server/sandboxes/views.ts'
import { parseSnapshot, restoreInPlace, snapshotOf } from '../server/snapshots/snapshot.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { MockSandbox } from './mock-sandbox.ts'
import type { MockSandboxOptions } from './sandbox-options.ts'

/** Makes a sandbox and opens it. */
export function createMockSandbox(deps: Deps, defaults: SandboxDefaults, options: MockSandboxOptions): MockSandbox {
  const input = validated(sandboxInput(), isoNow(options), 'options')
  return openSandbox(deps, actions.createSandbox(deps.world, defaults, input).id)
}

/** Opens the journal of a sandbox, or that of requests that belong to none. */
export function openJournal(deps: Deps, owner: () => Sandbox | undefined): MockSandbox['journal'] {
  return {
    list(filter = {}) {
      const viewer = new Viewer(deps, owner())
      return deps.journals
        .ofOwner(owner())
        .list(filter)
        .map((entry) => viewer.detail(entry))
    },
    clear: () => deps.journals.ofOwner(owner()).clear(),
  }
}

/** Opens a sandbox by its id. Every call finds it anew, so that it stays usable after a reset. */
export function openSandbox(deps: Deps, id: string): MockSandbox {
  const { world } = deps
  const sandbox = (): Sandbox => {
    const found = sandboxNamed(world, id)
    found.touch()
    return found
  }
  return {
    id,
    get credentials() {
      return sandbox().config.credentials
    },
    clock: {
      read: () => toClockView(sandbox()),
      set(setting) {
        actions.setClock(sandbox(), validated(clockInput(), setting, 'clock'))
        return toClockView(sandbox())
      },
      advance(by) {
        actions.advanceClock(sandbox(), validated(advanceInput(), { by }, 'duration').by)
        return toClockView(sandbox())
      },
    },
    tasks: {
      list: () => [...sandbox().read().tasks.all()].map((task) => toTaskView(sandbox(), task)),
      get: (taskId) => toTaskDetail(sandbox(), actions.taskNamed(sandbox(), taskId)),
      complete: (taskId) => toTaskView(sandbox(), actions.endTask(sandbox(), taskId, 'complete-task')),
      fail: (taskId) => toTaskView(sandbox(), actions.endTask(sandbox(), taskId, 'fail-task')),
    },
    journal: openJournal(deps, sandbox),
    faults: {
      list: () => {
        const all = sandbox().read().faults.all()
        return all.map((active) => toFaultView(sandbox(), active))
      },
      add: (fault) => toFaultView(sandbox(), actions.addFault(sandbox(), validated(faultInput(), fault, 'fault'))),
      remove(faultId) {
        sandbox().execute('remove-fault', { faultId: actions.faultNamed(sandbox(), faultId).faultId })
      },
      clear: () => sandbox().execute('clear-faults', {}),
    },
    routes: {
      list: () => sandbox().read().routes.all(),
      set(routes) {
        sandbox().execute('set-routes', { routes: validated(routesSchema(), routes, 'routes') })
      },
    },
    tokens: {
      issue(kind, lifeSeconds) {
        const input = validated(tokenInput(), { kind, ...(lifeSeconds !== undefined && { lifeSeconds }) }, 'token')
        return actions.issueToken(world, sandbox(), input.kind, input.lifeSeconds)
      },
      revoke: (token) => actions.revokeToken(world, sandbox(), token),
    },
    authCodes: {
      issue: (login) => actions.issueAuthCode(sandbox(), validated(authCodeInput(), { login }, 'authCode').login),
    },
    scenario: {
      read: () => sandbox().read().scenario,
      set(scenario) {
        sandbox().execute('set-scenario', { scenario: actions.scenarioOf(scenario) })
      },
    },
    readings: {
      read: () => sandbox().read().readings,
      set(readings) {
        actions.setReadings(sandbox(), validated(readingsInput(), readings, 'readings') as Record<string, string>)
      },
    },
    log: {
      export: () => exportLog(deps, sandbox()),
      replay(log) {
        importLog(deps, sandbox().id, parseLog(log))
      },
    },
    snapshot: () => snapshotOf(deps, [sandbox()]),
    restore(snapshot) {
      restoreInPlace(deps, sandbox().id, parseSnapshot(snapshot))
    },
    reset() {
      world.reset(sandbox().id)
    },
    delete() {
      world.delete(sandbox().id)
    },
  }
}
