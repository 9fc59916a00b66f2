import type { Command } from 'commander'
import { colours } from '../colours.ts'
import { ExitError, exitCodes } from '../exit.ts'
import type { MutantResult } from '../mutants/kill-table.ts'
import { selectMutants } from '../mutants/select.ts'
import { listFlag, oneOf } from '../option.ts'
import { writeOutFile } from '../out-file.ts'
import type { Streams } from '../streams.ts'

const reporters = ['pretty', 'json', 'markdown'] as const

interface MutantsOptions {
  readonly only: readonly string[]
  readonly list?: boolean
  readonly reporter: (typeof reporters)[number]
  readonly out?: string
}

/** Adds `mutants`. */
export function addMutants(program: Command, streams: Streams): void {
  program
    .command('mutants')
    .description('run the contract suite against every built-in mutant of the mock and print what each check caught')
    .allowExcessArguments(false)
    .addOption(listFlag('--only <name|area>', 'only this mutant or area', 'all'))
    .option('--list', 'list the mutants as JSON and run nothing')
    .option('--reporter <format>', reporters.join(', '), oneOf(...reporters), 'pretty')
    .option('--out <file>', 'write the report to a file')
    .action((options: MutantsOptions) => mutants(options, streams))
}

async function mutants({ only, list, reporter, out: file }: MutantsOptions, { out }: Streams): Promise<void> {
  const { described, resultLine, summaryText, toJson, toMarkdown } = await import('../mutants/reports.ts')
  const chosen = await selectMutants(only)
  const finish = (text: string) => (file === undefined ? out(text) : writeOutFile(file, text))
  if (list === true) return finish(`${JSON.stringify(chosen.map(described), null, 2)}\n`)

  const { checks, findings } = await import('../mutants/suite.ts')
  const { caughtBy, noticedBy } = await findings(undefined)
  if (caughtBy.length + noticedBy.length > 0) {
    const named = [...caughtBy, ...noticedBy].map(({ id }) => id).join(', ')
    throw new ExitError(exitCodes.failure, `The suite blames the correct mock: ${named}. Please report it.`)
  }
  const results: MutantResult[] = []
  for (const mutant of chosen) {
    const result = { mutant, ...(await findings(mutant.name)) }
    results.push(result)
    if (reporter === 'pretty' && file === undefined) out(resultLine(result, colours))
  }
  const { createKillTable } = await import('../mutants/kill-table.ts')
  const table = createKillTable(results, checks)
  const isWhole = only.length === 0
  if (reporter === 'json') finish(toJson(table))
  else if (reporter === 'markdown') finish(toMarkdown(table))
  else
    finish(
      file === undefined
        ? summaryText(table, isWhole)
        : results.map((result) => resultLine(result)).join('') + summaryText(table, isWhole),
    )
  if (table.survivors.length > 0) {
    const { length } = table.survivors
    throw new ExitError(exitCodes.failure, `${length} ${length === 1 ? 'mutant survives' : 'mutants survive'}.`)
  }
  if (table.misnamed.length > 0) {
    throw new ExitError(
      exitCodes.failure,
      `${table.misnamed.length} caught, but by no check that cites the broken rule.`,
    )
  }
  if (isWhole && table.idle.length > 0) {
    throw new ExitError(exitCodes.failure, `${table.idle.length} checks catch nothing.`)
  }
}
