import { turnsBy } from '../../journal/in-turns.ts'
import { brief } from '../../scenarios/explain.ts'
import { toJson } from '../../shared/json.ts'
import { version } from '../../spec/version.ts'
import type { Command } from '../../world/commands.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'
import type { Deps } from '../deps.ts'
import { badRequest, refuseTooManyValues } from '../problem.ts'
import { fileIn, withoutList } from '../sandboxes/file-in-parts.ts'
import type { SandboxFilter } from '../sandboxes/find-sandboxes.ts'
import { findSandboxes, matcherOf } from '../sandboxes/find-sandboxes.ts'
import { commandsOf } from '../sandboxes/log.ts'
import { loggedCommand, toFile } from '../sandboxes/log-file.ts'
import { snapshotFile, snapshotPart } from './snapshot-file.ts'
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION, type Snapshot, type SnapshotFile } from './snapshot-format.ts'

type Kept = Pick<Deps, 'world' | 'journals'>

/**
 * Sandboxes as one value: those that pass a filter, oldest first.
 *
 * @throws Problem 409 when the log of one of them was given up.
 */
export const takeSnapshot = (deps: Kept, filter: SandboxFilter = {}): SnapshotFile =>
  snapshotOf(deps, chosenSandboxes(deps.world, filter))

/** Those that pass a filter, oldest first. */
export const chosenSandboxes = (world: World, filter: SandboxFilter): Sandbox[] =>
  findSandboxes(world, filter).reverse()

export function snapshotOf(deps: Kept, sandboxes: readonly Sandbox[]): SnapshotFile {
  const parts = sandboxes.map((sandbox) => partOf(deps, sandbox))
  return { ...head, sandboxes: parts.map(({ commands, ...part }) => ({ ...part, commands: commands.map(toSorted) })) }
}

const head = { format: SNAPSHOT_FORMAT, version: SNAPSHOT_VERSION, mock: version } as const

/** A sandbox as it is now, its commands as they are kept. */
const partOf = ({ journals }: Kept, sandbox: Sandbox) => ({
  config: sorted(sandbox.config, ['id', 'name', 'labels']),
  clock: toClock(sandbox),
  requests: journals.of(sandbox).requests,
  commands: commandsOf(sandbox),
})

const toSorted = (command: Command): Command => sorted(toFile(command), ['type', 'at'])

/** The same value with its fields in an order of their own, so that it is the same string wherever it came from. */
function sorted<T>(value: T, first: readonly string[] = []): T {
  if (Array.isArray(value)) return value.map((one) => sorted(one)) as T
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value).filter((name) => value[name as keyof T] !== undefined)
  const rest = names.filter((name) => !first.includes(name)).sort()
  const ordered = [...first.filter((name) => names.includes(name)), ...rest]
  return Object.fromEntries(ordered.map((name) => [name, sorted(value[name as keyof T])])) as T
}

/**
 * Sandboxes as the string of a snapshot, piece by piece: indented, and each command on a line of its own, so that versions of
 * it can be compared. It is of the moment when it is asked for, whenever its pieces are.
 *
 * @throws Problem 409 when the log of one of them was given up.
 */
export function snapshotText(deps: Kept, sandboxes: readonly Sandbox[]): Iterable<string> {
  const parts = sandboxes.map((sandbox) => partOf(deps, sandbox))
  return (function* () {
    const [start, end] = around({ ...head, sandboxes: [] }, '')
    yield start
    for (const [index, { commands, ...part }] of parts.entries()) {
      const [before, behind] = around({ ...part, commands: [] }, '    ')
      yield `${index === 0 ? '' : ','}\n${before}`
      for (const [at, command] of commands.entries()) {
        yield `${at === 0 ? '' : ','}\n        ${JSON.stringify(toSorted(command))}`
      }
      yield `${commands.length === 0 ? '' : '\n      '}${behind}`
    }
    yield `${parts.length === 0 ? '' : '\n  '}${end}\n`
  })()
}

/** JSON of an object whose last field is an empty list, up to the inside of the list and from there. */
function around(value: object, indent: string): [string, string] {
  const lines = JSON.stringify(value, null, 2).split('\n')
  const json = lines.map((line) => indent + line).join('\n')
  const inside = json.lastIndexOf('[]') + 1
  return [json.slice(0, inside), json.slice(inside)]
}

/**
 * Reads a snapshot, as a string or as the JSON of it.
 *
 * @throws Problem 400 that names the path of the first mistake, and what is allowed there.
 */
export function parseSnapshot(given: unknown): Snapshot {
  const input = typeof given === 'string' ? parsed(given) : given
  refuseVersion(input)
  return fileIn(input, snapshotFile(), 'snapshot').part(snapshotFile(), input, []) as unknown as Snapshot
}

/**
 * The same of its JSON, where others are served in between. `elapsed` is a clock in milliseconds.
 *
 * @throws Problem 400 that names the path of the first mistake, and what is allowed there.
 */
export async function readSnapshot(input: unknown, elapsed: () => number): Promise<Snapshot> {
  refuseVersion(input)
  const turn = turnsBy(elapsed)
  const file = fileIn(input, snapshotFile(), 'snapshot')
  const [rest, parts] = withoutList(input, 'sandboxes')
  const head = file.part(snapshotFile(), rest, [])
  const sandboxes = []
  for (const [index, given] of parts.entries()) {
    await turn()
    const keys = ['sandboxes', index]
    const [part, list] = withoutList(given, 'commands')
    const sandbox = file.part(snapshotPart(), part, keys)
    sandboxes.push({ ...sandbox, commands: await file.list(loggedCommand(), list, [...keys, 'commands'], turn) })
  }
  return { ...head, sandboxes } as unknown as Snapshot
}

function refuseVersion(input: unknown): void {
  const {
    format,
    version: found,
    mock,
  } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  if (format === SNAPSHOT_FORMAT && found !== SNAPSHOT_VERSION) {
    const writer = typeof mock === 'string' ? `, version ${mock.slice(0, 40)}` : ''
    throw badRequest(
      `version: this mock, version ${version}, reads snapshots of version ${SNAPSHOT_VERSION}, not ${brief(found === undefined ? 'none' : toJson(found))}. Restore it with the mock that wrote it${writer}.`,
      { path: 'version' },
    )
  }
}

function parsed(text: string): unknown {
  refuseTooManyValues(text, true)
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw badRequest(`The snapshot is not JSON: ${(error as Error).message}.`)
  }
}

/**
 * Makes the sandboxes of a snapshot, each in the place of the one with its id; others stay. Whatever is wrong with any of
 * them shows before anything is replaced.
 *
 * @throws CommandError, ReadingError.
 */
export function restoreSnapshot({ world, journals }: Kept, { sandboxes }: Snapshot): Sandbox[] {
  const restored = world.restoreAll(sandboxes)
  for (const [index, sandbox] of restored.entries()) {
    journals.of(sandbox).continueAfter(sandboxes[index]?.requests ?? 0)
  }
  return restored
}

/**
 * Makes the one sandbox of a snapshot in the place of another.
 *
 * @throws Problem 400 when the snapshot holds more or less than one; CommandError, ReadingError.
 */
export function restoreInPlace(deps: Kept, id: string, snapshot: Snapshot): Sandbox {
  const [only, ...others] = snapshot.sandboxes
  if (only === undefined || others.length > 0) {
    throw badRequest(
      `The snapshot holds ${snapshot.sandboxes.length} sandboxes, and one fits in the place of another. PUT /__admin/snapshot restores them all under their own ids.`,
      { path: 'sandboxes' },
    )
  }
  const { config } = only
  const moved = config.id === id ? config : { ...config, id, origin: config.origin ?? config.id }
  return restoreSnapshot(deps, { ...snapshot, sandboxes: [{ ...only, config: moved }] })[0] as Sandbox
}

/** The sandboxes of a snapshot that pass a filter. */
export function chosenOf(snapshot: Snapshot, filter: SandboxFilter): Snapshot {
  const passes = matcherOf(filter)
  return { ...snapshot, sandboxes: snapshot.sandboxes.filter(({ config }) => passes(config, config.scenario.name)) }
}

function toClock({ clock }: Sandbox) {
  const { now, frozen, rate, xDate } = clock.read()
  const { aheadMs } = clock
  return aheadMs === undefined ? { frozen, now: toIso(now), rate, xDate } : { frozen, aheadMs, xDate }
}
