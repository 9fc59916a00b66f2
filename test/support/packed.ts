import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll } from 'vitest'
import { run } from './judge.ts'

let packing: Promise<string> | undefined

/** The package as it would be published, for the tests of a file: gives the path of the tarball once they run. */
export function packed(): () => string {
  let tarball = ''
  beforeAll(async () => {
    packing ??= pack()
    tarball = await packing
  })
  return () => tarball
}

/** Packs once for all files that a worker runs. */
async function pack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  // The build is there already; running it again would pull dist/ from under other tests.
  const printed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
  const [{ filename }] = JSON.parse(printed.slice(printed.indexOf('[\n')))
  return join(folder, filename)
}
