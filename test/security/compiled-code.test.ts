import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownCacheFolder } from '../../src/cli/cache-folder.ts'
import { runToEnd } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const isWindows = process.platform === 'win32'

describe.skipIf(isWindows)('what is compiled is kept only where nobody else can write', () => {
  const within = (prepare: (caches: string) => void) => {
    const caches = temporaryFolder()
    prepare(caches)
    return ownCacheFolder({ XDG_CACHE_HOME: caches })
  }
  const ours = (caches: string) => join(caches, 'koodrive-mock', 'compiled')

  it('in a folder of its own below the cache folder of the user', () => {
    expect(within(() => {})).toMatch(/koodrive-mock\/compiled$/)
  })

  it.each<[string, (caches: string) => void]>([
    [
      'others may write to the folder',
      (caches) => mkdirSync(ours(caches), { recursive: true }) && chmodSync(ours(caches), 0o777),
    ],
    [
      'others may read the folder',
      (caches) => mkdirSync(ours(caches), { recursive: true }) && chmodSync(ours(caches), 0o755),
    ],
    [
      'others may replace the folder',
      (caches) =>
        mkdirSync(ours(caches), { recursive: true, mode: 0o700 }) && chmodSync(join(caches, 'koodrive-mock'), 0o777),
    ],
    ['others may replace the folder of all caches', (caches) => chmodSync(caches, 0o777)],
    [
      'the folder is a link to another',
      (caches) => {
        mkdirSync(join(caches, 'koodrive-mock'))
        mkdirSync(join(caches, 'elsewhere'), { mode: 0o700 })
        symlinkSync(join(caches, 'elsewhere'), ours(caches))
      },
    ],
  ])('and nowhere when %s', (_, prepare) => {
    expect(within(prepare)).toBeUndefined()
  })

  it('and nowhere when there is no place for it', () => {
    expect(ownCacheFolder({ XDG_CACHE_HOME: '/dev/null/caches' })).toBeUndefined()
  })

  it('the shared folder for temporary files is neither read nor written by a start', async () => {
    const [shared, caches] = [temporaryFolder(), temporaryFolder()]
    const { code } = await runToEnd(['--version'], { TMPDIR: shared, XDG_CACHE_HOME: caches })
    expect(code).toBe(0)
    expect(readdirSync(shared)).toEqual([])
    if ('enableCompileCache' in module) expect(readdirSync(ours(caches))).not.toEqual([])
    else expect(readdirSync(caches)).toEqual([])
  })

  it.skipIf(!('enableCompileCache' in module))(
    'what lies in the shared folder is not read, whether there is a cache folder or not',
    async () => {
      const [shared, caches] = [temporaryFolder(), temporaryFolder()]
      const NODE_DEBUG_NATIVE = 'COMPILE_CACHE'
      const start = (XDG_CACHE_HOME: string) =>
        runToEnd(['--version'], { TMPDIR: shared, XDG_CACHE_HOME, NODE_DEBUG_NATIVE })
      const { err: first } = await start(caches)
      expect(first).toContain('writing cache for')
      // Where Node looks by itself lies what Node would take: the very files that it wrote.
      cpSync(ours(caches), join(shared, 'node-compile-cache'), { recursive: true })
      const { err: own } = await start(caches)
      expect(own).toContain(`reading cache from ${ours(caches)}`)
      const { code, err: none } = await start('/dev/null/caches')
      expect(code).toBe(0)
      expect(own + none).not.toContain(shared)
      expect(none).not.toContain('reading cache')
    },
  )
})
