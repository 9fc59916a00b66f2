import { CommandError } from './command-error.ts'
import type { SandboxConfig } from './config.ts'
import type { Sandbox } from './sandbox.ts'
import { tokenKinds } from './tokens.ts'

/** What an index knows a sandbox by. */
export type Identity = Pick<SandboxConfig, 'id' | 'name' | 'credentials'>

/** Finds sandboxes by what belongs to exactly one of them: id, name, AppId and tokens. Oldest first. */
export class SandboxIndex {
  readonly #byId = new Map<string, Sandbox>()
  readonly #byName = new Map<string, Sandbox>()
  readonly #byAppId = new Map<string, Sandbox>()
  readonly #byToken = new Map<string, Sandbox>()

  /** A number that grows whenever a sandbox comes or goes. */
  changes = 0

  get size(): number {
    return this.#byId.size
  }

  all(): IterableIterator<Sandbox> {
    return this.#byId.values()
  }

  get(id: string): Sandbox | undefined {
    return this.#byId.get(id)
  }

  ofAppId(appId: string): Sandbox | undefined {
    return this.#byAppId.get(appId)
  }

  ofToken(token: string): Sandbox | undefined {
    return this.#byToken.get(token)
  }

  /** Adds a sandbox, in the place of the one with its id. */
  add(sandbox: Sandbox): Sandbox {
    const { id, name, credentials } = sandbox.config
    this.changes += 1
    this.#byId.set(id, sandbox)
    if (name !== undefined) this.#byName.set(name, sandbox)
    this.#byAppId.set(credentials.appId, sandbox)
    for (const token of Object.values(credentials.tokens)) this.#byToken.set(token, sandbox)
    return sandbox
  }

  addToken(token: string, sandbox: Sandbox): void {
    this.#byToken.set(token, sandbox)
  }

  removeToken(token: string): void {
    this.#byToken.delete(token)
  }

  /** Forgets tokens that their sandboxes have forgotten. */
  forgetTokens(): void {
    for (const [token, owner] of this.#byToken) {
      if (owner.peek().tokens.get(token) === undefined) this.#byToken.delete(token)
    }
  }

  /** Cuts every way to a sandbox but its place in the list, which is for its successor. */
  release(sandbox: Sandbox): void {
    const { name, credentials } = sandbox.config
    if (name !== undefined) this.#byName.delete(name)
    this.#byAppId.delete(credentials.appId)
    for (const { token } of sandbox.read().tokens.all()) this.#byToken.delete(token)
  }

  remove(id: string): boolean {
    this.changes += 1
    return this.#byId.delete(id)
  }

  /**
   * Who has something of an identity, and what; undefined when it is nobody's, or only that of those who make room.
   * A secret is named, not shown.
   */
  ownerOf({ name, credentials }: Identity, leaving: ReadonlySet<string>): { what: string; id: string } | undefined {
    const owned: [string, Sandbox | undefined][] = [
      [`The name ${JSON.stringify(name)}`, name === undefined ? undefined : this.#byName.get(name)],
      ['The AppId (credentials.appId)', this.#byAppId.get(credentials.appId)],
      ...tokenKinds.map((kind): [string, Sandbox | undefined] => [
        `The token of credentials.tokens.${kind}`,
        this.#byToken.get(credentials.tokens[kind]),
      ]),
    ]
    for (const [what, owner] of owned) {
      if (owner !== undefined && !leaving.has(owner.id)) return { what, id: owner.id }
    }
    return undefined
  }

  /**
   * Refuses an identity that others have some of, those left out who make room.
   *
   * @throws CommandError
   */
  refuseClash(identity: Identity, leaving: ReadonlySet<string> = new Set()): void {
    const owned = this.ownerOf(identity, leaving)
    if (owned === undefined) return
    throw new CommandError(
      `${owned.what} belongs to sandbox "${owned.id}". Choose another one, or delete that sandbox first.`,
    )
  }
}
