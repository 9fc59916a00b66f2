import type { Command } from 'commander'
import { oneOf } from '../option.ts'
import { writeOutFile } from '../out-file.ts'
import type { Streams } from '../streams.ts'

/** Adds `openapi`. */
export function addOpenapi(program: Command, { out }: Streams): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of the vendor API, or of the control plane')
    .allowExcessArguments(false)
    .option('--format <format>', 'json or yaml', oneOf('json', 'yaml'), 'json')
    .option('--control', 'the control plane instead of the vendor API')
    .option('--out <file>', 'write to a file')
    .action(
      async ({ format, control = false, out: file }: { format: 'json' | 'yaml'; control?: boolean; out?: string }) => {
        const { toJson, toYaml } = await import('../../spec/openapi/text.ts')
        const document = control ? await controlDocument() : await vendorDocument()
        const text = format === 'json' ? toJson(document) : toYaml(document)
        if (file === undefined) out(text)
        else writeOutFile(file, text)
      },
    )
}

async function vendorDocument() {
  const { createDocument } = await import('../../spec/openapi/document.ts')
  return createDocument()
}

async function controlDocument() {
  const { createControlDocument } = await import('../../server/control/document.ts')
  const { controlRoutes } = await import('../../mock/control-routes.ts')
  return createControlDocument(controlRoutes)
}
