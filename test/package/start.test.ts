import { readFileSync, statSync, writeFileSync } from 'node:fs'
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
    const keeps = require('node:module').getCompileCacheDir?.() !== undefined
    require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify({ files, builtIn, keeps }))
  })`

interface Loaded {
  /** Names of our files. */
  readonly files: readonly string[]
  readonly kilobytes: number
  /** Modules of Node. */
  readonly builtIn: readonly string[]
  /** Whether what was compiled is kept for the next start. */
  readonly keeps: boolean
}

async function loadedBy(run: (env: Record<string, string>) => Promise<void>): Promise<Loaded> {
  const folder = temporaryFolder()
  const [script, out] = [join(folder, 'witness.cjs'), join(folder, 'loaded.json')]
  writeFileSync(script, witness(out))
  await run({ NODE_OPTIONS: `--require ${script}` })
  const { files, builtIn, keeps } = JSON.parse(readFileSync(out, 'utf8')) as Loaded
  return {
    keeps,
    files: files.map((file) => basename(file)).sort(),
    kilobytes: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000,
    builtIn: builtIn.map((name) => name.replace('NativeModule ', '')),
  }
}

/** What a start could load by a careless import, and what that costs in ms where `node -e ''` takes 75. */
const costly = {
  'internal/deps/undici/undici': 26,
  crypto: 4,
  perf_hooks: 2,
  'fs/promises': 3,
  http2: 12,
  https: 4,
  tls: 4,
  zlib: 2,
  readline: 4,
}

describe('a start', () => {
  it('loads three files of ours and little of Node until the first answer', async () => {
    const { files, kilobytes, builtIn } = await loadedBy(async (env) => {
      const { child, ended, url } = await startCommand(['serve', '--port', '0', '--log-level', 'silent'], env)
      const headers = { Authorization: 'Bearer+mock-admin-token' }
      expect((await fetch(`${url}${paths.spaces}?offset=0&limit=1`, { headers })).status).toBe(200)
      child.kill('SIGTERM')
      await ended
    })
    expect(files).toEqual(['main.js', 'program.js', 'rolldown-runtime.js', 'serve.js'])
    expect(kilobytes).toBeLessThan(330)
    expect(Object.keys(costly).filter((name) => builtIn.includes(name))).toEqual([])
  })

  it('keeps what Node compiled for the next one, where Node can and unless it is told not to', async () => {
    const version = (more: object) => loadedBy(async (env) => void (await runToEnd(['--version'], { ...env, ...more })))
    expect((await version({})).keeps).toBe('enableCompileCache' in module)
    expect((await version({ NODE_DISABLE_COMPILE_CACHE: '1' })).keeps).toBe(false)
  })

  it('of a command that serves nothing loads nothing of the server', async () => {
    const { files } = await loadedBy(async (env) => void (await runToEnd(['--version'], env)))
    expect(files).toEqual(['main.js', 'program.js', 'rolldown-runtime.js'])
  })
})
