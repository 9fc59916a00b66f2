import { cpSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { run, slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MEGABYTE = 1_000_000

const bytesOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)

/** What the Dockerfile puts together, without a container engine. */
describe('what the image holds', () => {
  slowJudge('takes less than 20 MB with both stores, and keeps a sandbox over a restart in a folder', async () => {
    const app = temporaryFolder()
    await run(process.execPath, [`${root}scripts/image-packages.mjs`, app])
    for (const name of ['dist', 'package.json', 'openapi.json'])
      cpSync(root + name, join(app, name), { recursive: true })
    expect(bytesOf(app)).toBeLessThan(20 * MEGABYTE)
    expect(existsSync(join(app, 'node_modules/@electric-sql/pglite/dist/pglite.wasm'))).toBe(false)
    expect(existsSync(join(app, 'node_modules/pg/package.json'))).toBe(true)

    const store = join(temporaryFolder(), 'store')
    const session = (what: string) =>
      run(process.execPath, ['--input-type=module', '--eval', what], { cwd: app, timeout: 100_000 })
    const open = `import { createMock } from '${app}/dist/index.js'
      const mock = createMock({ store: ${JSON.stringify(store)} })
      const call = async (path, init) => (await mock.fetch('http://mock/__admin' + path, init)).json()`
    const made = await session(`${open}
      const headers = { 'Content-Type': 'application/json' }
      console.log((await call('/sandboxes', { method: 'POST', headers, body: '{"name":"kept"}' })).id)
      await mock.close()`)
    const found = await session(`${open}
      console.log((await call('/sandboxes')).sandboxes.map(({ id, name }) => id + ' ' + name).join())
      await mock.close()`)
    expect(made.trim()).not.toBe('')
    expect(found).toContain(`${made.trim()} kept`)
  })
})
