import { builtInScenario } from '../../scenarios/built-in.ts'
import { toScenario } from '../../scenarios/parse.ts'
import type { Fault, Scenario } from '../../scenarios/scenario.ts'
import { limits } from '../../spec/limits.ts'
import { toReadings } from '../../spec/readings.ts'
import type { Task } from '../../world/batch/task.ts'
import { FIRST_INSTANT, LAST_INSTANT, toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { TokenKind } from '../../world/tokens.ts'
import type { World } from '../../world/world.ts'
import { badRequest, notFound } from '../problem.ts'
import { type ClockInput, loginOf } from './inputs.ts'
import type { SandboxDefaults, SandboxInput } from './sandbox-options.ts'

/**
 * A scenario by name, or as it is.
 *
 * @throws ScenarioError that says what is wrong with it.
 */
export const scenarioOf = (given: string | Partial<Scenario>): Scenario =>
  typeof given === 'string' ? builtInScenario(given) : toScenario(given)

/** Makes a sandbox; what its creator leaves open is as the server was started. */
export function createSandbox(world: World, defaults: SandboxDefaults, input: SandboxInput): Sandbox {
  const { scenario, ...given } = input
  return world.create({
    ...defaults,
    ...given,
    scenario: scenario === undefined ? defaults.scenario : scenarioOf(scenario),
  })
}

/** Sets some of what a clock shows; the rest stays. */
export function setClock(sandbox: Sandbox, { now, frozen, rate, xDate }: ClockInput): void {
  const before = sandbox.clock.read()
  sandbox.execute('set-clock', {
    now: now === 'real' ? sandbox.clock.realNow() : (now ?? before.now),
    frozen: frozen ?? before.frozen,
    rate: rate ?? before.rate,
    ...(xDate !== undefined && { xDate }),
  })
}

/**
 * Moves a clock forward, frozen or not.
 *
 * @throws Problem 400 when that leads beyond the last instant.
 */
export function advanceClock(sandbox: Sandbox, byMs: number): void {
  const now = sandbox.clock.now() + byMs
  if (now < FIRST_INSTANT || now > LAST_INSTANT) {
    throw badRequest(
      `by: the clock shows ${toIso(sandbox.clock.now())} and goes no further than ${toIso(LAST_INSTANT)}.`,
    )
  }
  setClock(sandbox, { now })
}

export function setReadings(sandbox: Sandbox, readings: Readonly<Record<string, string>>): void {
  toReadings(readings)
  sandbox.execute('set-readings', { readings })
}

/** Issues a token and tells when it ends; `null` for never. */
export function issueToken(world: World, sandbox: Sandbox, kind: TokenKind, lifeSeconds?: number) {
  const lifeMs = lifeSeconds === undefined ? undefined : Math.round(lifeSeconds * 1000)
  const token = world.issueToken(sandbox, kind, lifeMs)
  const { expiresAt } = sandbox.read().tokens.get(token) ?? {}
  return { token, kind, expiresAt: expiresAt === undefined ? null : toIso(expiresAt) }
}

/**
 * Issues an authorization code, as the sign-in page does, and tells when it ends.
 *
 * @throws Problem 400 when nobody is meant, or somebody who cannot sign in.
 */
export function issueAuthCode(sandbox: Sandbox, login: string) {
  const found = loginOf(sandbox.read(), login)
  if ('problem' in found) throw badRequest(`login: ${found.problem}`)
  const code = sandbox.execute('create-auth-code', { userId: found.user.id })
  return { code, expiresAt: toIso(sandbox.clock.now() + limits.authCodeLifeSeconds * 1000) }
}

/** @throws Problem 404. */
export function revokeToken(world: World, sandbox: Sandbox, token: string): void {
  if (!world.revokeToken(sandbox, token)) {
    throw notFound(`Sandbox ${sandbox.id} has no such token. It was revoked already, or belongs to another sandbox.`)
  }
}

/** @throws Problem 404. */
export function taskNamed(sandbox: Sandbox, taskId: string): Task {
  const task = sandbox.read().tasks.get(taskId)
  if (task !== undefined) return task
  throw notFound(
    `Sandbox ${sandbox.id} has no task "${taskId}". GET /__admin/sandboxes/${sandbox.id}/tasks lists them.`,
  )
}

/** Ends a task at once: its open rows settle now, or it fails where it is. One that has ended so stays as it is. */
export function endTask(sandbox: Sandbox, taskId: string, how: 'complete-task' | 'fail-task'): Task {
  const task = taskNamed(sandbox, taskId)
  sandbox.execute(how, { taskId })
  return task
}

/** @throws Problem 404. */
export function faultNamed(sandbox: Sandbox, faultId: string) {
  const active = sandbox.read().faults.get(faultId)
  if (active !== undefined) return active
  throw notFound(
    `Sandbox ${sandbox.id} has no fault "${faultId}". GET /__admin/sandboxes/${sandbox.id}/faults lists them.`,
  )
}

export function addFault(sandbox: Sandbox, fault: Fault) {
  return faultNamed(sandbox, sandbox.execute('add-fault', { fault }))
}
