import {
  type CleanUpOptions,
  ContractUsageError,
  cleanUpRuns,
  findLeftovers,
  SafetyStop,
} from '../../contract/index.ts'
import { NetworkFailure, SkipCheck } from '../../contract/outcome.ts'
import { printable } from '../../shared/escape.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

const SAFETY_EXIT = 4
const NOTHING = 'Nothing is left of the runs of the ledger.\n'

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/** Deletes what the runs of a ledger have left, or prints what would be deleted. */
export async function cleanUp(options: CleanUpOptions, isPlan: boolean, { out }: Streams): Promise<void> {
  try {
    if (isPlan) {
      const found = (await findLeftovers(options)).flatMap(({ run, users, departments }) =>
        [...users, ...departments].map(({ what }) => `would delete  ${printable(what)}  of run ${run}\n`),
      )
      return out(found.length === 0 ? NOTHING : found.join(''))
    }
    const done = await cleanUpRuns(options)
    for (const { run, users, departments, left } of done) {
      const lines = [
        `run ${run}: ${counted(users, 'user')} and ${counted(departments, 'department')} deleted`,
        ...left.map((one) => `  left: ${one}`),
      ]
      out(lines.map((line) => `${printable(line)}\n`).join(''))
    }
    if (done.length === 0) out(NOTHING)
    const rest = done.reduce((all, { left }) => all + left.length, 0)
    if (rest > 0) throw new ExitError(exitCodes.failure, `${rest} could not be deleted at ${options.target}.`)
  } catch (error) {
    if (error instanceof ContractUsageError) throw usageError(`${error.message}.`)
    if (error instanceof SafetyStop) throw new ExitError(SAFETY_EXIT, `${error.message}.`)
    if (error instanceof NetworkFailure || error instanceof SkipCheck) {
      throw new ExitError(exitCodes.unavailable, `${options.target}: ${error.message}.`)
    }
    throw error
  }
}
