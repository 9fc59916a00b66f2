import { type ContractReport, diffReports, diffText, REPORT_SCHEMA } from '../../contract/index.ts'
import { bounds } from '../../shared/bounds.ts'
import { readTextFile, unreadable } from '../../shared/text-file.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

/** Prints what changed between two JSON reports. */
export function diff(before: string, after: string, { out }: Streams): void {
  const changes = diffReports(readReport(before), readReport(after))
  out(diffText(changes))
  if (changes.length === 0) return
  const { length } = changes
  throw new ExitError(exitCodes.failure, `${length} ${length === 1 ? 'thing' : 'things'} changed since ${before}.`)
}

export function readReport(file: string): ContractReport {
  let report: unknown
  try {
    report = JSON.parse(readTextFile(file, bounds.dataFileBytes.value))
  } catch (error) {
    throw usageError(`${file} cannot be read: ${error instanceof SyntaxError ? 'it is no JSON' : unreadable(error)}.`)
  }
  const { schema, checks, readings } = (report ?? {}) as Partial<ContractReport>
  if (schema !== REPORT_SCHEMA || !Array.isArray(checks) || typeof readings !== 'object') {
    throw usageError(`${file} is no report of the contract suite; --reporter json=FILE writes one.`)
  }
  return report as ContractReport
}
