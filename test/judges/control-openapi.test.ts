import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { createControlDocument } from '../../src/server/control/document.ts'
import { toJson } from '../../src/spec/openapi/text.ts'
import { run, slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

slowJudge('the control plane is described without error or warning, by Redocly', async () => {
  const document = join(temporaryFolder(), 'control.openapi.json')
  writeFileSync(document, toJson(createControlDocument(controlRoutes)))
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const answer = await run(
    `${root}node_modules/.bin/redocly`,
    ['lint', document, '--extends=recommended', '--format=json'],
    { env },
  )
  const found = JSON.parse(/\{[\s\S]*\}/.exec(answer)?.[0] ?? '')
  expect(found.problems).toEqual([])
})
