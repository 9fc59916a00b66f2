import { closeSync, lstatSync, openSync, rmSync } from 'node:fs'
import type { ContractReport } from '../../contract/index.ts'
import { toPretty } from '../../contract/reporters/pretty.ts'
import { appendWhole, refusePlanted, writeWhole } from '../../shared/files.ts'
import { usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

const reporterNames = ['pretty', 'json', 'junit', 'html', 'github'] as const
type ReporterName = (typeof reporterNames)[number]

/** A report to write: which one, and where to when not to the terminal. */
export interface Output {
  readonly reporter: ReporterName
  readonly file: string | undefined
}

/** Reads `pretty`, `html=report.html` and so on. */
export function collectOutputs(text: string, before: readonly Output[] = []): readonly Output[] {
  const at = text.indexOf('=')
  const name = at < 0 ? text : text.slice(0, at)
  const reporter = reporterNames.find((known) => known === name)
  const file = at < 0 ? undefined : text.slice(at + 1)
  if (reporter === undefined || file === '') {
    throw usageError(
      `--reporter takes ${reporterNames.join(', ')}, with =FILE after it to write a file; not "${text}".`,
    )
  }
  const outputs = [...before, { reporter, file }]
  if (outputs.filter((one) => one.file === undefined).length > 1) {
    throw usageError(
      '--reporter: only one report fits on the terminal; give the others a file, such as html=report.html.',
    )
  }
  return outputs
}

/** Makes sure that files can be written before anything is sent: a long run must not end in nothing. */
export function checkFiles(files: readonly (readonly [flag: string, file: string | undefined])[]): void {
  for (const [flag, file] of files) {
    if (file === undefined) continue
    try {
      refusePlanted(file)
      const isNew = lstatSync(file, { throwIfNoEntry: false }) === undefined
      closeSync(openSync(file, 'a'))
      // An empty report, should the run be killed, is half a report.
      if (isNew) rmSync(file)
    } catch (error) {
      throw usageError(
        `${flag} ${file} cannot be written (${(error as NodeJS.ErrnoException).code}); nothing was sent.`,
      )
    }
  }
}

const renderers: Readonly<Record<ReporterName, (report: ContractReport) => Promise<string>>> = {
  pretty: async (report) => toPretty(report),
  json: async (report) => (await import('../../contract/report.ts')).toJsonReport(report),
  junit: async (report) => (await import('../../contract/reporters/ci.ts')).toJunit(report),
  html: async (report) => (await import('../../contract/reporters/html.ts')).toHtml(report),
  github: async (report) => (await import('../../contract/reporters/ci.ts')).toAnnotations(report),
}

/**
 * Writes every report, the pretty one on the terminal by `summary`. One that cannot be written gets a line; the others are written all the same.
 *
 * @returns whether all were written.
 */
export async function writeReports(
  report: ContractReport,
  outputs: readonly Output[],
  { out, err }: Streams,
  summary: (report: ContractReport) => string = toPretty,
): Promise<boolean> {
  let all = true
  for (const { reporter, file } of outputs) {
    if (file === undefined) out(reporter === 'pretty' ? summary(report) : await renderers[reporter](report))
    else all = write(file, await textFor(reporter, report), err) && all
    if (reporter === 'github') await addStepSummary(report, err)
  }
  return all
}

/** A file of the github reporter is the page of the run; its annotations only work on the terminal. */
async function textFor(reporter: ReporterName, report: ContractReport): Promise<string> {
  if (reporter !== 'github') return renderers[reporter](report)
  return (await import('../../contract/reporters/ci.ts')).toStepSummary(report)
}

async function addStepSummary(report: ContractReport, err: Streams['err']): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  const { toStepSummary } = await import('../../contract/reporters/ci.ts')
  try {
    appendWhole(file, toStepSummary(report))
  } catch (error) {
    err(`koodrive-mock: GITHUB_STEP_SUMMARY cannot be written (${(error as NodeJS.ErrnoException).code}).\n`)
  }
}

/** Writes a file; tells in a line when it cannot. */
export function write(file: string, text: string, err: Streams['err']): boolean {
  try {
    writeWhole(file, text)
    return true
  } catch (error) {
    err(`koodrive-mock: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}).\n`)
    return false
  }
}
