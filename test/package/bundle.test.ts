import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../support/judge.ts'
import { runModule } from '../support/node.ts'
import { root, sourceFiles } from '../support/source-files.ts'

const dist = `${root}dist/`
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const peers = Object.keys(manifest.peerDependencies)
const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.js') && !file.startsWith('assets/'),
)
const entries = scripts.filter((file) => !file.startsWith('chunks/'))

const STATIC = /^(?:import|export)\b[^'"`;]*?["']([^"']+)["'];?$/gm
const LAZY = /\bimport\(["']([^"']+)["']\)/g
/** As the bundler says where a part comes from. */
const MODULE = /^\/\/ ((?:src|node_modules)\/\S+)$/gm
const found = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(dist + file, 'utf8').matchAll(pattern)].map(([, name = '']) => name)

/** Files of the bundle that an import of this one loads at once. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const name of found(file, STATIC)) if (name.startsWith('.')) closure(posix.join(posix.dirname(file), name), seen)
  return seen
}
const kilobytes = (loaded: Iterable<string>): number =>
  [...loaded].reduce((sum, file) => sum + readFileSync(dist + file).length, 0) / 1000

/** Packages that the sources import and users do not bring along. */
const bundled = new Set(
  sourceFiles()
    .flatMap(({ external }) => external.map(({ name }) => name))
    .filter((name) => !name.startsWith('node:') && !peers.some((peer) => name === peer))
    .map((name) => (name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? ''))),
)

const bill = JSON.parse(readFileSync(`${dist}bundled.cdx.json`, 'utf8'))
const components: { name: string; version: string; purl: string }[] = bill.components

/** What opens a store asks for its package when it is needed. */
const stores: Readonly<Record<string, string>> = {
  'chunks/pglite.js': '@electric-sql/pglite',
  'chunks/postgres.js': 'pg',
}

describe('the bundle', () => {
  it('refuses what the source refuses by an error of the language: no check is taken out as if it had no effect', async () => {
    const printed = await runModule(`
      import { createMock } from '${dist}index.js'
      const mock = createMock()
      const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
      const answers = await Promise.all([
        mock.fetch('http://mock/koodrive/ose/v1/userList?offset=0&limit=1&keyWord=%zz', { headers: { Authorization: 'Bearer mock-admin-token' } }),
        mock.fetch('http://mock/__admin/sandboxes/default/requests/verify', { ...post, body: '{"where":{"path":{"matches":"("}}}' }),
        mock.fetch('http://mock/__admin/sandboxes', { ...post, body: '{"now":"yesterday"}' }),
      ])
      console.log(answers.map(({ status }) => status).join(' '))
      await mock.close()
    `)
    expect(printed.trim()).toBe('400 400 400')
  })

  it('needs no package: it imports its own files, modules of Node and, in their own entry points, optional peers', () => {
    expect(manifest).not.toHaveProperty('dependencies')
    const strange = (name: string) => !/^(?:\.|node:)/.test(name) && !builtinModules.includes(name)
    for (const file of scripts) {
      const strangers = [...found(file, STATIC), ...found(file, LAZY)].filter(strange)
      const isOwn = (name: string) => `${name}.js` === file || stores[file] === name
      expect(strangers, file).toEqual(strangers.filter((name) => isOwn(name) && peers.includes(name)))
    }
  })

  it('holds every module once: command line and library are the same files', () => {
    const modules = scripts.flatMap((file) => found(file, MODULE))
    expect(modules.filter((path, index) => modules.indexOf(path) !== index)).toEqual([])
    // What it imported at once, Node would compile anew at every start: the folder for what is compiled is not set then.
    expect(found('cli/main.js', LAZY)).toEqual([expect.stringMatching(/^\.\.\/chunks\//)])
    expect(found('cli/main.js', STATIC).filter((name) => !name.startsWith('node:'))).toEqual([])
  })

  it('keeps the names of the source, so that a stack says where it was', () => {
    const names = found('chunks/mock.js', /^(?:async )?function (\w+)/gm)
    expect(names).toEqual(expect.arrayContaining(['createService']))
  })

  it('names every package that is in it, with version and licence', () => {
    const licences = readFileSync(`${dist}THIRD-PARTY-LICENSES.txt`, 'utf8')
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining([...bundled]))
    for (const { name, version, purl } of components) {
      const installed = JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8'))
      expect(version).toBe(installed.version)
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`)
      expect(licences).toContain(`\n${name} ${version} (${installed.license})\n`)
    }
    expect(
      licences.match(/Permission is hereby granted|Apache License|Permission to use, copy/g)?.length,
    ).toBeGreaterThan(components.length - 1)
  })

  it('contains no package with a known vulnerability', async (context) => {
    const text = await run('sh', ['-c', 'npm audit --json --package-lock-only || true'])
    const start = text.indexOf('{')
    const report = start < 0 ? {} : JSON.parse(text.slice(start, text.lastIndexOf('}') + 1))
    if (report.vulnerabilities === undefined) {
      const why = report.message ?? report.error?.summary ?? 'no answer'
      const reason = `the audit endpoint of the registry does not answer (${String(why).split('\n')[0]})`
      process.stderr.write(`skipped "${context.task.name}": ${reason}\n`)
      return context.skip(reason)
    }
    const names = components.map(({ name }) => name)
    expect(Object.keys(report.vulnerabilities).filter((name) => names.includes(name))).toEqual([])
  })
})

describe('an import', () => {
  it.each(entries)('of %s loads little in one go, and nothing that most runs never need', (entry) => {
    const loaded = closure(entry)
    expect(kilobytes(loaded)).toBeLessThan(885)
    const modules = [...loaded].flatMap((file) => found(file, MODULE))
    expect(modules.length).toBeGreaterThan(0)
    expect(modules.filter((path) => /src\/console|node-server|prom-client|\/yaml\/|\/openapi\//.test(path))).toEqual([])
  })

  it('of the mock costs so much more than Node alone (printed, not judged: machines differ)', async () => {
    const median = async (source: string): Promise<number> => {
      const times: number[] = []
      for (let round = 0; round < 5; round += 1) {
        const started = performance.now()
        await runModule(source)
        times.push(performance.now() - started)
      }
      return times.sort((a, b) => a - b)[2] ?? 0
    }
    const alone = await median('')
    const withMock = await median("await import('koodrive-mock')")
    onTestFinished(() => {
      process.stdout.write(`import('koodrive-mock'): +${(withMock - alone).toFixed(0)} ms to ${alone.toFixed(0)} ms\n`)
    })
  })
})
