import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source-files.ts'

/** What a build reads. */
const SOURCES = [
  'src',
  'scripts',
  'types',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.client.json',
]
/** What it writes last. */
const LAST = 'dist/bundled.cdx.json'

/** When a file, or anything below a folder, changed last. A folder changes when something in it comes, goes or is renamed. */
function changedAt(path: string): number {
  const about = lstatSync(path)
  const below = about.isDirectory() ? readdirSync(path) : []
  return Math.max(about.mtimeMs, ...below.map((name) => changedAt(join(path, name))))
}

/** Builds before the tests what changed since the last build: those of the command line run what a user runs. */
export function setup(): void {
  const isFresh = existsSync(root + LAST) && SOURCES.every((path) => changedAt(root + path) <= changedAt(root + LAST))
  if (!isFresh) execFileSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: 'inherit' })
}
