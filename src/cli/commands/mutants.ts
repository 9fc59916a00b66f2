import type { Command } from 'commander'
import { selectMutants } from '../mutants/select.ts'
import type { Streams } from '../streams.ts'

/** Adds `mutants`. */
export function addMutants(program: Command, { out }: Streams): void {
  program
    .command('mutants')
    .description('the built-in mutants of the mock: each departs from the documents in one way')
    .allowExcessArguments(false)
    .requiredOption('--list', 'list the mutants as JSON')
    .option('--only <name|area>', 'only this mutant or area; may be given again', collect, [])
    .action(async ({ only }: { only: readonly string[] }) => {
      const chosen = await selectMutants(only)
      out(
        `${JSON.stringify(
          chosen.map(({ name, area, title, clause }) => ({ name, area, title, clause })),
          null,
          2,
        )}\n`,
      )
    })
}

const collect = (name: string, before: readonly string[]): string[] => [...before, name]
