import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { entryPoints } from '../support/entry-points.ts'
import { run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The oldest that is supported, and those in which resolution or the types of bytes changed. */
const versions = ['5.0', '5.4', '5.7', '5.9'] as const

/** Ways to find a package, with the kind of file that looks for it. */
const importers = [
  ['commonjs', 'node', 'ts'],
  ['node16', 'node16', 'ts'],
  ['node16', 'node16', 'mts'],
  ['node16', 'node16', 'cts'],
  ['nodenext', 'nodenext', 'cts'],
  ['esnext', 'bundler', 'ts'],
] as const

/** Entry points that are types of ours alone. */
const plain = entryPoints.filter(({ name }) => /^koodrive-mock(?:\/(?:signing|client|contract))?$/.test(name))
const program = plain.map(({ name }, at) => `import * as entry${at} from '${name}'\nexport { entry${at} }\n`).join('')
const required = `import mock = require('koodrive-mock')\nexport const made: mock.Mock = mock.createMock()\n`

const tarball = packed()

describe('the types, without those of Node and with libraries checked', () => {
  slowJudge(
    'compile for every importer by every TypeScript from 5.0 on',
    async () => {
      const folder = temporaryFolder()
      const modules = join(folder, 'node_modules')
      writeFileSync(join(folder, 'package.json'), '{"private": true}')
      const compilers = versions.map((version) => `typescript-${version}@npm:typescript@~${version}.0`)
      await run('npm', ['install', '--no-audit', '--no-fund', ...compilers], { cwd: folder })
      mkdirSync(modules, { recursive: true })
      await run('tar', ['-xzf', tarball(), '-C', folder])
      renameSync(join(folder, 'package'), join(modules, 'koodrive-mock'))
      for (const kind of ['ts', 'mts', 'cts'])
        writeFileSync(join(folder, `use.${kind}`), program + (kind === 'cts' ? required : ''))

      const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022']
      const options = [...strict, '--lib', 'es2022,dom,dom.iterable']
      const found: string[] = []
      for (const version of versions) {
        const compiler = join(modules, `typescript-${version}/bin/tsc`)
        for (const [module, resolution, kind] of importers) {
          const how = ['--module', module, '--moduleResolution', resolution, `use.${kind}`]
          const printed = await run(process.execPath, [compiler, ...options, ...how], { cwd: folder }).catch(String)
          if (printed !== '') found.push(`${version} ${how.join(' ')}: ${printed}`)
        }
      }
      expect(found).toEqual([])
    },
    10,
  )
})
