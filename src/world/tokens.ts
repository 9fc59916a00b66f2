import { CommandError } from './command-error.ts'
import type { SandboxConfig } from './config.ts'
import type { Department } from './directory/departments.ts'
import type { Directory } from './directory/directory.ts'
import { roles } from './directory/user.ts'
import { hex, seedFor } from './random.ts'

/** Whom a token stands for. `app` is an application token; it sees the organisation and has no role. */
export const tokenKinds = ['admin', 'deptAdmin', 'user', 'app'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** Who calls: an application, or a user with a role and a department. */
export interface Caller {
  readonly kind: 'user' | 'application'
  readonly role: number
  readonly department: Department
}

/** A token and its life in virtual epoch milliseconds; `expiresAt` is undefined when it lives for ever. */
export interface Token {
  readonly token: string
  readonly kind: TokenKind
  readonly lifeMs: number | undefined
  expiresAt: number | undefined
}

/** Tokens that a sandbox keeps. */
const MAX_TOKENS = 10_000

/** Every token of a sandbox; expired ones stay known, so that a refusal can say when they expired. */
export class Tokens {
  readonly #tokens = new Map<string, Token>()

  /** @throws CommandError when there are too many. */
  issue(token: string, kind: TokenKind, lifeMs: number | undefined, now: number): Token {
    if (this.#tokens.size >= MAX_TOKENS && !this.#tokens.has(token)) {
      throw new CommandError(`A sandbox keeps at most ${MAX_TOKENS} tokens. Revoke some, or reset the sandbox.`)
    }
    const issued: Token = { token, kind, lifeMs, expiresAt: lifeMs === undefined ? undefined : now + lifeMs }
    this.#tokens.set(token, issued)
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

  revoke(token: string): boolean {
    return this.#tokens.delete(token)
  }

  all(): Iterable<Token> {
    return this.#tokens.values()
  }
}

/** The token that the command with this number issues. */
export const tokenAt = ({ seed, id, origin = id }: SandboxConfig, sequence: number): string =>
  hex(seedFor(seed, `${origin} token ${sequence}`), 48)

/** A token lives up to, and not at, the end of its life. */
export const isAlive = (token: Token, now: number): boolean => token.expiresAt === undefined || now < token.expiresAt

/** The caller that a kind of token stands for in an organisation. */
export function callerOf(kind: TokenKind, directory: Directory): Caller {
  const { root } = directory
  switch (kind) {
    case 'app':
      return { kind: 'application', role: roles.systemAdministrator, department: root }
    case 'admin':
      return { kind: 'user', role: roles.systemAdministrator, department: root }
    case 'deptAdmin':
      return { kind: 'user', role: roles.departmentAdministrator, department: administeredDepartment(root) }
    case 'user':
      return { kind: 'user', role: roles.commonUser, department: administeredDepartment(root) }
  }
}

/** The department of the department administrator's token: one with sub-departments, if there is one. */
function administeredDepartment(root: Department): Department {
  return root.children.find(({ children }) => children.length > 0) ?? root.children[0] ?? root
}
