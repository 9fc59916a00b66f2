import type { Command } from '../../world/commands.ts'
import type { SandboxConfig } from '../../world/config.ts'
import { authCodeAt, tokenAt } from '../../world/tokens.ts'

const issuing: ReadonlySet<Command['type']> = new Set(['issue-token', 'create-session', 'refresh-session'])

/** The token that a command issues, if it does. */
export const tokenIssuedBy = (config: SandboxConfig, sequence: number, { type }: Command): string | undefined =>
  issuing.has(type) ? tokenAt(config, sequence) : undefined

/** What calls may name from a command on to be of this sandbox. */
export function keysOf(config: SandboxConfig, sequence: number, command: Command): string[] {
  const token = tokenIssuedBy(config, sequence, command)
  if (token !== undefined) return [token]
  return command.type === 'create-auth-code' ? [authCodeAt(config, sequence)] : []
}

/** What calls name from the start: the AppId and the tokens of the credentials. */
export const ownKeys = ({ credentials: { appId, tokens } }: SandboxConfig): string[] => [
  ...new Set([appId, ...Object.values(tokens)]),
]
