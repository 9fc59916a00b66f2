import { CommandError } from './command-error.ts'
import type { Department } from './directory/departments.ts'
import type { Directory } from './directory/directory.ts'
import { roles, type User } from './directory/user.ts'
import { hex, seedFor } from './random.ts'

/** Whom a token stands for. `app` is an application token; it sees the organisation and has no role. */
export const tokenKinds = ['admin', 'deptAdmin', 'user', 'app'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** Who calls: an application, or a user with a role and a department. */
export interface Caller {
  readonly kind: 'user' | 'application'
  readonly role: number
  readonly department: Department
  /** The user; undefined for an application, and for the administrator of an organisation without users. */
  readonly user?: User | undefined
}

/** A token and its life in virtual epoch milliseconds. */
export interface Token {
  readonly token: string
  readonly kind: TokenKind
  /** KooDrive id of the user who signed in; undefined for the user or application of its kind. */
  readonly userId?: string | undefined
  readonly sessionId: string
  readonly lifeMs: number | undefined
  /** Undefined when it lives for ever. */
  expiresAt: number | undefined
  /** When its session was ended. */
  endedAt?: number
}

/** Tokens that a sandbox keeps. */
const MAX_TOKENS = 10_000

/** Every token of a sandbox. Expired and ended ones stay known, so that a refusal can say when that was, until there are too many. */
export class Tokens {
  readonly #tokens = new Map<string, Token>()

  /** @throws CommandError when there are too many that live. */
  issue(token: Omit<Token, 'sessionId' | 'expiresAt'> & { readonly sessionId?: string }, now: number): Token {
    if (this.#tokens.size >= MAX_TOKENS && !this.#tokens.has(token.token)) this.#makeRoom(now)
    const { lifeMs, sessionId = sessionIdOf(token.token) } = token
    const issued: Token = { ...token, sessionId, expiresAt: lifeMs === undefined ? undefined : now + lifeMs }
    this.#tokens.set(token.token, issued)
    return issued
  }

  get(token: string): Token | undefined {
    return this.#tokens.get(token)
  }

  /** Extends the life of a token by a call. */
  use(token: string, now: number): void {
    const known = this.#tokens.get(token)
    if (known?.lifeMs !== undefined) known.expiresAt = now + known.lifeMs
  }

  /** Forgets a token. */
  revoke(token: string): boolean {
    return this.#tokens.delete(token)
  }

  /** Ends a token; false when it is not alive. */
  end(token: string, now: number): boolean {
    const known = this.#tokens.get(token)
    if (known === undefined || !isAlive(known, now)) return false
    known.endedAt = now
    return true
  }

  all(): Iterable<Token> {
    return this.#tokens.values()
  }

  /**
   * Refuses to issue tokens that there is no room for, before any of them is.
   *
   * @throws CommandError
   */
  refuseWithoutRoom(tokens: readonly string[], now: number): void {
    const added = tokens.filter((token) => !this.#tokens.has(token)).length
    let free = MAX_TOKENS - this.#tokens.size
    if (free >= added) return
    for (const token of this.#tokens.values()) if (!isAlive(token, now)) free += 1
    if (free < added) throw full()
  }

  #makeRoom(now: number): void {
    for (const token of this.#tokens.values()) {
      if (isAlive(token, now)) continue
      this.#tokens.delete(token.token)
      return
    }
    throw full()
  }
}

const full = () => new CommandError(`A sandbox keeps at most ${MAX_TOKENS} tokens. Revoke some, or reset the sandbox.`)

/** What tokens and codes of a sandbox are drawn from. */
interface Drawn {
  readonly seed: number
  readonly id: string
  /** The sandbox whose log this one repeats. */
  readonly origin?: string | undefined
}

/** The token that the command with this number issues. */
export const tokenAt = ({ seed, id, origin = id }: Drawn, sequence: number): string =>
  hex(seedFor(seed, `${origin} token ${sequence}`), 48)

/** The authorization code that the command with this number issues. */
export const authCodeAt = ({ seed, id, origin = id }: Drawn, sequence: number): string =>
  hex(seedFor(seed, `${origin} auth code ${sequence}`), 128)

/** The id of the session that a token opens. */
export const sessionIdOf = (token: string): string => hex(seedFor(0, `session ${token}`), 48)

/** A token lives up to, and not at, the end of its life. */
export const isAlive = ({ expiresAt, endedAt }: Token, now: number): boolean =>
  endedAt === undefined && (expiresAt === undefined || now < expiresAt)

/** A user that tokens stand for from the start; without a number there is nobody, only a role in a department. */
interface OwnUser {
  readonly role: number
  readonly department: Department
  readonly number?: number | undefined
}

/** The users that the tokens of the credentials stand for. */
export type OwnUsers = Readonly<Record<Exclude<TokenKind, 'app'>, OwnUser>>

/** Picks the users of the tokens, in a department that has others below it if there is one. */
export function chooseOwnUsers({ departments, root, seededUsers }: Directory): OwnUsers {
  const department = root.children.find(({ children }) => children.length > 0) ?? root.children[0] ?? root
  const members = departments.seeded.find((allotment) => allotment.department === department)
  const [from, to] = members === undefined || department === root ? [0, 0] : [members.from, members.to]
  return {
    admin: { role: roles.systemAdministrator, department: root, number: seededUsers > 0 ? 0 : undefined },
    deptAdmin: { role: roles.departmentAdministrator, department, number: from < to ? from : undefined },
    user: { role: roles.commonUser, department, number: from + 1 < to ? from + 1 : undefined },
  }
}

/** The caller that a token stands for now; undefined when the user is gone. */
export function callerOf(
  { kind, userId }: Pick<Token, 'kind' | 'userId'>,
  directory: Directory,
  own: OwnUsers,
): Caller | undefined {
  if (userId !== undefined) return callerFor(directory.findById(userId))
  if (kind === 'app') return { kind: 'application', role: roles.systemAdministrator, department: directory.root }
  const { number, role, department } = own[kind]
  return number === undefined ? { kind: 'user', role, department } : callerFor(directory.userAt(number))
}

const callerFor = (user: User | undefined): Caller | undefined =>
  user && { kind: 'user', role: user.role, department: user.department, user }
