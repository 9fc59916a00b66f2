import type { Command } from 'commander'
import type { ContractReport } from '../../contract/index.ts'
import { checkFiles, collectOutputs, type Output, write, writeReports } from '../contract/outputs.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import { decimal, integer } from '../option.ts'
import type { Streams } from '../streams.ts'

interface ContractFlags {
  readonly target?: string
  readonly allowWrites?: boolean
  readonly confirmHost?: string
  readonly plan?: boolean
  readonly list?: boolean
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly reporter?: readonly Output[]
  readonly maxRequests?: number
  readonly rps?: number
  readonly timeout?: number
  readonly taskTimeout?: number
  readonly phonePrefix?: string
  readonly readingsOut?: string
  readonly ledger?: string
}

const DEFAULT_LEDGER = 'koodrive-contract-ledger.jsonl'
const SECOND_MS = 1000

const collect = (text: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...text.split(',').map((word) => word.trim()),
]

/** Adds `contract` and `contract diff`. */
export function addContract(program: Command, streams: Streams): void {
  const command = program
    .command('contract')
    .description('run the contract suite against a target: the mock or the real endpoint; read-only by default')
    .allowExcessArguments(false)
    .option('--target <url>', 'base URL of the service (env: KOODRIVE_TARGET)')
    .option('--allow-writes', 'run the checks that create batch tasks, too')
    .option('--confirm-host <name>', 'name of the host once more: needed to write to one that is not loopback')
    .option('--plan', 'print every request that the run would send, and send nothing')
    .option('--list', 'print the checks, and send nothing')
    .option('--only <id|tag>', 'only these checks; may be given again', collect, [])
    .option('--skip <id|tag>', 'not these checks; may be given again', collect, [])
    .option('--reporter <name[=file]>', 'pretty, json, junit, html or github; may be given again', collectOutputs)
    .option('--max-requests <number>', 'stop after so many requests (default: 400)', integer(1, 100_000))
    .option('--rps <number>', 'requests a second at most (default: 5; no limit on loopback)', decimal(0.01, 1000))
    .option('--timeout <seconds>', 'longest wait for an answer (default: 10)', decimal(0.1, 600))
    .option('--task-timeout <seconds>', 'longest wait for a batch task (default: 60)', decimal(1, 86_400))
    .option('--phone-prefix <digits>', "what the phones of new users begin with (default: 00999, nobody's country)")
    .option('--readings-out <file>', 'write the readings seen to a file that serve --readings loads')
    .option('--ledger <file>', `names everything before it is created (default with writes: ${DEFAULT_LEDGER})`)
    .addHelpText(
      'after',
      `
Credentials come from the environment, or from the file that KOODRIVE_CREDENTIALS_FILE names:
  KOODRIVE_APP_ID, KOODRIVE_APP_SECRET, KOODRIVE_USER_ID, KOODRIVE_ACCESS_TOKEN, KOODRIVE_APP_ACCESS_TOKEN

Exit codes: 0 conforms, 1 violations, 2 usage, 3 unreachable or credentials refused, 4 stopped by a safety guard`,
    )
    .action((flags: ContractFlags) => contract(flags, streams))
  command
    .command('diff')
    .description('print what changed between two JSON reports; exit 1 when something did')
    .argument('<old>', 'earlier report')
    .argument('<new>', 'later report')
    .allowExcessArguments(false)
    .exitOverride()
    .copyInheritedSettings(program)
    .action(async (before: string, after: string) => {
      const { diff } = await import('../contract/diff.ts')
      return diff(before, after, streams)
    })
}

async function contract(flags: ContractFlags, streams: Streams): Promise<void> {
  const { only, skip, reporter = [{ reporter: 'pretty', file: undefined }], timeout, readingsOut } = flags
  const kit = await import('../../contract/index.ts')
  const asUsage = <T>(make: () => T): T => {
    try {
      return make()
    } catch (error) {
      throw error instanceof kit.ContractUsageError ? usageError(`${error.message}.`) : error
    }
  }
  if (flags.list === true) {
    const chosen = asUsage(() => kit.selectChecks({ only, skip }))
    return streams.out(chosen.map(({ id, title, safety }) => `${safety.padEnd(5)}  ${id}\n       ${title}\n`).join(''))
  }
  const { readCredentials } = await import('../contract/credentials.ts')
  const allowWrites = flags.allowWrites === true
  const ledger = allowWrites ? (flags.ledger ?? DEFAULT_LEDGER) : undefined
  const options = {
    target: flags.target ?? process.env['KOODRIVE_TARGET'] ?? '',
    credentials: readCredentials(process.env),
    allowWrites,
    confirmHost: flags.confirmHost,
    only,
    skip,
    maxRequests: flags.maxRequests,
    rps: flags.rps,
    ledger,
    timeoutMs: timeout === undefined ? undefined : timeout * SECOND_MS,
    taskTimeoutMs: flags.taskTimeout === undefined ? undefined : flags.taskTimeout * SECOND_MS,
    phonePrefix: flags.phonePrefix,
  }
  const plan = asUsage(() => kit.planContract(options))
  if (flags.plan === true) return streams.out(kit.planText(plan))
  if (!kit.hasAnyCredential(options.credentials)) {
    throw new ExitError(
      exitCodes.unavailable,
      'No credentials: set KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID, or KOODRIVE_ACCESS_TOKEN. koodrive-mock serve prints those of the mock.',
    )
  }
  checkFiles([...reporter.map(({ file }) => ['--reporter', file] as const), ['--readings-out', readingsOut]])

  const { runWithProgress, summaryForTerminal } = await import('../contract/run.ts')
  const report = await runWithProgress(options, streams)
  const isWritten = await writeReports(report, reporter, streams, summaryForTerminal)
  const readings = `${JSON.stringify({ readings: report.readings }, null, 2)}\n`
  const isTaught = readingsOut === undefined || write(readingsOut, readings, streams.err)
  if (report.exitCode !== 0) throw new ExitError(report.exitCode, reasonOf(report))
  if (!isWritten || !isTaught) throw new ExitError(exitCodes.usage, 'Not every file could be written.')
}

function reasonOf({ stopped, summary, target }: ContractReport): string {
  if (stopped !== undefined) return `${target}: ${stopped}.`
  if (summary.violation > 0) return `${target}: ${summary.violation} of ${summary.checks} checks found a violation.`
  return `${target}: ${summary.broken} checks could not run.`
}
