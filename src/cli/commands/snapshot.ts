import type { Command } from 'commander'
import { createControlCall } from '../../mcp/control-call.ts'
import { CONTROL_PREFIX } from '../../server/problem.ts'
import { mostFileValues } from '../../shared/bounds.ts'
import { PRIVATE } from '../../shared/files.ts'
import { hasMoreValues } from '../../shared/json.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import { readJsonFile } from '../input-files.ts'
import { commandFetch, type NetworkFlags } from '../network.ts'
import { baseUrl, nonEmpty, valueFlag } from '../option.ts'
import { writeOutFile } from '../out-file.ts'
import type { Streams } from '../streams.ts'

interface SnapshotFlags extends NetworkFlags {
  readonly url: string
  readonly controlToken?: string
  readonly sandbox?: string
  readonly label?: string
  readonly out?: string
  readonly restore?: string
}

/** Adds `snapshot`. */
export function addSnapshot(program: Command, streams: Streams): void {
  program
    .command('snapshot')
    .description('save the sandboxes of a mock that runs, or restore them')
    .allowExcessArguments(false)
    .option('--url <url>', 'base URL of the mock', baseUrl, 'http://127.0.0.1:4010')
    .addOption(valueFlag('--control-token <token>', 'token of its control plane', nonEmpty))
    .option('--sandbox <id>', 'one sandbox only, by its id', nonEmpty)
    .option('--label <label>', 'those with a label only: KEY=VALUE, or KEY; several with commas', nonEmpty)
    .option(
      '--out <file>',
      'save to a file, which only its owner can read when it is new (default: standard output)',
      nonEmpty,
    )
    .option('--restore <file>', 'restore from a file in place of saving; other sandboxes stay', nonEmpty)
    .option('--ca <file>', 'certificates of authorities to trust for HTTPS (PEM)')
    .action((flags: SnapshotFlags) =>
      flags.restore === undefined ? save(flags, streams) : restore(flags, flags.restore, streams),
    )
}

function pathOf({ sandbox, label }: SnapshotFlags): string {
  if (sandbox !== undefined && label !== undefined) throw usageError('--sandbox and --label: give one of them.')
  if (sandbox !== undefined) return `/sandboxes/${encodeURIComponent(sandbox)}/snapshot`
  return `/snapshot${label === undefined ? '' : `?${new URLSearchParams({ label })}`}`
}

async function ask(flags: SnapshotFlags, method: string, body?: unknown): Promise<string> {
  const { url, controlToken } = flags
  const call = createControlCall({
    baseUrl: url,
    prefix: CONTROL_PREFIX,
    fetch: commandFetch(flags),
    token: controlToken,
  })
  try {
    return await call.text(method, pathOf(flags), body)
  } catch (error) {
    if ((error as Error).name !== 'ControlError') throw error
    throw new ExitError(exitCodes.failure, (error as Error).message)
  }
}

async function save(flags: SnapshotFlags, { out, err }: Streams): Promise<void> {
  const text = await ask(flags, 'GET')
  const { sandboxes } = toAnswer(flags, text) as { sandboxes?: unknown }
  if (!Array.isArray(sandboxes)) throw noMock(flags)
  const { out: file } = flags
  if (file === undefined) return out(text)
  writeOutFile(file, text, PRIVATE)
  err(`${counted(sandboxes.length)} saved to ${file}\n`)
}

async function restore(flags: SnapshotFlags, file: string, { out }: Streams): Promise<void> {
  if (flags.out !== undefined) throw usageError('--out and --restore: give one of them.')
  const snapshot = readJsonFile('--restore', file)
  const { restored } = toAnswer(flags, await ask(flags, 'PUT', snapshot)) as { restored?: unknown }
  if (!Array.isArray(restored)) throw noMock(flags)
  out(`${counted(restored.length)} restored: ${restored.join(', ')}\n`)
}

const noMock = ({ url }: SnapshotFlags): ExitError =>
  new ExitError(exitCodes.failure, `What answers at ${url} is not a mock, or one of another version. Check --url.`)

function toAnswer(flags: SnapshotFlags, text: string): object {
  try {
    return (hasMoreValues(text, mostFileValues(text)) ? undefined : JSON.parse(text)) ?? {}
  } catch {
    throw noMock(flags)
  }
}

const counted = (count: number): string => (count === 1 ? '1 sandbox' : `${count} sandboxes`)
