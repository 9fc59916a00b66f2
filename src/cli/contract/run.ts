import {
  type CheckResult,
  type CleanUpOptions,
  type ContractOptions,
  type ContractReport,
  ContractUsageError,
  cleanUpRuns,
  diffReports,
  diffText,
  type ExploreOptions,
  explorationText,
  exploreContract,
  findLeftovers,
  REPORT_SCHEMA,
  runContract,
  SafetyStop,
} from '../../contract/index.ts'
import { NetworkFailure, SkipCheck } from '../../contract/outcome.ts'
import { type Paint, resultLine, toPretty } from '../../contract/reporters/pretty.ts'
import { printable } from '../../shared/escape.ts'
import { type Colours, colours, errorColours } from '../colours.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import { readJsonFile } from '../input-files.ts'
import type { Streams } from '../streams.ts'
import { checkFiles, type Output, write } from './outputs.ts'

const SAFETY_EXIT = 4

/** An error of the kit as the end of a command. */
function asExit(error: unknown): unknown {
  if (error instanceof ContractUsageError) return usageError(`${error.message}.`)
  if (error instanceof SafetyStop) return new ExitError(SAFETY_EXIT, `${error.message}.`)
  return error
}

/** Does something that an interrupt ends, so that what was learned until then is still reported. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, stop)
  try {
    return await work(interrupt.signal)
  } catch (error) {
    throw asExit(error)
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}

const painter = ({ green, red, blue, dim, yellow, bold }: Colours): Paint => {
  const painters = { pass: green, violation: red, notice: blue, skip: dim, broken: yellow, dim, bold }
  return (verdict, text) => painters[verdict](text)
}

/** Columns of a terminal; whatever else is written to takes lines of any length. */
const columnsOf = ({ columns }: { readonly columns?: number }): number => columns || Number.POSITIVE_INFINITY

/** The summary as standard output shows it. */
export const summaryForTerminal = (report: ContractReport): string =>
  toPretty(report, painter(colours), columnsOf(process.stdout))

const CLEAR_LINE = '\r\u001b[K'

/** Runs the suite and shows how far it is. */
export const runWithProgress = (options: ContractOptions, streams: Streams): Promise<ContractReport> =>
  interruptible(async (signal) => {
    const isLive = process.stderr.isTTY === true
    const columns = columnsOf(process.stderr)
    const paint = painter(errorColours)
    let printed = 0
    const print = (result: CheckResult): void => {
      const line = resultLine(result, paint, columns)
      if (line === '') return
      printed += 1
      streams.err(isLive ? CLEAR_LINE + line : line)
    }
    const showProgress = (text: string): void =>
      streams.err(CLEAR_LINE + errorColours.dim(text.slice(0, Math.max(0, columns - 1))))
    const run = runContract({
      ...options,
      signal,
      ...(isLive && { onCheck: ({ id }, index, count) => showProgress(`${index + 1}/${count} ${id}`) }),
    })
    for await (const result of run) print(result)
    if (isLive) streams.err(printed > 0 ? `${CLEAR_LINE}\n` : CLEAR_LINE)
    return run.report()
  })

/** Explores a target, and prints the shortest sequence that breaks a promise, if there is one. */
export async function explore(options: ExploreOptions, outputs: readonly Output[], streams: Streams): Promise<void> {
  const odd = outputs.find(({ reporter }) => reporter !== 'pretty' && reporter !== 'json')
  if (odd !== undefined) throw usageError(`--explore reports as pretty or json, not as ${odd.reporter}.`)
  checkFiles(outputs.map(({ file }) => ['--reporter', file] as const))
  await interruptible(async (signal) => {
    const exploration = await exploreContract({ ...options, signal })
    for (const { reporter, file } of outputs) {
      const text = reporter === 'json' ? `${JSON.stringify(exploration, null, 2)}\n` : explorationText(exploration)
      if (file === undefined) streams.out(text)
      else write(file, text, streams.err)
    }
    const { exitCode, found, stopped = '', target } = exploration
    if (exitCode === 0) return
    const reason = found === undefined ? printable(stopped) : `the promise ${found.promise} is broken`
    throw new ExitError(exitCode, `${target}: ${reason}.`)
  })
}

const NOTHING_LEFT = 'Nothing is left of the runs of the ledger.\n'

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/** Deletes what the runs of a ledger have left, or prints what would be deleted. */
export async function cleanUp(options: CleanUpOptions, isPlan: boolean, { out }: Streams): Promise<void> {
  try {
    if (isPlan) {
      const found = (await findLeftovers(options)).flatMap(({ run, users, departments }) =>
        [...users, ...departments].map(({ what }) => `would delete  ${printable(what)}  of run ${run}\n`),
      )
      return out(found.length === 0 ? NOTHING_LEFT : found.join(''))
    }
    const done = await cleanUpRuns(options)
    for (const { run, users, departments, left } of done) {
      const lines = [
        `run ${run}: ${counted(users, 'user')} and ${counted(departments, 'department')} deleted`,
        ...left.map((one) => `  left: ${one}`),
      ]
      out(lines.map((line) => `${printable(line)}\n`).join(''))
    }
    if (done.length === 0) out(NOTHING_LEFT)
    const rest = done.reduce((all, { left }) => all + left.length, 0)
    if (rest > 0) throw new ExitError(exitCodes.failure, `${rest} could not be deleted at ${options.target}.`)
  } catch (error) {
    if (error instanceof NetworkFailure || error instanceof SkipCheck) {
      throw new ExitError(exitCodes.unavailable, `${options.target}: ${error.message}.`)
    }
    throw asExit(error)
  }
}

/** Prints what changed between two JSON reports. */
export function diff(before: string, after: string, { out }: Streams): void {
  const changes = diffReports(readReport(before), readReport(after))
  out(diffText(changes))
  if (changes.length === 0) return
  const { length } = changes
  throw new ExitError(exitCodes.failure, `${length} ${length === 1 ? 'thing' : 'things'} changed since ${before}.`)
}

/** @throws ExitError 2 when a file is no report. */
export function readReport(file: string): ContractReport {
  const report = readJsonFile('report', file)
  const { schema, checks, readings } = (report ?? {}) as Partial<ContractReport>
  if (schema !== REPORT_SCHEMA || !Array.isArray(checks) || typeof readings !== 'object') {
    throw usageError(`${file} is not a report of the contract suite; --reporter json=FILE writes one.`)
  }
  return report as ContractReport
}
