import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

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
function changedAt(path) {
  const about = lstatSync(path)
  const below = about.isDirectory() ? readdirSync(path) : []
  return Math.max(about.mtimeMs, ...below.map((name) => changedAt(join(path, name))))
}

/** Whether nothing that a build reads has changed since the last one. */
export const isFresh = () =>
  existsSync(root + LAST) && SOURCES.every((path) => changedAt(root + path) <= changedAt(root + LAST))
