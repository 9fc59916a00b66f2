import {
  ContractUsageError,
  type ExploreOptions,
  explorationText,
  exploreContract,
  SafetyStop,
} from '../../contract/index.ts'
import { printable } from '../../shared/escape.ts'
import { ExitError, usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'
import { checkFiles, type Output, write } from './outputs.ts'

const SAFETY_EXIT = 4

/** Explores a target, and prints the shortest sequence that breaks a promise, if there is one. */
export async function explore(options: ExploreOptions, outputs: readonly Output[], streams: Streams): Promise<void> {
  const odd = outputs.find(({ reporter }) => reporter !== 'pretty' && reporter !== 'json')
  if (odd !== undefined) throw usageError(`--explore reports as pretty or json, not as ${odd.reporter}.`)
  checkFiles(outputs.map(({ file }) => ['--reporter', file] as const))
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    const exploration = await exploreContract({ ...options, signal: interrupt.signal })
    for (const { reporter, file } of outputs) {
      const text = reporter === 'json' ? `${JSON.stringify(exploration, null, 2)}\n` : explorationText(exploration)
      if (file === undefined) streams.out(text)
      else write(file, text, streams.err)
    }
    const { exitCode, found, stopped = '', target } = exploration
    if (exitCode === 0) return
    throw new ExitError(
      exitCode,
      `${target}: ${found === undefined ? printable(stopped) : `the promise ${found.promise} is broken`}.`,
    )
  } catch (error) {
    if (error instanceof ContractUsageError) throw usageError(`${error.message}.`)
    if (error instanceof SafetyStop) throw new ExitError(SAFETY_EXIT, `${error.message}.`)
    throw error
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
