import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { engineJudge } from '../support/engine.ts'
import { run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { fromRegistry, howTo } from '../support/page.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const versions = { testcontainers: '11.14.0', typescript: '7.0.2', '@types/node': '20.19.43' }
const tarball = packed()

/** The program of docs/how-to/containers.md. */
const shown = /```ts\n([\s\S]*?)```/.exec(howTo('containers'))?.[1] ?? ''

/** What the container was told, as Testcontainers holds it. */
const inspect = `
  import { KooDriveMockContainer } from 'koodrive-mock/testcontainers'
  const container = new KooDriveMockContainer('koodrive-mock').withSettings({ scenario: 'duplicates', maxJournal: 5 })
  const { environment, exposedPorts, imageName, waitStrategy } = container.withControlToken('known')
  const { path, port, headers } = waitStrategy
  console.log(JSON.stringify({ environment, exposedPorts, image: imageName.string, path, port, headers }))`

describe('KooDriveMockContainer, with Testcontainers as it is published', () => {
  slowJudge(
    'sets flags by the environment, opens the port and waits until the mock is ready, with its token',
    async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}')
      await fromRegistry(tarball(), versions)(folder, ['koodrive-mock', ...Object.keys(versions)])
      const told = await run(process.execPath, ['--input-type=module', '--eval', inspect], { cwd: folder })
      expect(JSON.parse(told)).toEqual({
        environment: {
          KOODRIVE_MOCK_CONTROL_TOKEN: 'known',
          KOODRIVE_MOCK_SCENARIO: 'duplicates',
          KOODRIVE_MOCK_MAX_JOURNAL: '5',
        },
        exposedPorts: [4010],
        image: 'koodrive-mock:latest',
        path: '/__admin/ready',
        port: 4010,
        headers: { Authorization: 'Bearer known' },
      })
      writeFileSync(join(folder, 'guide.ts'), shown)
      const options = '--module nodenext --target es2023 --strict --noEmit --skipLibCheck --types node'.split(' ')
      await run('npx', ['tsc', ...options, 'guide.ts'], { cwd: folder })
    },
    5,
  )

  engineJudge(
    'starts the container of the guide, makes a sandbox in it and ends it',
    async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}')
      await fromRegistry(tarball(), versions)(folder, ['koodrive-mock', 'testcontainers'])
      writeFileSync(join(folder, 'guide.mjs'), shown)
      expect(await run(process.execPath, ['guide.mjs'], { cwd: folder })).toMatch(/^http:\/\/\S+ \S+ [0-9a-f]{64} /)
    },
    5,
  )
})
