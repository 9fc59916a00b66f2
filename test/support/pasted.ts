import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mock } from '../../src/index.ts'
import { version } from '../../src/spec/version.ts'
import { root } from './source-files.ts'

/** A folder with npx and nothing else of ours: it fetches the version that a line names, here that of today. */
function folderWithCommand(): string {
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

/** The environment of a shell that a line is pasted into: the command of the tree, and the target with its credentials. */
export const shellFor = (
  url: string,
  { appId, appSecret, userId, tokens }: Mock['credentials'],
): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${folderWithCommand()}:${process.env['PATH']}`,
  KOODRIVE_TARGET: url,
  KOODRIVE_APP_ID: appId,
  KOODRIVE_APP_SECRET: appSecret,
  KOODRIVE_USER_ID: userId,
  KOODRIVE_ACCESS_TOKEN: tokens.admin,
  KOODRIVE_APP_ACCESS_TOKEN: tokens.app,
})
