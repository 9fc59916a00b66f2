import { apply } from './apply.ts'
import { type ClockAhead, type ClockSetting, type ClockState, VirtualClock } from './clock.ts'
import { CommandError } from './command-error.ts'
import type { Command, Commands, CommandType, ResultOf } from './commands.ts'
import type { SandboxConfig } from './config.ts'
import type { CommandLog } from './log.ts'
import { State } from './state.ts'

/** Thrown when a command comes for a sandbox that was deleted, reset or replaced meanwhile. Nothing has changed then. */
export class SandboxGoneError extends Error {
  override name = 'SandboxGoneError' as const
}

/** One simulated organisation: its state, its clock and the log of what was done to it. */
export class Sandbox {
  readonly config: SandboxConfig
  /** Real time in epoch milliseconds. A sandbox that was reset or replaced was made when the first one with its id was. */
  readonly createdAt: number
  readonly #clock: VirtualClock
  readonly #log: CommandLog
  #startsAnewWith: Partial<SandboxConfig> = {}
  #state: State
  #isRetired = false
  #lastUsedAt: number

  constructor(config: SandboxConfig, log: CommandLog, realNow: () => number, createdAt = Math.floor(realNow())) {
    this.config = config
    this.createdAt = createdAt
    this.#lastUsedAt = Math.floor(realNow())
    this.#log = log
    this.#clock = new VirtualClock(realNow, config.startedAt, config.startsFrozen, config.xDate)
    this.#state = new State(config, config.startedAt)
    this.#shift(this.#state.settings.clockOffsetMs)
  }

  get id(): string {
    return this.config.id
  }

  /** What it starts anew with in place of parts of its configuration: a file of the server has changed. */
  get startsAnewWith(): Partial<SandboxConfig> {
    return this.#startsAnewWith
  }

  /** Real time in epoch milliseconds at which somebody last used it; made, reset or restored counts. */
  get lastUsedAt(): number {
    return this.#lastUsedAt
  }

  /** Notes that somebody uses it: it is not idle. */
  touch(): void {
    this.#lastUsedAt = Math.floor(this.#clock.realNow())
  }

  /** Notes that somebody has used it elsewhere, in epoch milliseconds of real time. */
  noteUse(at: number): void {
    this.#lastUsedAt = Math.max(this.#lastUsedAt, at)
  }

  get clock(): Pick<VirtualClock, 'now' | 'read' | 'realNow' | 'xDateNow' | 'aheadMs' | 'state'> {
    return this.#clock
  }

  /** The state as it is now: whatever is due has happened. */
  read(): State {
    this.#state.agenda.settle(this.#clock.now())
    return this.#state
  }

  /**
   * The state without what is due but has not been looked at yet: for whatever does not depend on rows of tasks and
   * users that join. Settling them together when somebody looks is several times cheaper than a few at every call.
   */
  peek(): State {
    return this.#state
  }

  /** A number that changes whenever anything does; undefined while time alone may change something. */
  get version(): number | undefined {
    const { agenda, sequence } = this.read()
    return agenda.isIdle ? sequence + agenda.steps : undefined
  }

  /** A number that grows whenever somebody does something to it or sets its clock; what time brings about does not count. */
  get revision(): number {
    return this.#state.sequence + this.#clock.settings
  }

  /**
   * Carries out a command now and logs it.
   *
   * @throws CommandError when it cannot be carried out; nothing has changed and nothing is logged then.
   */
  execute<T extends CommandType>(type: T, payload: Commands[T]['payload']): ResultOf<T> {
    // A log keeps many: Node 20 gives each object that is spread first a shape of its own, of three times its size.
    return this.replay(Object.assign({}, payload, { type, at: this.#clock.now() }) as unknown as Command<T>)
  }

  /** Carries out a command that brings its own time, as a log holds it. */
  replay<T extends CommandType>(command: Command<T>): ResultOf<T> {
    if (this.#isRetired) throw new SandboxGoneError(`Sandbox ${this.id} was deleted, reset or replaced meanwhile.`)
    const offset = this.#state.settings.clockOffsetMs
    const sequence = this.#state.sequence
    const result = apply(this.#state, command)
    this.#log.append(this.id, sequence, command as Command)
    if (command.type === 'set-clock' && this.#state.clock !== undefined) this.#clock.set(this.#state.clock)
    this.#shift(this.#state.settings.clockOffsetMs - offset)
    this.#noteLasting(command as Command)
    return result
  }

  /**
   * Carries out the commands of a log one after the other. The clock then stands still at the time of the last one,
   * so that a request gets the answer it got when the log was written.
   *
   * @throws CommandError that numbers the command which cannot be carried out.
   */
  replayAll(commands: readonly Command[]): void {
    const standAt = (now: number) => this.#clock.set({ now, frozen: true, rate: 1 })
    standAt(this.#clock.now())
    for (const [index, command] of commands.entries()) {
      standAt(command.at)
      try {
        this.replay(command)
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        throw new CommandError(`Command ${index} of the log (${command.type}) cannot be carried out: ${error.message}`)
      }
      if (command.type === 'set-clock') standAt(command.now)
    }
  }

  /** Lets the clock go on from here without a command: what it shows is no part of the log. */
  resume(clock: ClockSetting | ClockAhead): void {
    this.#clock.set(
      'now' in clock
        ? clock
        : { now: Math.floor(this.#clock.realNow()) + clock.aheadMs, frozen: false, rate: 1, xDate: clock.xDate },
    )
  }

  /** Sets the clock as it was when another process had the sandbox. */
  resumeClock(state: ClockState): void {
    this.#clock.resume(state)
  }

  /** The commands so far; undefined when there were too many to keep. */
  commands(): readonly Command[] | undefined {
    return this.#log.read(this.id, 0)
  }

  /** Whether it was deleted, reset or replaced. */
  get isRetired(): boolean {
    return this.#isRetired
  }

  /** Refuses commands from now on: requests in flight must not write into the log of a successor. */
  retire(): void {
    this.#isRetired = true
  }

  #noteLasting(command: Command): void {
    if (command.type !== 'set-scenario' && command.type !== 'set-routes') return
    if (command.outlivesReset !== true) return
    const lasting = command.type === 'set-scenario' ? { scenario: command.scenario } : { routes: command.routes }
    this.#startsAnewWith = { ...this.#startsAnewWith, ...lasting }
  }

  /** Moves the clock when the scenario says that the service runs ahead of or behind the real time. */
  #shift(byMs: number): void {
    if (byMs === 0) return
    const { now, frozen, rate } = this.#clock.read()
    this.#clock.set({ now: now + byMs, frozen, rate })
  }
}
