import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'

const files = [
  'src/spec/wire-types.ts',
  'src/scenarios/scenario.ts',
  'src/mock/sandbox-options.ts',
  'src/server/handlers.ts',
]

describe('the types that scripts/types.mjs writes', () => {
  it.each(files)('are those of the schemas: %s', async (file) => {
    const source = `import { generated } from './scripts/types.mjs'\nprocess.stdout.write(await generated['${file}']())`
    const text = await run(process.execPath, ['--input-type=module', '--eval', source])
    expect(text).toBe(readFileSync(root + file, 'utf8'))
  })
})
