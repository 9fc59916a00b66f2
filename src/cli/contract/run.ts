import pc from 'picocolors'
import type { CheckResult, ContractOptions, ContractReport } from '../../contract/index.ts'
import { noPaint, type Paint, resultLine } from '../../contract/reporters/pretty.ts'
import { usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

const painters: Readonly<Record<Parameters<Paint>[0], (text: string) => string>> = {
  pass: pc.green,
  violation: pc.red,
  notice: pc.blue,
  skip: pc.dim,
  broken: pc.yellow,
  dim: pc.dim,
  bold: pc.bold,
}

/** Colours where the terminal has them. */
export const paint: Paint = pc.isColorSupported ? (verdict, text) => painters[verdict](text) : noPaint

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
  const show = (text: string): void => streams.err(isLive ? CLEAR_LINE + text : text)
  try {
    const run = runContract({
      ...options,
      signal: interrupt.signal,
      ...(isLive && {
        onCheck: ({ id }, index, count) => streams.err(`${CLEAR_LINE}${pc.dim(`${index + 1}/${count} ${id}`)}`),
      }),
    })
    for await (const result of run) tell(result, show)
    if (isLive) streams.err(CLEAR_LINE)
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

function tell(result: CheckResult, show: (text: string) => void): void {
  const line = resultLine(result, paint)
  if (line !== '') show(line)
}
