import { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { type Credentials, readingsOf, type SandboxConfig } from './config.ts'
import { composeId } from './ids.ts'
import { type CommandLog, MemoryLog } from './log.ts'
import type { Session } from './management/commands.ts'
import { hex, seedFor } from './random.ts'
import { Sandbox } from './sandbox.ts'
import { tokenKinds } from './tokens.ts'

/** Choices for a new sandbox; what is absent comes from the scenario or the world. */
export interface SandboxOptions extends Pick<SandboxConfig, 'scenario' | 'users' | 'departments' | 'xDate'> {
  readonly seed?: number | undefined
  readonly readings?: SandboxConfig['readings'] | undefined
  /** Virtual time to freeze the clock at, in epoch milliseconds. */
  readonly now?: number | undefined
  /** Batch rows settled per virtual second. */
  readonly speed?: number | undefined
}

export interface WorldOptions {
  readonly seed: number
  /** The real time in epoch milliseconds. */
  readonly realNow: () => number
  readonly log?: CommandLog
  /** Sandboxes that may exist at a time. Default 10,000. */
  readonly maxSandboxes?: number
  /** Called with a sandbox that is no more: deleted, started anew or replaced. */
  readonly onForget?: ((sandbox: Sandbox) => void) | undefined
}

/** Id and credentials of the sandbox that exists from the start. */
export const DEFAULT_SANDBOX = 'default'
export const defaultCredentials: Credentials = {
  appId: '0123456789abcdef'.repeat(4),
  appSecret: 'koodrive-mock-app-secret',
  userId: '1505084218764547200',
  tokens: {
    admin: 'mock-admin-token',
    deptAdmin: 'mock-dept-admin-token',
    user: 'mock-user-token',
    app: 'mock-app-token',
  },
}

const MAX_SANDBOXES = 10_000
/** Tokens that sandboxes have forgotten are forgotten here after so many new ones. */
const FORGET_EVERY = 1000
/** Ids of system administrators are of the year from here on: 2024-01-01. */
const ADMINISTRATORS_SINCE_MS = 1_704_067_200_000
const YEAR_MS = 31_536_000_000

/** All sandboxes of a server. An AppId and a token each belong to exactly one of them. */
export class World {
  readonly seed: number
  readonly #realNow: () => number
  readonly #log: CommandLog
  readonly #maxSandboxes: number
  readonly #onForget: WorldOptions['onForget']
  readonly #sandboxes = new Map<string, Sandbox>()
  readonly #byAppId = new Map<string, Sandbox>()
  readonly #byToken = new Map<string, Sandbox>()
  #made = 0
  /** Tokens of sessions that were issued. */
  #issued = 0

  constructor({ seed, realNow, log = new MemoryLog(), maxSandboxes = MAX_SANDBOXES, onForget }: WorldOptions) {
    this.seed = seed
    this.#realNow = realNow
    this.#log = log
    this.#maxSandboxes = maxSandboxes
    this.#onForget = onForget
  }

  /** Makes the sandbox with the well-known credentials. */
  createDefault(options: SandboxOptions): Sandbox {
    return this.#add(this.#configOf(DEFAULT_SANDBOX, defaultCredentials, options))
  }

  /**
   * Makes a sandbox with credentials of its own.
   *
   * @throws ReadingError when a reading or its answer is unknown, CommandError when there are too many sandboxes.
   */
  create(options: SandboxOptions): Sandbox {
    if (this.#sandboxes.size >= this.#maxSandboxes) {
      throw new CommandError(`There are ${this.#sandboxes.size} sandboxes, the most that may exist. Delete some first.`)
    }
    const id = this.#freeId()
    return this.#add(this.#configOf(id, this.#credentialsFor(id), options))
  }

  /**
   * Makes a sandbox from a configuration and the commands of a log, in the place of the one with its id; its clock
   * stands still at the last command. Whatever is wrong shows before anything is replaced.
   *
   * @throws CommandError, ReadingError.
   */
  restore(config: SandboxConfig, commands: readonly Command[]): Sandbox {
    new Sandbox(config, new MemoryLog(), this.#realNow).replayAll(commands)
    this.#forget(config.id)
    const sandbox = this.#add(config)
    sandbox.replayAll(commands)
    for (const token of Object.values(config.credentials.tokens)) this.#byToken.delete(token)
    for (const { token } of sandbox.read().tokens.all()) this.#byToken.set(token, sandbox)
    return sandbox
  }

  /** Whether these credentials are nobody's, or only those of the sandbox with this id. */
  isFree({ appId, tokens }: Credentials, id: string): boolean {
    const isOthers = (owner: Sandbox | undefined) => owner !== undefined && owner.id !== id
    return (
      !isOthers(this.#byAppId.get(appId)) && !Object.values(tokens).some((token) => isOthers(this.#byToken.get(token)))
    )
  }

  get(id: string): Sandbox | undefined {
    return this.#sandboxes.get(id)
  }

  all(): Iterable<Sandbox> {
    return this.#sandboxes.values()
  }

  get size(): number {
    return this.#sandboxes.size
  }

  ofAppId(appId: string): Sandbox | undefined {
    return this.#byAppId.get(appId)
  }

  /** The sandbox that issued a token, whether the token is still alive or not. */
  ofToken(token: string): Sandbox | undefined {
    return this.#byToken.get(token)
  }

  /** The sandbox that issued an authorization code, whether it can still be redeemed or not. */
  ofAuthCode(code: string): Sandbox | undefined {
    for (const sandbox of this.#sandboxes.values()) if (sandbox.peek().authCodes.get(code) !== undefined) return sandbox
    return undefined
  }

  /**
   * Redeems an authorization code for a token.
   *
   * @throws CommandError `unauthorized`.
   */
  createSession(sandbox: Sandbox, code: string): Session {
    return this.#remember(sandbox, sandbox.execute('create-session', { code }))
  }

  /**
   * Gives a further token for a session; the one that was sent ends or stays.
   *
   * @throws CommandError `unauthorized`.
   */
  refreshSession(sandbox: Sandbox, token: string, sessionId: string, endsToken: boolean): Session {
    return this.#remember(sandbox, sandbox.execute('refresh-session', { token, sessionId, endsToken }))
  }

  #remember(sandbox: Sandbox, session: Session): Session {
    this.#byToken.set(session.accessToken, sandbox)
    this.#issued += 1
    if (this.#issued % FORGET_EVERY === 0) {
      for (const [token, owner] of this.#byToken) {
        if (owner.peek().tokens.get(token) === undefined) this.#byToken.delete(token)
      }
    }
    return session
  }

  /** Issues a token of a sandbox. */
  issueToken(sandbox: Sandbox, kind: (typeof tokenKinds)[number], lifeMs?: number): string {
    const token = sandbox.execute('issue-token', { kind, lifeMs })
    this.#byToken.set(token, sandbox)
    return token
  }

  /** Takes a token back; false when the sandbox did not issue it. */
  revokeToken(sandbox: Sandbox, token: string): boolean {
    if (this.#byToken.get(token) !== sandbox) return false
    this.#byToken.delete(token)
    return sandbox.execute('revoke-token', { token })
  }

  /** Starts a sandbox anew from its configuration; its credentials stay. */
  reset(id: string): Sandbox {
    const sandbox = this.#sandboxes.get(id)
    if (sandbox === undefined) throw new CommandError(`There is no sandbox ${id}.`)
    const { config } = sandbox
    this.#forget(id)
    return this.#add(config.startsFrozen ? config : { ...config, startedAt: Math.floor(this.#realNow()) })
  }

  /** Removes a sandbox and everything that belongs to it. */
  delete(id: string): boolean {
    this.#forget(id)
    return this.#sandboxes.delete(id)
  }

  /** Cuts every way to a sandbox but its place in the list. */
  #forget(id: string): void {
    const sandbox = this.#sandboxes.get(id)
    if (sandbox === undefined) return
    sandbox.retire()
    this.#byAppId.delete(sandbox.config.credentials.appId)
    for (const { token } of sandbox.read().tokens.all()) this.#byToken.delete(token)
    this.#log.drop(id)
    this.#onForget?.(sandbox)
  }

  #add(config: SandboxConfig): Sandbox {
    const sandbox = new Sandbox(config, this.#log, this.#realNow)
    this.#sandboxes.set(config.id, sandbox)
    this.#byAppId.set(config.credentials.appId, sandbox)
    for (const token of Object.values(config.credentials.tokens)) this.#byToken.set(token, sandbox)
    return sandbox
  }

  /** The next id that no sandbox has; nor may a replayed log have brought its credentials along. */
  #freeId(): string {
    for (;;) {
      this.#made += 1
      const id = `sandbox-${this.#made}`
      if (!this.#sandboxes.has(id) && this.isFree(this.#credentialsFor(id), id)) return id
    }
  }

  #configOf(id: string, credentials: Credentials, options: SandboxOptions): SandboxConfig {
    const { scenario, seed, users, departments, readings = {}, now, speed, xDate } = options
    readingsOf(scenario, readings)
    const isDefault = id === DEFAULT_SANDBOX
    return {
      id,
      seed: seed ?? this.seed,
      credentials,
      scenario,
      readings,
      users,
      departments,
      rowsPerSecond: speed,
      startedAt: now ?? Math.floor(this.#realNow()),
      startsFrozen: now !== undefined,
      ...(xDate !== undefined && { xDate }),
      lastingTokens: isDefault,
      withReferenceData: isDefault,
    }
  }

  #credentialsFor(id: string): Credentials {
    const draw = (purpose: string, length: number) => hex(seedFor(this.seed, `${id} ${purpose}`), length)
    const number = (purpose: string) => Number.parseInt(draw(purpose, 12), 16)
    const tokens = Object.fromEntries(tokenKinds.map((kind) => [kind, draw(`${kind} token`, 48)]))
    return {
      appId: draw('app id', 64),
      appSecret: draw('app secret', 40),
      userId: composeId({
        ms: ADMINISTRATORS_SINCE_MS + (number('user time') % YEAR_MS),
        worker: number('user worker') % 2048,
        sequence: 0,
      }),
      tokens: tokens as Credentials['tokens'],
    }
  }
}
