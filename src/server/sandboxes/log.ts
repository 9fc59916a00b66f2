import { turnsBy } from '../../journal/in-turns.ts'
import type { Journals } from '../../journal/journals.ts'
import { brief } from '../../scenarios/explain.ts'
import { isRecord, toJson } from '../../shared/json.ts'
import { version } from '../../spec/version.ts'
import type { Command } from '../../world/commands.ts'
import type { SandboxConfig } from '../../world/config.ts'
import { toIso } from '../../world/instant.ts'
import { LOG_MAX_WEIGHT, LOGS_MAX_WEIGHT } from '../../world/log.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { authCodeAt, sessionIdOf, tokenAt, tokenKinds } from '../../world/tokens.ts'
import type { World } from '../../world/world.ts'
import { badRequest, Problem } from '../problem.ts'
import { fileIn, withoutList } from './file-in-parts.ts'
import { LOG_FORMAT, LOG_VERSION, logFile, loggedCommand, toFile } from './log-file.ts'

/** The log of a sandbox as one file: with it, the organisation can be repeated anywhere to the same bytes. */
export interface LogFile {
  readonly format: 'koodrive-mock-log'
  readonly version: 3
  /** Version of the mock that wrote it. */
  readonly mock: string
  /** Virtual time of the export. */
  readonly exportedAt: string
  /** Requests numbered so far. */
  readonly requests: number
  readonly config: SandboxConfig
  readonly commands: readonly Command[]
}

interface Kept {
  readonly world: World
  readonly journals: Journals
}

/**
 * The commands of a sandbox.
 *
 * @throws Problem 409 when there were more than are kept.
 */
export function commandsOf(sandbox: Sandbox): readonly Command[] {
  const commands = sandbox.commands()
  if (commands === undefined) {
    throw new Problem(
      409,
      'Conflict',
      `The log of sandbox ${sandbox.id} was given up: a log keeps ${LOG_MAX_WEIGHT} commands and batch rows, all logs together ${LOGS_MAX_WEIGHT}. Reset the sandbox to begin a new one.`,
    )
  }
  return commands
}

/**
 * The configuration and the commands of a sandbox as one file.
 *
 * @throws Problem 409 when there were more commands than are kept.
 */
export function exportLog(deps: Kept, sandbox: Sandbox): LogFile {
  const { commands, ...log } = logOf(deps, sandbox)
  return { ...log, commands: commands.map(toFile) }
}

/**
 * The same as JSON, piece by piece. It is of the moment when it is asked for, whenever its pieces are.
 *
 * @throws Problem 409 when there were more commands than are kept.
 */
export function logText(deps: Kept, sandbox: Sandbox): Iterable<string> {
  const { commands, ...log } = logOf(deps, sandbox)
  return (function* () {
    yield JSON.stringify({ ...log, commands: [] }).slice(0, -']}'.length)
    for (const [at, command] of commands.entries()) yield `${at === 0 ? '' : ','}${JSON.stringify(toFile(command))}`
    yield ']}'
  })()
}

function logOf({ journals }: Kept, sandbox: Sandbox): LogFile {
  return {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    mock: version,
    exportedAt: toIso(sandbox.clock.now()),
    requests: journals.of(sandbox).requests,
    config: sandbox.config,
    commands: commandsOf(sandbox),
  }
}

/**
 * Reads a log file.
 *
 * @throws Problem 400 that names the path of the first mistake, and what is allowed there.
 */
export function parseLog(input: unknown): LogFile {
  refuseVersion(input)
  return fileIn(input, logFile(), 'log').part(logFile(), input, []) as unknown as LogFile
}

/**
 * The same where others are served in between. `elapsed` is a clock in milliseconds.
 *
 * @throws Problem 400 that names the path of the first mistake, and what is allowed there.
 */
export async function readLog(input: unknown, elapsed: () => number): Promise<LogFile> {
  refuseVersion(input)
  const file = fileIn(input, logFile(), 'log')
  const [rest, given] = withoutList(input, 'commands')
  const log = file.part(logFile(), rest, [])
  const commands = await file.list(loggedCommand(), given, ['commands'], turnsBy(elapsed))
  return { ...log, commands } as unknown as LogFile
}

function refuseVersion(input: unknown): void {
  const { format, version: found } = (isRecord(input) ? input : {}) as Partial<LogFile>
  if (format !== LOG_FORMAT || found === LOG_VERSION) return
  throw badRequest(
    `version: this mock replays logs of version ${LOG_VERSION}, not ${brief(toJson(found) || 'none')}. Replay it with the mock that wrote it.`,
    { path: 'version' },
  )
}

/**
 * Replays a log in the place of a sandbox. It takes over the credentials of the log unless another sandbox of this
 * server has them or its name: then it keeps its own, and tokens of the log get others.
 *
 * @throws CommandError, ReadingError; the sandbox is as it was then.
 */
export function importLog(deps: Kept, id: string, log: LogFile): Sandbox {
  const given = log.config
  const commands = log.commands
  const known = deps.world.get(id)?.config
  const own = known?.credentials
  if (own === undefined || deps.world.isFree({ ...given, id })) {
    return restore(deps, { ...given, id, origin: given.origin ?? given.id }, commands, log.requests)
  }
  const credentials = { ...own, userId: given.credentials.userId }
  const config = { ...given, id, name: known?.name, origin: id, credentials }
  return restore(deps, config, renameTokens(commands, given, config), log.requests)
}

/** Replays a log into the sandbox that it names, with the credentials that it names. */
export const importNamed = (deps: Kept, log: LogFile): Sandbox => importLog(deps, log.config.id, log)

function restore(
  { world, journals }: Kept,
  config: SandboxConfig,
  commands: readonly Command[],
  requests: number,
): Sandbox {
  const sandbox = world.restoreAll([{ config, commands }])[0] as Sandbox
  journals.of(sandbox).continueAfter(requests)
  return sandbox
}

const issuing: readonly string[] = ['issue-token', 'create-session', 'refresh-session']

/** Commands of one sandbox as those of another: whatever names a token, session or code names the one in its place. */
function renameTokens(commands: readonly Command[], from: SandboxConfig, to: SandboxConfig): Command[] {
  const names = new Map<string, string>()
  const rename = (name: string) => names.get(name) ?? name
  const addToken = (token: string, other: string) => {
    names.set(token, other)
    names.set(sessionIdOf(token), sessionIdOf(other))
  }
  for (const kind of tokenKinds) addToken(from.credentials.tokens[kind], to.credentials.tokens[kind])
  return commands.map((command, sequence) => {
    if (issuing.includes(command.type)) addToken(tokenAt(from, sequence), tokenAt(to, sequence))
    if (command.type === 'create-auth-code') names.set(authCodeAt(from, sequence), authCodeAt(to, sequence))
    if (command.type === 'create-session') return { ...command, code: rename(command.code) }
    if (command.type === 'refresh-session') {
      return { ...command, token: rename(command.token), sessionId: rename(command.sessionId) }
    }
    return 'token' in command ? { ...command, token: rename(command.token) } : command
  })
}
