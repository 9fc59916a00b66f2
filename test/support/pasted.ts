import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../src/spec/version.ts'
import { root } from './source-files.ts'

/** A folder with npx and nothing else of ours: it fetches the version that a line names, here that of today. */
export function folderWithCommand(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kdc-'))
  const file = join(folder, 'npx')
  const pinned = `--yes koodrive-mock@${version}`
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1 $2" = '${pinned}' ] || exit 9\nshift 2\nexec '${process.execPath}' '${root}dist/cli/main.js' "$@"\n`,
  )
  chmodSync(file, 0o755)
  return folder
}
