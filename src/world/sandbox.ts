import { apply } from './apply.ts'
import { VirtualClock } from './clock.ts'
import type { Command, Commands, CommandType, ResultOf } from './commands.ts'
import type { SandboxConfig } from './config.ts'
import type { CommandLog } from './log.ts'
import { State } from './state.ts'

/** One simulated organisation: its state, its clock and the log of what was done to it. */
export class Sandbox {
  readonly config: SandboxConfig
  readonly #clock: VirtualClock
  readonly #log: CommandLog
  #state: State

  constructor(config: SandboxConfig, log: CommandLog, realNow: () => number) {
    this.config = config
    this.#log = log
    this.#clock = new VirtualClock(realNow, config.startedAt, config.startsFrozen)
    this.#state = new State(config, config.startedAt)
    this.#shift(this.#state.settings.clockOffsetMs)
  }

  get id(): string {
    return this.config.id
  }

  get clock(): Pick<VirtualClock, 'now' | 'read'> {
    return this.#clock
  }

  /** The state as it is now: whatever is due has happened. */
  read(): State {
    this.#state.agenda.settle(this.#clock.now())
    return this.#state
  }

  /**
   * Carries out a command now and logs it.
   *
   * @throws CommandError when it cannot be carried out; nothing has changed and nothing is logged then.
   */
  execute<T extends CommandType>(type: T, payload: Commands[T]['payload']): ResultOf<T> {
    return this.replay({ ...payload, type, at: this.#clock.now() } as unknown as Command<T>)
  }

  /** Carries out a command that brings its own time, as a log holds it. */
  replay<T extends CommandType>(command: Command<T>): ResultOf<T> {
    const offset = this.#state.settings.clockOffsetMs
    const sequence = this.#state.sequence
    const result = apply(this.#state, command)
    this.#log.append(this.id, sequence, command as Command)
    if (command.type === 'set-clock' && this.#state.clock !== undefined) this.#clock.set(this.#state.clock)
    this.#shift(this.#state.settings.clockOffsetMs - offset)
    return result
  }

  /** The commands so far. */
  commands(): readonly Command[] {
    return this.#log.read(this.id, 0)
  }

  /** Moves the clock when the scenario says that the service runs ahead of or behind the real time. */
  #shift(byMs: number): void {
    if (byMs === 0) return
    const { now, frozen, rate } = this.#clock.read()
    this.#clock.set({ now: now + byMs, frozen, rate })
  }
}
