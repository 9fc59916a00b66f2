import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { runToEnd, startCommand } from '../support/command.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const major = Number(process.versions.node.split('.')[0])
const dist = `${pathToFileURL(root)}dist/`

/** Writes what a process has loaded of Node when it ends. */
const witness = (out: string): string => `
  process.on('exit', () => {
    const builtIn = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '))
    require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(builtIn))
  })`

interface Loaded {
  readonly count: number
  /** Our files of more than a line that names another. */
  readonly files: readonly string[]
  readonly kilobytes: number
  /** Modules of Node. */
  readonly builtIn: readonly string[]
}

async function loadedBy(run: (env: Record<string, string>) => Promise<void>): Promise<Loaded> {
  const folder = temporaryFolder()
  const [script, out, coverage] = ['witness.cjs', 'loaded.json', 'coverage'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(script, witness(out))
  await run({ NODE_OPTIONS: `--require ${script}`, NODE_V8_COVERAGE: coverage })
  const [report = ''] = readdirSync(coverage)
  const { result } = JSON.parse(readFileSync(join(coverage, report), 'utf8')) as { result: { url: string }[] }
  const ours = result.map(({ url }) => url).filter((url) => url.startsWith(dist))
  const sizeOf = (url: string): number => statSync(new URL(url)).size
  return {
    count: ours.length,
    files: ours
      .filter((url) => sizeOf(url) > 1000)
      .map((url) => url.slice(dist.length))
      .sort(),
    kilobytes: ours.reduce((sum, url) => sum + sizeOf(url), 0) / 1000,
    builtIn: (JSON.parse(readFileSync(out, 'utf8')) as string[]).map((name) => name.replace('NativeModule ', '')),
  }
}

/**
 * What a start could load by a careless import, and what that costs in ms where `node -e ''` takes 75. The adapter of
 * Hono takes Request and Response with it, and those http2 and TLS; from Node 22 on the promises of the file system too.
 */
const costly = { https: 4, readline: 4, ...(major === 20 && { 'fs/promises': 3 }) }

const always = ['chunks/description.js', 'chunks/program.js', 'chunks/rolldown-runtime.js', 'cli/main.js']

describe('a start', () => {
  it('loads a handful of our files and little of Node until the first answer', async () => {
    const { count, files, kilobytes, builtIn } = await loadedBy(async (env) => {
      const { child, ended, url } = await startCommand(['serve', '--port', '0', '--log-level', 'silent'], env)
      const headers = { Authorization: 'Bearer+mock-admin-token' }
      expect((await fetch(`${url}${paths.spaces}?offset=0&limit=1`, { headers })).status).toBe(200)
      child.kill('SIGTERM')
      await ended
    })
    expect(files).toEqual(
      [...always, ...['http-server', 'mock', 'serve', 'signing'].map((name) => `chunks/${name}.js`)].sort(),
    )
    expect(count).toBeLessThan(10)
    expect(kilobytes).toBeLessThan(875)
    expect(Object.keys(costly).filter((name) => builtIn.includes(name))).toEqual([])
  })

  it('of a command that serves nothing loads nothing of the server', async () => {
    const { files, builtIn } = await loadedBy(async (env) => void (await runToEnd(['--version'], env)))
    expect(files).toEqual(always)
    expect(builtIn.filter((name) => /undici|http2|tls/.test(name))).toEqual([])
  })
})

describe.skipIf(!('enableCompileCache' in module))('what Node compiles for a start', () => {
  const version = async (env: Record<string, string>) => {
    const { code, out } = await runToEnd(['--version'], env)
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d/)])
  }
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file)).isFile())

  it('is kept for the next one, which takes it as it is, and never what is broken', async () => {
    const caches = temporaryFolder()
    const contents = () => filesIn(caches).map((file) => readFileSync(join(caches, file), 'latin1'))
    await version({ XDG_CACHE_HOME: caches })
    const kept = contents()
    expect(kept).not.toEqual([])
    await version({ XDG_CACHE_HOME: caches })
    expect(contents()).toEqual(kept)
    for (const file of filesIn(caches)) writeFileSync(join(caches, file), 'broken')
    await version({ XDG_CACHE_HOME: caches })
  })

  it.each(['NODE_COMPILE_CACHE', 'XDG_CACHE_HOME'])(
    'is not kept in the folder of %s when Node is told not to',
    async (name) => {
      const folder = temporaryFolder()
      await version({ [name]: folder, NODE_DISABLE_COMPILE_CACHE: '1' })
      expect(filesIn(folder)).toEqual([])
    },
  )

  it('is no matter where nothing can be written', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await version({ XDG_CACHE_HOME: join(file, 'folder') })
  })
})
