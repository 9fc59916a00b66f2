import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Argument, type Command } from 'commander'
import { type ExportedFile, type ExportSettings, exportFormats } from '../../export/exported-file.ts'
import { writeWhole } from '../../shared/files.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import { baseUrl } from '../option.ts'
import type { Streams } from '../streams.ts'

/** Adds `export`. */
export function addExport(program: Command, { out, err }: Streams): void {
  program
    .command('export')
    .description('write the API for another tool, made from the same operations as the mock')
    .addArgument(new Argument('<formats...>', 'what to write').choices(exportFormats))
    .option('--out <folder>', 'folder to write to; several formats get a folder each (default: print a single file)')
    .option('--base-url <url>', 'where the service is', baseUrl, 'http://127.0.0.1:4010')
    .action(async (names: (typeof exportFormats)[number][], { out: folder, baseUrl: url }: ExportOptions) => {
      const { formats } = await import('../../export/formats.ts')
      const { referenceTables } = await import('../reference-tables.ts')
      const inputs = {
        settings: await settingsFor(url),
        signer: await signerDocument(),
        tables: await referenceTables(program),
      }
      const files: ExportedFile[] = []
      for (const name of names) {
        const prefix = names.length > 1 ? `${name}/` : ''
        for (const { path, text } of await formats[name](inputs)) files.push({ path: prefix + path, text })
      }
      if (folder !== undefined) return write(files, folder, err)
      const [only] = files
      if (only === undefined || files.length > 1) {
        throw usageError(`export ${names.join(' ')} writes ${files.length} files: name a folder with --out.`)
      }
      out(only.text)
    })
}

interface ExportOptions {
  readonly out?: string
  readonly baseUrl: string
}

async function settingsFor(baseUrl: string): Promise<ExportSettings> {
  const { defaultCredentials } = await import('../../world/world.ts')
  const { appId, appSecret, userId, tokens } = defaultCredentials
  return { baseUrl, appId, appSecret, userId, accessToken: tokens.admin }
}

async function signerDocument(): Promise<string> {
  const { createControlDocument } = await import('../../server/control/document.ts')
  const { authCodeRoutes } = await import('../../server/control/routes/directory.ts')
  const { signRoutes } = await import('../../server/control/routes/signatures.ts')
  const { toJson } = await import('../../spec/openapi/text.ts')
  return toJson(createControlDocument([...signRoutes, ...authCodeRoutes]))
}

function write(files: readonly ExportedFile[], folder: string, say: (text: string) => void): void {
  for (const { path, text } of files) {
    const file = join(folder, path)
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeWhole(file, text)
    } catch (error) {
      throw new ExitError(exitCodes.failure, `${file} cannot be written: ${(error as NodeJS.ErrnoException).code}.`)
    }
    say(`${file}\n`)
  }
}
