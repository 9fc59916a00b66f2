import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { ExitError, exitCodes } from '../exit.ts'
import { oneOf } from '../option.ts'
import type { Streams } from '../streams.ts'

/** Adds `openapi`. */
export function addOpenapi(program: Command, { out }: Streams): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of the vendor API')
    .allowExcessArguments(false)
    .option('--format <format>', 'json or yaml', oneOf('json', 'yaml'), 'json')
    .option('--out <file>', 'write to a file')
    .action(async ({ format, out: file }: { format: 'json' | 'yaml'; out?: string }) => {
      const { createDocument } = await import('../../spec/openapi/document.ts')
      const { toJson, toYaml } = await import('../../spec/openapi/text.ts')
      const text = format === 'json' ? toJson(createDocument()) : toYaml(createDocument())
      if (file === undefined) return out(text)
      try {
        writeFileSync(file, text)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        throw new ExitError(exitCodes.failure, `--out ${file} cannot be written: ${code}.`)
      }
    })
}
