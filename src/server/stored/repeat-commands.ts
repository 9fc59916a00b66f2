import { type Queries, StoreError } from '../../store/database.ts'
import type { SandboxRecord } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { CommandError } from '../../world/command-error.ts'
import type { Command } from '../../world/commands.ts'
import type { SandboxConfig } from '../../world/config.ts'
import { authCodeAt, tokenAt } from '../../world/tokens.ts'
import type { World } from '../../world/world.ts'
import type { Pending, StoredSandbox } from './stored-sandbox.ts'

/** Where commands come from, and who learns of the tokens that they issue. */
export interface CommandSource {
  readonly store: Store
  readonly queries: Queries
  readonly world: World
}

/**
 * Repeats what the store has of a sandbox from a sequence number on.
 *
 * @throws StoreError `damaged` when a command is missing or cannot be carried out.
 */
export async function repeatCommands(
  { store, queries, world }: CommandSource,
  sandbox: StoredSandbox,
  record: SandboxRecord,
  from: number,
): Promise<void> {
  let sequence = from
  for await (const page of store.commands(queries, record, from)) {
    for (const command of page) {
      try {
        sandbox.follow(command)
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        throw new StoreError(
          'damaged',
          `The store ${store.name} is damaged: command ${sequence} of sandbox ${record.id} (${command.type}) cannot be carried out: ${error.message}`,
        )
      }
      const issued = tokenIssuedBy(record.config, sequence, command)
      if (issued !== undefined) world.noteToken(sandbox, issued, true)
      if (command.type === 'revoke-token') world.noteToken(sandbox, command.token, false)
      sequence += 1
    }
  }
  sandbox.record = record
  sandbox.noteUse(record.realMs)
  if (record.sequence > from) sandbox.resumeClock(record.clock)
}

/** Does again, on top of what the store has, what a program did here outside of any call. */
export function repeatPending(
  sandbox: StoredSandbox,
  loose: readonly Pending[],
  onError: (error: unknown) => void,
): void {
  for (const { command } of loose) {
    const { type, at: _, ...payload } = command
    try {
      sandbox.execute(type, payload as never)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      onError(
        new Error(`A command that a program gave sandbox ${sandbox.id} cannot be carried out any more.`, {
          cause: error,
        }),
      )
    }
  }
}

const issuing: ReadonlySet<Command['type']> = new Set(['issue-token', 'create-session', 'refresh-session'])

/** The token that a command issues, if it does. */
const tokenIssuedBy = (config: SandboxConfig, sequence: number, { type }: Command): string | undefined =>
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
