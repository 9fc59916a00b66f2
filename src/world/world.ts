import { CommandError } from './command-error.ts'
import type { Credentials, SandboxConfig } from './config.ts'
import { type CommandLog, MemoryLog } from './log.ts'
import type { Session } from './management-commands.ts'
import { Sandbox } from './sandbox.ts'
import { type Identity, SandboxIndex } from './sandbox-index.ts'
import type { tokenKinds } from './tokens.ts'
import {
  type DrawHex,
  drawCredentials,
  makeConfig,
  type RestorableSandbox,
  type SandboxOptions,
  seededHex,
  type WorldOptions,
} from './world-options.ts'

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

/** The form of an id, in paths and request ids. */
export const SANDBOX_ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

const MAX_SANDBOXES = 10_000
/** Tokens that sandboxes have forgotten are forgotten here after so many new ones. */
const FORGET_EVERY = 1000
/** Idle sandboxes are looked for at most so often, in real milliseconds, unless somebody asks for one of them. */
const LOOK_FOR_IDLE_EVERY_MS = 1000

/** All sandboxes of a server. An id, a name, an AppId and a token each belong to exactly one of them. */
export class World {
  readonly seed: number
  readonly maxSandboxes: number
  readonly ttlMs: number | undefined
  readonly #realNow: () => number
  readonly #drawHex: DrawHex
  /** Tells the ids of this start from those of others; empty where a seed asks for the same ones. */
  readonly #start: string
  readonly #log: CommandLog
  readonly #onForget: WorldOptions['onForget']
  readonly #makeSandbox: NonNullable<WorldOptions['makeSandbox']>
  readonly #endsIdle: boolean
  readonly #index = new SandboxIndex()
  #made = 0
  #lookedForIdleAt = 0
  /** Tokens of sessions that were issued. */
  #issued = 0

  constructor(options: WorldOptions) {
    const { seed, realNow, drawHex, log = new MemoryLog(), maxSandboxes = MAX_SANDBOXES, ttlMs, onForget } = options
    this.seed = seed
    this.maxSandboxes = maxSandboxes
    this.ttlMs = ttlMs
    this.#realNow = realNow
    this.#drawHex = drawHex ?? seededHex(seed)
    this.#start = drawHex === undefined ? '' : `-${drawHex('start', 8)}`
    this.#log = log
    this.#onForget = onForget
    this.#makeSandbox = options.makeSandbox ?? ((config, at) => new Sandbox(config, log, realNow, at))
    this.#endsIdle = ttlMs !== undefined && options.endsIdle !== false
  }

  /** Makes the sandbox with the well-known credentials. */
  createDefault(options: SandboxOptions): Sandbox {
    return this.#add(this.#configOf(DEFAULT_SANDBOX, defaultCredentials, options))
  }

  /**
   * Makes a sandbox, with credentials of its own.
   *
   * @throws ReadingError when a reading or its answer is unknown, CommandError when there are too many sandboxes or
   * another one has the id, the name, the AppId or a token.
   */
  create(options: SandboxOptions): Sandbox {
    this.#endIdle()
    this.#refuseWithoutRoom(1)
    const { name, credentials: chosen } = options
    const id = options.id ?? (name !== undefined && SANDBOX_ID.test(name) ? name : undefined)
    if (id !== undefined && this.get(id) !== undefined) {
      throw new CommandError(`There is a sandbox "${id}" already. Choose another id, or delete that one first.`)
    }
    const identity = id === undefined ? this.#freeIdentity(options) : this.#identityOf(id, options)
    this.#index.refuseClash(identity)
    const config = this.#configOf(identity.id, identity.credentials, options)
    return this.#add(chosen?.tokens === undefined ? config : { ...config, lastingTokens: true })
  }

  /**
   * Makes sandboxes from their configurations and the commands of their logs, each in the place of the one with its id;
   * others stay. A clock that is not given stands still at the last command. Whatever is wrong with any of them shows
   * before anything is replaced.
   *
   * @throws CommandError, ReadingError.
   */
  restoreAll(given: readonly RestorableSandbox[]): Sandbox[] {
    const leaving = new Set(given.map(({ config }) => config.id))
    const trial = new SandboxIndex()
    for (const { config, commands } of given) {
      if (trial.get(config.id) !== undefined) throw new CommandError(`The sandbox "${config.id}" is there twice.`)
      this.#index.refuseClash(config, leaving)
      trial.refuseClash(config)
      const sandbox = new Sandbox(config, new MemoryLog(), this.#realNow)
      sandbox.replayAll(commands)
      trial.add(sandbox)
    }
    this.#refuseWithoutRoom([...leaving].filter((id) => this.get(id) === undefined).length)
    for (const id of leaving) this.#forget(id) // all first: what one had, another one may have now
    return given.map(({ config, commands, clock }) => {
      const sandbox = this.#add(config)
      sandbox.replayAll(commands)
      if (clock !== undefined) sandbox.resume(clock)
      for (const token of Object.values(config.credentials.tokens)) this.#index.removeToken(token)
      for (const { token } of sandbox.read().tokens.all()) this.#index.addToken(token, sandbox)
      return sandbox
    })
  }

  /** Whether name and credentials are nobody's, or only those of the sandbox with the same id. */
  isFree(identity: Identity): boolean {
    return this.#index.ownerOf(identity, new Set([identity.id])) === undefined
  }

  get(id: string): Sandbox | undefined {
    return this.#unlessIdle(this.#index.get(id))
  }

  /** Every sandbox, oldest first. */
  all(): Iterable<Sandbox> {
    this.#endIdle()
    return this.#index.all()
  }

  get size(): number {
    this.#endIdle()
    return this.#index.size
  }

  /** A number that grows whenever a sandbox comes, goes or starts anew. */
  get changes(): number {
    this.#endIdle()
    return this.#index.changes
  }

  ofAppId(appId: string): Sandbox | undefined {
    return this.#unlessIdle(this.#index.ofAppId(appId))
  }

  /** The sandbox that issued a token, whether the token is still alive or not. */
  ofToken(token: string): Sandbox | undefined {
    return this.#unlessIdle(this.#index.ofToken(token))
  }

  /** The sandbox that issued an authorization code, whether it can still be redeemed or not. */
  ofAuthCode(code: string): Sandbox | undefined {
    for (const sandbox of this.all()) if (sandbox.peek().authCodes.get(code) !== undefined) return sandbox
    return undefined
  }

  /** Redeems an authorization code for a token. @throws CommandError `unauthorized`. */
  createSession(sandbox: Sandbox, code: string): Session {
    return this.#remember(sandbox, sandbox.execute('create-session', { code }))
  }

  /** Gives a further token for a session; the one that was sent ends or stays. @throws CommandError `unauthorized`. */
  refreshSession(sandbox: Sandbox, token: string, sessionId: string, endsToken: boolean): Session {
    return this.#remember(sandbox, sandbox.execute('refresh-session', { token, sessionId, endsToken }))
  }

  #remember(sandbox: Sandbox, session: Session): Session {
    this.#index.addToken(session.accessToken, sandbox)
    this.#issued += 1
    if (this.#issued % FORGET_EVERY === 0) this.#index.forgetTokens()
    return session
  }

  /** Issues a token of a sandbox. */
  issueToken(sandbox: Sandbox, kind: (typeof tokenKinds)[number], lifeMs?: number): string {
    const token = sandbox.execute('issue-token', { kind, lifeMs })
    this.#index.addToken(token, sandbox)
    return token
  }

  /** Takes a token back; false when the sandbox did not issue it. */
  revokeToken(sandbox: Sandbox, token: string): boolean {
    if (this.#index.ofToken(token) !== sandbox) return false
    this.#index.removeToken(token)
    return sandbox.execute('revoke-token', { token })
  }

  /** Starts a sandbox anew from its configuration; its credentials stay. */
  reset(id: string): Sandbox {
    const sandbox = this.get(id)
    if (sandbox === undefined) throw new CommandError(`There is no sandbox ${id}.`)
    const config = { ...sandbox.config, ...sandbox.startsAnewWith }
    this.#forget(id)
    return this.#add(config.startsFrozen ? config : { ...config, startedAt: Math.floor(this.#realNow()) })
  }

  /** Removes a sandbox and everything that belongs to it. */
  delete(id: string): boolean {
    this.#forget(id)
    return this.#index.remove(id)
  }

  /** Cuts every way to a sandbox but its place in the list. */
  #forget(id: string): void {
    const sandbox = this.#index.get(id)
    if (sandbox === undefined) return
    sandbox.retire()
    this.#index.release(sandbox)
    this.#log.drop(id)
    this.#onForget?.(sandbox)
  }

  /** Takes in a sandbox that was made elsewhere, with every token that it has issued, in the place of the one with its id. */
  adopt(sandbox: Sandbox): void {
    this.#forget(sandbox.id)
    this.#index.add(sandbox)
    for (const { token } of sandbox.peek().tokens.all()) this.#index.addToken(token, sandbox)
  }

  /** Learns that a sandbox has issued a token or taken it back, when somebody else made it do so. */
  noteToken(sandbox: Sandbox, token: string, isIssued: boolean): void {
    if (isIssued) this.#index.addToken(token, sandbox)
    else if (this.#index.ofToken(token) === sandbox) this.#index.removeToken(token)
  }

  /** A sandbox that takes the place of another one was made when that one was. */
  #add(config: SandboxConfig): Sandbox {
    const createdAt = this.#index.get(config.id)?.createdAt ?? Math.floor(this.#realNow())
    const sandbox = this.#makeSandbox(config, createdAt)
    return this.#index.add(sandbox)
  }

  #isIdle({ id, lastUsedAt }: Sandbox): boolean {
    return (
      this.ttlMs !== undefined && this.#endsIdle && id !== DEFAULT_SANDBOX && this.#realNow() - lastUsedAt > this.ttlMs
    )
  }

  /** A sandbox that nobody has called for too long is no more, whoever asks. */
  #unlessIdle(sandbox: Sandbox | undefined): Sandbox | undefined {
    if (sandbox !== undefined && this.#isIdle(sandbox)) this.delete(sandbox.id)
    return sandbox?.isRetired ? undefined : sandbox
  }

  #endIdle(): void {
    if (this.ttlMs === undefined || !this.#endsIdle) return
    const now = this.#realNow()
    if (now - this.#lookedForIdleAt < Math.min(LOOK_FOR_IDLE_EVERY_MS, this.ttlMs)) return
    this.#lookedForIdleAt = now
    for (const sandbox of this.#index.all()) this.#unlessIdle(sandbox)
  }

  #refuseWithoutRoom(more: number): void {
    if (this.#index.size + more <= this.maxSandboxes) return
    throw new CommandError(
      `There are ${this.#index.size} sandboxes, and ${this.maxSandboxes} may exist. Delete some first, DELETE /__admin/sandboxes?label=KEY=VALUE those with a label, let idle ones end by --sandbox-ttl, or allow more by --max-sandboxes.`,
    )
  }

  #identityOf(id: string, { name, credentials }: SandboxOptions): Identity {
    return { id, name, credentials: drawCredentials(this.#drawHex, id, credentials) }
  }

  /** The next id that no sandbox has; nor may a replayed log have brought the credentials that are drawn for it along. */
  #freeIdentity(options: SandboxOptions): Identity {
    for (;;) {
      this.#made += 1
      const id = `sandbox-${this.#made}${this.#start}`
      const drawn = drawCredentials(this.#drawHex, id)
      if (this.#index.get(id) !== undefined || !this.isFree({ id, credentials: drawn })) continue
      return options.credentials === undefined
        ? { id, name: options.name, credentials: drawn }
        : this.#identityOf(id, options)
    }
  }

  #configOf(id: string, credentials: Credentials, options: SandboxOptions): SandboxConfig {
    const own = { seed: this.seed, now: Math.floor(this.#realNow()), isDefault: id === DEFAULT_SANDBOX }
    return makeConfig({ id, credentials }, options, own)
  }
}
