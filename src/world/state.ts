import type { Scenario } from '../scenarios/scenario.ts'
import type { Readings } from '../spec/readings.ts'
import { Arrivals } from './arrivals.ts'
import { Agenda } from './batch/agenda.ts'
import { Tasks } from './batch/task.ts'
import type { ClockSetting } from './clock.ts'
import type { Commands, CommandType, ResultOf } from './commands.ts'
import { readingsOf, type SandboxConfig, type Settings, settingsOf } from './config.ts'
import { Directory } from './directory/directory.ts'
import { Faults } from './faults.ts'
import { IdGenerator } from './ids.ts'
import { AuthCodes, ManagementTasks } from './management-stores.ts'
import { castOf, populate, referenceTask } from './reference-data.ts'
import { Routes } from './routes.ts'
import { chooseOwnUsers, type OwnUsers, Tokens, tokenKinds } from './tokens.ts'

/** Everything a sandbox knows: a pure function of its configuration and the commands applied so far. */
export class State {
  readonly config: SandboxConfig
  readonly ids: IdGenerator
  readonly agenda = new Agenda()
  readonly tokens = new Tokens()
  readonly faults: Faults
  readonly tasks: Tasks
  readonly routes: Routes
  readings: Readings
  scenario: Scenario
  settings: Settings
  directory: Directory
  /** The users that the tokens of the credentials stand for. */
  ownUsers: OwnUsers
  readonly managementTasks = new ManagementTasks()
  readonly authCodes = new AuthCodes()
  /** Whoever joins by itself; undefined when nobody does. */
  arrivals: Arrivals | undefined
  /** What the last clock command set; undefined while the clock has not been touched. */
  clock: ClockSetting | undefined
  /** Readings set on the sandbox, over those of the scenario. */
  chosenReadings: Readonly<Record<string, string>>
  /** Number of commands applied; numbers tasks and tokens as well. */
  sequence = 0

  constructor(config: SandboxConfig, now: number) {
    this.config = config
    this.scenario = config.scenario
    this.chosenReadings = config.readings
    this.readings = readingsOf(this.scenario, this.chosenReadings)
    this.settings = settingsOf(config, this.scenario)
    this.ids = new IdGenerator(config.seed)
    this.faults = new Faults(config.seed)
    this.routes = new Routes(config.routes)
    this.tasks = new Tasks(() => this.settings.retainedTaskRows)
    this.directory = this.#createDirectory(now)
    this.ownUsers = chooseOwnUsers(this.directory)
    for (const fault of this.scenario.faults ?? []) this.faults.add(fault, now)
    this.issueOwnTokens(now)
    const example = config.withReferenceData ? referenceTask(this.directory, now) : undefined
    if (example !== undefined) this.tasks.add(example)
    this.scheduleArrivals(now)
  }

  /** Lets the tokens of the credentials begin their life now. */
  issueOwnTokens(now: number): void {
    const lifeMs = this.settings.lastingTokens ? undefined : this.settings.tokenLifeMs
    for (const kind of tokenKinds) this.tokens.issue({ token: this.config.credentials.tokens[kind], kind, lifeMs }, now)
  }

  /** Makes the directory anew, as scenario and options want it now. */
  replaceDirectory(now: number): void {
    this.directory = this.#createDirectory(now)
    this.ownUsers = chooseOwnUsers(this.directory)
  }

  /** A directory as scenario and options want it. */
  #createDirectory(now: number): Directory {
    const { users, departments, freeCapacityGb, departmentSpaceGb } = this.settings
    const directory = new Directory({
      seed: this.config.seed,
      users,
      departments,
      freeCapacityGb,
      departmentSpaceGb,
      cast: castOf(this.config),
      plusIsZeros: () => this.readings['phone-identity'] === 'plus-is-00',
      newId: (at, span) => this.ids.next(at, span),
    })
    populate(directory, this.scenario, () => this.ids.nextOf('department', now), now)
    return directory
  }

  /** Stands in for the owner of a phone that is skipped whoever has it. */
  get administratorId(): string {
    return this.directory.userAt(0)?.userId ?? this.config.credentials.userId
  }

  /** Lets the arrivals of the scenario begin now. */
  scheduleArrivals(now: number): void {
    const { arrivals } = this.scenario.directory ?? {}
    this.arrivals = arrivals && new Arrivals(this, arrivals, now)
    if (this.arrivals !== undefined) this.agenda.add(this.arrivals)
  }
}

/** What a command does to the state at a time. It refuses, if it does, before it has changed anything. */
export type Handler<T extends CommandType> = (state: State, payload: Commands[T]['payload'], at: number) => ResultOf<T>

/** A handler for each of some commands. */
export type Handlers<T extends CommandType> = { readonly [K in T]: Handler<K> }
