import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineJudge } from '../support/engine.ts'
import { run, slowJudge } from '../support/judge.ts'
import { brokenLinks } from '../support/links.ts'
import { packed } from '../support/packed.ts'
import { fromRegistry } from '../support/page.ts'
import { serve } from '../support/served.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tarball = packed()
const versions = { 'csv-parse': '7.0.3' }

/** A copy, as somebody takes one to start from. */
function copied(name: string): string {
  const folder = join(temporaryFolder(), name)
  cpSync(`${root}examples/sync/${name}`, folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|target)$/.test(path),
  })
  return folder
}

describe('the example that brings employees into KooDrive', () => {
  slowJudge('passes its tests in Node, and provisions once however often it runs', async () => {
    const cwd = copied('node')
    await fromRegistry(tarball(), versions)(cwd, ['koodrive-mock', ...Object.keys(versions)])
    expect(await run(process.execPath, ['--test'], { cwd })).toMatch(/pass 9\n[\s\S]*fail 0\n/)
    const mock = await serve(['--port', '0'])
    try {
      const sync = () => run(process.execPath, ['main.mjs'], { cwd, env: { KOODRIVE_ENDPOINT: mock.url } })
      expect(await sync()).toContain('created=3 existing=0 failed=0 unknown=0')
      expect(await sync()).toContain('3 employees, 3 of them done before')
      expect(readFileSync(join(cwd, 'employees.csv.report.csv'), 'utf8').split('\n')).toHaveLength(5)
    } finally {
      await mock.stop()
    }
  })

  engineJudge(
    'passes its tests in Java with Spring Boot',
    async () => {
      const words = ['--batch-mode', '--no-transfer-progress', 'test']
      const printed = await run('mvn', words, { cwd: copied('spring') })
      expect(printed).toMatch(/Tests run: 7, Failures: 0, Errors: 0, Skipped: 0/)
    },
    8,
  )

  it.each(['node', 'spring'])('links only to what is there: %s', (name) => {
    expect(brokenLinks(`examples/sync/${name}/README.md`)).toEqual([])
  })
})
