import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'

const files = ['src/spec/wire-types.ts', 'src/scenarios/scenario.ts', 'src/mock/sandbox-options.ts']

describe('the types that scripts/types.mjs writes', () => {
  it('are those of the schemas', async () => {
    const source = `
      import { generated } from './scripts/types.mjs'
      const written = Object.entries(generated).map(async ([file, write]) => [file, String(await write())])
      console.log(JSON.stringify(await Promise.all(written)))`
    const written = JSON.parse(await run(process.execPath, ['--input-type=module', '--eval', source]))
    expect(written.map(([file]: [string]) => file).sort()).toEqual([...files].sort())
    for (const [file, text] of written)
      expect(text, `${file}: run \`npm run build\``).toBe(readFileSync(root + file, 'utf8'))
  })
})
