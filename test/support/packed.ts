import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { run } from './judge.ts'

/** The package as it would be published, for the tests of a file: gives the path of the tarball once they run. */
export function packed(): () => string {
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
    // The build is there already; running it again would pull dist/ from under other tests.
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder])
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return () => join(folder, readdirSync(folder)[0] ?? '')
}
