import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { runToEnd, startCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Writes what a process has loaded when it ends. */
const witness = (out: string): string => `
  process.on('exit', () => {
    const files = Object.keys(require.cache).filter((file) => file !== __filename)
    const builtIn = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '))
    require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify({ files, builtIn }))
  })`

interface Loaded {
  /** Names of our files, without the hash of what is in them. */
  readonly files: readonly string[]
  readonly kilobytes: number
  /** Modules of Node. */
  readonly builtIn: readonly string[]
}

async function loadedBy(run: (env: Record<string, string>) => Promise<void>): Promise<Loaded> {
  const folder = temporaryFolder()
  const [script, out] = [join(folder, 'witness.cjs'), join(folder, 'loaded.json')]
  writeFileSync(script, witness(out))
  await run({ NODE_OPTIONS: `--require ${script}` })
  const { files, builtIn } = JSON.parse(readFileSync(out, 'utf8')) as Loaded
  return {
    files: files.map((file) => basename(file).replace(/-.{8}\.js$/, '')).sort(),
    kilobytes: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000,
    builtIn: builtIn.map((name) => name.replace('NativeModule ', '')),
  }
}

/**
 * What a start could load by a careless import, and what that costs in ms where `node -e ''` takes 75. The adapter of
 * Hono takes Request, Response and http2 with it, which take TLS and cryptography.
 */
const costly = { 'fs/promises': 3, https: 4, readline: 4 }

/** Newer ones keep what they compile themselves. */
const nodeKeeps = 'enableCompileCache' in module
const always = [...(nodeKeeps ? [] : ['compile-cache']), 'main.js', 'program', 'rolldown-runtime']

describe('a start', () => {
  it('loads three files of ours and little of Node until the first answer', async () => {
    const { files, kilobytes, builtIn } = await loadedBy(async (env) => {
      const { child, ended, url } = await startCommand(['serve', '--port', '0', '--log-level', 'silent'], env)
      const headers = { Authorization: 'Bearer+mock-admin-token' }
      expect((await fetch(`${url}${paths.spaces}?offset=0&limit=1`, { headers })).status).toBe(200)
      child.kill('SIGTERM')
      await ended
    })
    expect(files).toEqual([...always, 'serve'])
    expect(kilobytes).toBeLessThan(390)
    expect(Object.keys(costly).filter((name) => builtIn.includes(name))).toEqual([])
  })

  it('of a command that serves nothing loads nothing of the server', async () => {
    const { files } = await loadedBy(async (env) => void (await runToEnd(['--version'], env)))
    expect(files).toEqual(always)
  })
})

describe('what is compiled for a start', () => {
  const version = async (env: Record<string, string>) => {
    const { code, out } = await runToEnd(['--version'], env)
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d/)])
  }
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file)).isFile())

  it('is kept for the next one, which takes it as it is, and never what is broken', async () => {
    const folder = temporaryFolder()
    const contents = () => filesIn(folder).map((file) => readFileSync(join(folder, file), 'latin1'))
    await version({ NODE_COMPILE_CACHE: folder })
    const kept = contents()
    expect(kept).not.toEqual([])
    await version({ NODE_COMPILE_CACHE: folder })
    expect(contents()).toEqual(kept)
    for (const file of filesIn(folder)) writeFileSync(join(folder, file), 'broken')
    await version({ NODE_COMPILE_CACHE: folder })
  })

  it('is not kept when Node is told not to', async () => {
    const folder = temporaryFolder()
    await version({ NODE_COMPILE_CACHE: folder, NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(filesIn(folder)).toEqual([])
  })

  it.skipIf(nodeKeeps)('is neither kept nor taken where others can write', async () => {
    const folder = temporaryFolder()
    const name = `koodrive-mock-${process.getuid?.()}-${process.arch}-${process.versions.v8}`
    mkdirSync(join(folder, name))
    chmodSync(join(folder, name), 0o777)
    await version({ NODE_COMPILE_CACHE: folder })
    expect(filesIn(folder)).toEqual([])
  })

  it('is no matter where nothing can be written', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await version({ NODE_COMPILE_CACHE: join(file, 'folder') })
  })
})
