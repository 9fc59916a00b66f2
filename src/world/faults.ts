import type { Fault } from '../scenarios/scenario.ts'
import { errorNamed, errorOfStatus } from '../spec/errors.ts'
import { CommandError } from './command-error.ts'
import type { InjectedFault } from './commands.ts'
import { draw, seedFor } from './random.ts'

/** A fault in force, with the calls it has seen so far. */
export interface ActiveFault {
  readonly faultId: string
  readonly fault: Fault
  /** Virtual time at which it was added. */
  readonly since: number
  /** Calls it has seen: those of its operation while it was in force. */
  calls: number
  /** Calls it was injected into. */
  injected: number
  window: { index: number; calls: number }
}

const DEFAULT_WINDOW_SECONDS = 60
/** Faults that may be in force at a time. */
const MAX_FAULTS = 1000

/** The faults of a sandbox. What is injected depends on the seed and on the calls so far, never on chance. */
export class Faults {
  readonly #seed: number
  #added = 0
  #active: ActiveFault[] = []

  constructor(seed: number) {
    this.#seed = seedFor(seed, 'faults')
  }

  /**
   * Refuses more faults than may be in force, before anything of them is.
   *
   * @throws CommandError
   */
  static refuseMoreThanMost(count: number): void {
    if (count > MAX_FAULTS) {
      throw new CommandError(`A sandbox takes at most ${MAX_FAULTS} faults, and these are ${count}. Leave some out.`)
    }
  }

  /** @throws CommandError when there are too many. */
  add(fault: Fault, now: number): string {
    if (this.#active.length >= MAX_FAULTS) {
      throw new CommandError(`A sandbox takes at most ${MAX_FAULTS} faults. Remove some first.`)
    }
    this.#added += 1
    const faultId = `fault-${this.#added}`
    this.#active.push({ faultId, fault, since: now, calls: 0, injected: 0, window: { index: -1, calls: 0 } })
    return faultId
  }

  remove(faultId: string): boolean {
    const before = this.#active.length
    this.#active = this.#active.filter((active) => active.faultId !== faultId)
    return this.#active.length < before
  }

  clear(): void {
    this.#active = []
  }

  get(faultId: string): ActiveFault | undefined {
    return this.#active.find((active) => active.faultId === faultId)
  }

  all(): readonly ActiveFault[] {
    return this.#active
  }

  /** Whether a fault is in force at a time. */
  isInForce(active: ActiveFault, now: number): boolean {
    return concerns(active, active.fault.operation ?? '', now)
  }

  /** Whether a call of this operation would be counted by any fault now. */
  concern(operationId: string, now: number): boolean {
    return this.#active.some((active) => concerns(active, operationId, now))
  }

  /** Lets the faults see a call; those returned are injected into it. */
  meet(operationId: string, now: number): InjectedFault[] {
    return this.#active
      .filter((active) => concerns(active, operationId, now))
      .flatMap((active) => this.#inject(active, now) ?? [])
  }

  #inject(active: ActiveFault, now: number): InjectedFault | undefined {
    const { fault, faultId } = active
    active.calls += 1
    const seed = seedFor(this.#seed, faultId)
    if (fault.nth !== undefined && active.calls !== fault.nth) return undefined
    if (fault.every !== undefined && (active.calls - 1) % fault.every !== 0) return undefined
    if (fault.times !== undefined && active.injected >= fault.times) return undefined
    if (fault.probability !== undefined && draw(seed, active.calls) >= fault.probability) return undefined
    const retryAfterSeconds = fault.kind === 'throttle' ? throttle(active, fault, now) : outageLeft(active, now)
    if (fault.kind === 'throttle' && retryAfterSeconds === undefined) return undefined
    active.injected += 1
    return {
      faultId,
      fault,
      draws: [draw(seed, -2 * active.calls), draw(seed, -2 * active.calls - 1)],
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }
  }
}

/** The stretch of virtual time in which a fault is in force at or before `now`. */
function windowAt({ fault, since }: ActiveFault, now: number): { from: number; to: number } {
  const begin = since + (fault.afterSeconds ?? 0) * 1000
  const everyMs = fault.everySeconds === undefined ? Number.POSITIVE_INFINITY : fault.everySeconds * 1000
  const from =
    everyMs < Number.POSITIVE_INFINITY ? begin + Math.max(0, Math.floor((now - begin) / everyMs)) * everyMs : begin
  return { from, to: fault.forSeconds === undefined ? Number.POSITIVE_INFINITY : from + fault.forSeconds * 1000 }
}

function concerns(active: ActiveFault, operationId: string, now: number): boolean {
  const { operation } = active.fault
  if (operation !== undefined && operation !== operationId) return false
  const { from, to } = windowAt(active, now)
  return now >= from && now < to
}

/** What an error tells the client to wait: its own value, or for an outage the seconds until it ends. */
function outageLeft(active: ActiveFault, now: number): number | undefined {
  const { fault } = active
  if (fault.kind !== 'error') return undefined
  const error = fault.error === undefined ? errorOfStatus(fault.status ?? 0) : errorNamed(fault.error)
  if (fault.retryAfterSeconds !== undefined || error !== 'serviceUnavailable') return fault.retryAfterSeconds
  const { to } = windowAt(active, now)
  return to < Number.POSITIVE_INFINITY ? Math.ceil((to - now) / 1000) : undefined
}

/** Counts a call in its quota window; the seconds to wait when the quota is used up. */
function throttle(active: ActiveFault, fault: Extract<Fault, { kind: 'throttle' }>, now: number): number | undefined {
  const windowMs = (fault.windowSeconds ?? DEFAULT_WINDOW_SECONDS) * 1000
  const index = Math.floor((now - active.since) / windowMs)
  if (active.window.index !== index) active.window = { index, calls: 0 }
  active.window.calls += 1
  if (active.window.calls <= (fault.quota ?? 0)) return undefined
  return fault.retryAfterSeconds ?? Math.ceil((active.since + (index + 1) * windowMs - now) / 1000)
}
