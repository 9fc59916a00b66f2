import { describe, expect, it } from 'vitest'
import { isServed, serve, whenGone } from '../support/served.ts'
import { root } from '../support/source-files.ts'

describe('npm start', () => {
  it('leaves no mock behind when a signal ends it, which npm does not hand on', { timeout: 60_000 }, async () => {
    const mock = await serve(['start', '--', '--port', '0'], 'npm', { cwd: root })
    expect(await isServed(mock.url)).toBe(true)
    await mock.stop()
    await whenGone(mock.url)
  })
})
