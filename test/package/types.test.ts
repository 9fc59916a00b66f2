import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { entryPoints } from '../support/entry-points.ts'
import { run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const peers: string[] = Object.keys(manifest.peerDependencies)
const entries = entryPoints.map(({ name, types }) => ({ name, file: join(root, types) }))
const peerOf = (name: string) => peers.find((peer) => name === `koodrive-mock/${peer}`)

/** Everything that a declaration imports, without its comments. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"]([^'"\n]+)['"]/g),
  ].map(([, name = '']) => name)

/** Packages that the declarations of an entry point name, wherever they lead. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>()
  if (seen.has(file)) return found
  seen.add(file)
  for (const name of importsOf(file)) {
    if (!name.startsWith('.')) found.add(name)
    else for (const one of packagesOf(join(dirname(file), name.replace(/\.js$/, '.d.ts')), seen)) found.add(one)
  }
  return found
}

const tarball = packed()
/** Lines of the surface: `koodrive-mock/client type Client`, or a value without `type`. */
const surface = readFileSync(`${root}test/library/surface.txt`, 'utf8').trim().split('\n')

/** A program that names every export of an entry point. */
function programFor(name: string): string {
  const lines = surface.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
  const values = lines.filter((line) => !line.startsWith('type '))
  const types = lines.filter((line) => line.startsWith('type ')).map((line) => line.slice(5))
  return [
    ...values.map((value, index) => `import { ${value} as value${index} } from '${name}'`),
    `export const values = [${values.map((_, index) => `value${index}`).join(', ')}]`,
    `export type { ${types.join(', ')} } from '${name}'`,
  ].join('\n')
}

const fileNameOf = (name: string): string => (/\.[cm]ts$/.test(name) ? name : `${name}.ts`)

/** Compiles programs in an empty folder that has the package and, by links, a few others. */
async function compile(
  programs: Readonly<Record<string, string>>,
  others: readonly string[],
  skipLibCheck: boolean,
  { lib = ['es2023'], types = ['node'] } = {},
) {
  const folder = temporaryFolder()
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@types'), { recursive: true })
  await run('tar', ['-xzf', tarball(), '-C', folder])
  cpSync(join(folder, 'package'), join(modules, 'koodrive-mock'), { recursive: true })
  for (const name of others) symlinkSync(`${root}node_modules/${name}`, join(modules, name))
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, fileNameOf(name)), text)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib,
    types,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck,
    noEmit: true,
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: Object.keys(programs).map(fileNameOf) }),
  )
  expect(readdirSync(modules)).toContain('koodrive-mock')
  return run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', folder])
}

const nodeTypes = ['@types/node', 'undici-types']
const fileOf = (name: string): string => name.replaceAll('/', '-')

/** A program with mistakes, each below the comment that expects it. */
const WRONG = [
  "import { createMock } from 'koodrive-mock'",
  "import { createClient } from 'koodrive-mock/client'",
  '// @ts-expect-error an option that does not exist',
  'createMock({ user: 5 })',
  "const client = createClient({ baseUrl: 'http://127.0.0.1:4010' })",
  '// @ts-expect-error a number is no phone',
  "client.createBatchProvisioningTask([{ firstname: 'Ada', phone: 13900000001 }])",
  'export const progress: Promise<"0" | "1" | "2" | "3"> = client.waitForTask("1").then(({ status }) => status)',
]

describe('the types', () => {
  it.each(entries)('of $name name no package but its own optional peer and modules of Node', ({ name, file }) => {
    const strangers = [...packagesOf(file)].filter((one) => !one.startsWith('node:'))
    expect(strangers.filter((one) => one !== peerOf(name))).toEqual([])
  })

  it('of every entry point compile strictly where nothing else is installed, and tell a program what is wrong with it', async () => {
    const plain = entries.filter(({ name }) => peerOf(name) === undefined)
    const programs = Object.fromEntries(plain.map(({ name }) => [fileOf(name), programFor(name)]))
    expect(await compile({ ...programs, wrong: WRONG.join('\n') }, nodeTypes, false)).toBe('')
  })

  slowJudge('of every entry point compile without the types of Node, for an import and for a require', async () => {
    const plain = entries.filter(({ name }) => peerOf(name) === undefined)
    const programs = Object.fromEntries(
      plain.flatMap(({ name }) => [
        [`${fileOf(name)}.mts`, programFor(name)],
        [`${fileOf(name)}.cts`, `${programFor(name)}\nimport all = require('${name}')\nexport { all }`],
      ]),
    )
    const inBrowser = { lib: ['es2023', 'dom', 'dom.iterable'], types: [] }
    expect(await compile(programs, [], false, inBrowser)).toBe('')
  })

  it('are found by the resolution of before there were exports', () => {
    const older = manifest.typesVersions['*']
    for (const { name, types } of entryPoints) {
      if (name !== 'koodrive-mock') expect(older).toHaveProperty([name.replace('koodrive-mock/', '')], [types])
    }
    expect(join(root, manifest.types)).toBe(entries[0]?.file)
  })

  slowJudge('of the entry points for other tools compile beside these tools', async () => {
    const isHere = (name: string) => existsSync(`${root}node_modules/${peerOf(name)}`)
    const others = entries.filter(({ name }) => peerOf(name) !== undefined && isHere(name))
    const programs = Object.fromEntries(others.map(({ name }) => [fileOf(name), programFor(name)]))
    expect(await compile(programs, [...nodeTypes, ...others.map(({ name }) => peerOf(name) ?? '')], true)).toBe('')
  })
})
