import type { CheckResult, ContractOptions, ContractReport } from '../../contract/index.ts'
import { type Paint, resultLine, toPretty } from '../../contract/reporters/pretty.ts'
import { type Colours, colours, errorColours } from '../colours.ts'
import { usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

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

/** Runs the suite and shows how far it is; an interrupt ends it, and what was learned is still reported. */
export async function runWithProgress(options: ContractOptions, streams: Streams): Promise<ContractReport> {
  const { ContractUsageError, runContract, SafetyStop } = await import('../../contract/index.ts')
  const { ExitError } = await import('../exit.ts')
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
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
  try {
    const run = runContract({
      ...options,
      signal: interrupt.signal,
      ...(isLive && {
        onCheck: ({ id }, index, count) => showProgress(`${index + 1}/${count} ${id}`),
      }),
    })
    for await (const result of run) print(result)
    if (isLive) streams.err(printed > 0 ? `${CLEAR_LINE}\n` : CLEAR_LINE)
    return await run.report()
  } catch (error) {
    if (error instanceof ContractUsageError) throw usageError(`${error.message}.`)
    if (error instanceof SafetyStop) throw new ExitError(SAFETY_EXIT, `${error.message}.`)
    throw error
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

const SAFETY_EXIT = 4
