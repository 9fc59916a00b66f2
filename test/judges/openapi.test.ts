import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const document = `${root}openapi.json`
const tsc = `${root}node_modules/typescript/bin/tsc`

/** Compiles generated code as strictly as its users may. */
async function compile(folder: string): Promise<void> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'preserve',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    types: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
  await run(process.execPath, [tsc, '-p', folder])
}

describe('the OpenAPI document', () => {
  judge('has neither an error nor a warning by the recommended rules of Redocly', 'redocly', async (redocly) => {
    const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const found = JSON.parse(
      /\{[\s\S]*\}/.exec(
        await run(redocly, ['lint', document, '--extends=recommended', '--format=json'], { env }),
      )?.[0] ?? '',
    )
    expect(found.problems.map(({ message }: { message: string }) => message)).toEqual([])
    expect(found.totals).toMatchObject({ errors: 0, warnings: 0 })
  })

  judge('has neither an error nor a warning by the recommended rules of Spectral', 'spectral', async (spectral) => {
    const ruleset = join(temporaryFolder(), 'ruleset.yaml')
    writeFileSync(ruleset, 'extends: ["spectral:oas"]\n')
    await run(spectral, ['lint', '--ruleset', ruleset, '--fail-severity', 'warn', document])
  })

  judge('becomes types that compile, by openapi-typescript', 'openapi-typescript', async (generator) => {
    const folder = temporaryFolder()
    await run(generator, [document, '--output', join(folder, 'api.ts')])
    writeFileSync(
      join(folder, 'use.ts'),
      [
        "import type { operations } from './api'",
        "type Query = operations['queryBatchProvisioning']['parameters']['query']",
        "export const query: Query = { taskId: '1', cursor: '0', pageSize: 10 }",
        "type Answer = operations['listUsers']['responses'][200]['content']['application/json']",
        'export const total = (answer: Answer): number => answer.total',
      ].join('\n'),
    )
    await compile(folder)
  })

  judge('becomes a client that compiles, by openapi-generator', 'openapi-generator', async (generator) => {
    const folder = temporaryFolder()
    await run(generator, ['generate', '-i', document, '-g', 'typescript-fetch', '-o', folder])
    await compile(folder)
  })
})
