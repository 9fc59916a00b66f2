import type { Command } from 'commander'
import type { ContractReport } from '../../contract/index.ts'
import { printable } from '../../shared/escape.ts'
import { checkFiles, collectOutputs, type Output, write, writeReports } from '../contract/outputs.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import type { NetworkFlags } from '../network.ts'
import { decimal, integer, listFlag } from '../option.ts'
import type { Streams } from '../streams.ts'

interface ContractFlags extends NetworkFlags {
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
  readonly strict?: boolean
  readonly failOnSkip?: boolean
  readonly require: readonly string[]
  readonly baseline?: string
  readonly resume?: boolean
  readonly keep?: boolean
  readonly explore?: number
  readonly seed?: number
}

const DEFAULT_LEDGER = 'koodrive-contract-ledger.jsonl'
const SECOND_MS = 1000

const CREDENTIALS = `
Credentials come from the environment, or from the file that KOODRIVE_CREDENTIALS_FILE names (chmod 600):
  KOODRIVE_APP_ID, KOODRIVE_APP_SECRET, KOODRIVE_USER_ID, KOODRIVE_ACCESS_TOKEN, KOODRIVE_APP_ACCESS_TOKEN;
  KOODRIVE_AUTH_CODE, the code of a sign-in, for the checks of sessions
HTTPS_PROXY, HTTP_PROXY and NO_PROXY are followed.`

/** Adds `contract` and its subcommands. */
export function addContract(program: Command, streams: Streams): void {
  const command = program
    .command('contract')
    .description('run the contract suite against a target: the mock or the real endpoint; read-only by default')
    .allowExcessArguments(false)
    .option('--target <url>', 'base URL of the service (env: KOODRIVE_TARGET)')
    .option('--allow-writes', 'run the checks that create and change things, too: batches, departments, users, spaces')
    .option('--confirm-host <name>', 'name of the host once more: needed to write to one that is not loopback')
    .option('--plan', 'print every request that the run would send, and send nothing')
    .option('--list', 'print the checks, and send nothing')
    .addOption(listFlag('--only <id|tag>', 'only these checks', 'all'))
    .addOption(listFlag('--skip <id|tag>', 'not these checks', 'none'))
    .option('--strict', 'let notices count like violations')
    .option('--fail-on-skip', 'fail when a check was skipped')
    .addOption(listFlag('--require <id|tag>', 'fail when one of these checks was skipped', 'none'))
    .option('--baseline <file>', 'JSON report whose violations are known: fail on new ones only')
    .option('--reporter <name[=file]>', 'pretty, json, junit, html or github; may be given again', collectOutputs)
    .option('--max-requests <number>', 'stop after so many requests (default: 400)', integer(1, 100_000))
    .option('--rps <number>', 'requests a second at most (default: 5; no limit on loopback)', decimal(0.01, 1000))
    .option('--timeout <seconds>', 'longest wait for an answer (default: 10)', decimal(0.1, 600))
    .option('--task-timeout <seconds>', 'longest wait for a batch task (default: 60)', decimal(1, 86_400))
    .option('--phone-prefix <digits>', 'what the phones of new users begin with (default: 00999, which no country has)')
    .option('--readings-out <file>', 'write the readings seen to a file that serve --readings loads')
    .option(
      '--ledger <file>',
      `file in which the run writes down everything before it creates it (default with writes: ${DEFAULT_LEDGER})`,
    )
    .option('--resume', 'go on with what the last run of the ledger created, instead of creating it again')
    .option('--keep', 'leave what the run creates; otherwise a run that reaches its end deletes it')
    .option(
      '--explore <seconds>',
      'play random sequences of calls against a model instead (needs --allow-writes)',
      decimal(0.1, 86_400),
    )
    .option('--seed <number>', 'the same seed explores the same sequences', integer(0, 2 ** 31 - 1))
    .option('--ca <file>', 'certificates in PEM to trust besides the usual ones')
    .option('--client-cert <file>', 'client certificate in PEM')
    .option('--client-key <file>', 'its key in PEM')
    .addHelpText(
      'after',
      `${CREDENTIALS}

Exit codes: 0 no violation (headline says what was not checked), 1 violations or what --strict, --fail-on-skip or
--require demand, 2 usage, 3 unreachable or credentials refused, 4 stopped by a safety guard`,
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
      const { diff } = await import('../contract/run.ts')
      return diff(before, after, streams)
    })
  addCleanUp(command, program, streams)
}

/** Adds `contract clean-up`. */
function addCleanUp(command: Command, program: Command, streams: Streams): void {
  command
    .command('clean-up')
    .description('delete what earlier runs have left at a target, as their ledger lists it')
    .option('--target <url>', 'base URL of the service (env: KOODRIVE_TARGET)')
    .option('--ledger <file>', `ledger of the runs (default: ${DEFAULT_LEDGER})`)
    .option('--confirm-host <name>', 'name of the host once more: needed to delete at one that is not loopback')
    .option('--plan', 'look only: print what would be deleted, and delete nothing')
    .option('--rps <number>', 'requests a second at most (default: 5; no limit on loopback)', decimal(0.01, 1000))
    .option('--ca <file>', 'certificates in PEM to trust besides the usual ones')
    .option('--client-cert <file>', 'client certificate in PEM')
    .option('--client-key <file>', 'its key in PEM')
    .allowExcessArguments(false)
    .exitOverride()
    .copyInheritedSettings(program)
    .action(async (_: object, own: Command) => {
      // `contract` has most of these options as well, and takes them wherever they stand.
      const flags = own.optsWithGlobals<ContractFlags>()
      const { readCredentials } = await import('../contract/credentials.ts')
      const { commandFetch } = await import('../network.ts')
      const { cleanUp } = await import('../contract/run.ts')
      return cleanUp(
        {
          target: flags.target ?? process.env['KOODRIVE_TARGET'] ?? '',
          credentials: readCredentials(process.env),
          fetch: commandFetch(flags),
          confirmHost: flags.confirmHost,
          ledger: flags.ledger ?? DEFAULT_LEDGER,
          rps: flags.rps,
          maxRequests: flags.maxRequests,
        },
        flags.plan === true,
        streams,
      )
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
  const { commandFetch } = await import('../network.ts')
  const allowWrites = flags.allowWrites === true
  const ledger = allowWrites ? (flags.ledger ?? DEFAULT_LEDGER) : undefined
  const target = flags.target ?? process.env['KOODRIVE_TARGET'] ?? ''
  if (flags.resume === true && ledger === undefined) throw usageError('--resume needs --allow-writes and a ledger.')
  const resume =
    flags.resume === true && ledger !== undefined
      ? asUsage(() => kit.readLedger(ledger, kit.toTarget(target).baseUrl))
      : undefined
  if (flags.resume === true && resume === undefined) {
    streams.err(
      'koodrive-mock: the last run of the ledger has reached its end and was cleaned up; this one starts from the beginning.\n',
    )
  }
  const options = {
    target,
    credentials: readCredentials(process.env),
    fetch: commandFetch(flags),
    allowWrites,
    confirmHost: flags.confirmHost,
    only,
    skip,
    strict: flags.strict,
    failOnSkip: flags.failOnSkip,
    require: flags.require,
    baseline: flags.baseline === undefined ? undefined : await knownViolations(flags.baseline),
    resume,
    keep: flags.keep,
    maxRequests: flags.maxRequests,
    rps: flags.rps,
    ledger,
    timeoutMs: timeout === undefined ? undefined : timeout * SECOND_MS,
    taskTimeoutMs: flags.taskTimeout === undefined ? undefined : flags.taskTimeout * SECOND_MS,
    phonePrefix: flags.phonePrefix,
  }
  if (flags.explore !== undefined) {
    const { explore } = await import('../contract/run.ts')
    return explore({ ...options, seconds: flags.explore, seed: flags.seed }, reporter, streams)
  }
  if (flags.seed !== undefined) throw usageError('--seed is about --explore SECONDS.')
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

/** The violations of an earlier report, by the ids of their checks. */
async function knownViolations(file: string): Promise<readonly string[]> {
  const { readReport } = await import('../contract/run.ts')
  return readReport(file).checks.flatMap(({ id, verdict }) => (verdict === 'violation' ? [id] : []))
}

function reasonOf({ stopped, demanded, summary, target }: ContractReport): string {
  if (stopped !== undefined) return `${target}: ${printable(stopped)}.`
  if (demanded !== undefined) return `${target}: ${printable(demanded)}.`
  if (summary.violation > 0) return `${target}: ${summary.violation} of ${summary.checks} checks found a violation.`
  return `${target}: ${summary.broken} checks could not run.`
}
