import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { openStore } from '../../src/store/open-store.ts'
import { slowJudge } from '../support/judge.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

slowJudge('nobody else reads a store, whoever could read the folder that it was put into', async () => {
  const folder = join(temporaryFolder(), 'open')
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  const store = await openStore(folder, LOG_VERSION)
  await store.close()
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
})
