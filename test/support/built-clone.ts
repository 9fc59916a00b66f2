import { execFileSync } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source-files.ts'

/** Makes a clone of the repository in a folder: built already, with what is not committed yet. */
export function builtClone(parent: string): string {
  const folder = join(parent, 'clone')
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, folder])
  for (const file of ['package.json', 'CHANGELOG.md', 'scripts', 'src', 'docs', 'test', 'examples', 'dist']) {
    cpSync(root + file, join(folder, file), { recursive: true })
  }
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'))
  return folder
}
