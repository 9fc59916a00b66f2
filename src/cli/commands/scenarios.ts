import type { Command } from 'commander'
import type { Scenario } from '../../scenarios/scenario.ts'
import { colours } from '../colours.ts'
import { usageError } from '../exit.ts'
import { oneOf } from '../option.ts'
import { writeOutFile } from '../out-file.ts'
import type { Streams } from '../streams.ts'

const formats = ['yaml', 'json'] as const

interface ScenariosOptions {
  readonly format?: (typeof formats)[number]
  readonly schema?: boolean
  readonly out?: string
}

/** Adds `scenarios`. */
export function addScenarios(program: Command, streams: Streams): void {
  program
    .command('scenarios')
    .description('list the built-in scenarios, or show one as a file that can be changed and served')
    .argument('[name|file]', 'a built-in scenario, or a YAML or JSON file to check')
    .allowExcessArguments(false)
    .option('--format <format>', 'yaml or json (default: a list as text, one scenario as yaml)', oneOf(...formats))
    .option('--schema', 'print the JSON Schema of a scenario file')
    .option('--out <file>', 'write to a file')
    .action(async (nameOrFile: string | undefined, { format, schema, out: file }: ScenariosOptions) => {
      const out = file === undefined ? streams.out : (text: string) => writeOutFile(file, text)
      if (schema) {
        const { scenarioJsonSchema } = await import('../../scenarios/schema.ts')
        return out(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
      }
      if (nameOrFile !== undefined) return out(await written(await chosen(nameOrFile), format ?? 'yaml'))
      const { builtInScenarios } = await import('../../scenarios/built-in.ts')
      if (format === undefined) return out(listed(builtInScenarios))
      const rows = builtInScenarios.map(({ name, title, teaches }) => ({ name, title, teaches }))
      out(await written(rows, format))
    })
}

async function chosen(nameOrFile: string): Promise<Scenario> {
  const { loadScenario } = await import('../../scenarios/parse.ts')
  return loadScenario(nameOrFile).catch((error: Error) => {
    throw usageError(error.message)
  })
}

async function written(value: unknown, format: (typeof formats)[number]): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`
  const { stringify } = await import('yaml')
  return stringify(value)
}

function listed(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${colours.dim(title)}\n`).join('')
}
