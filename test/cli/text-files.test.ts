import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function errorOf(args: readonly string[]): Promise<{ code: number; err: string }> {
  const lines: string[] = []
  const code = await run(args, { out: () => {}, err: (text) => void lines.push(text) })
  return { code, err: lines.join('') }
}

/** Every flag and variable that names a text file. */
const uses: readonly [name: string, args: (file: string) => readonly string[]][] = [
  ['--scenario', (file) => ['--port', '0', '--scenario', file]],
  ['--readings', (file) => ['--port', '0', '--readings', file]],
  ['--log', (file) => ['--port', '0', '--log', file]],
  ['--replay', (file) => ['--port', '0', '--replay', file]],
  ['--cert', (file) => ['--port', '0', '--cert', file, '--key', file]],
  ['scenarios', (file) => ['scenarios', file]],
  ['contract diff', (file) => ['contract', 'diff', file, file]],
  ['KOODRIVE_CREDENTIALS_FILE', () => ['contract', '--target', 'http://127.0.0.1:9']],
]

describe('a text file in an encoding of Windows', () => {
  it.each(uses)('is refused by %s with exit code 2 and the name of the encoding', async (name, args) => {
    const file = join(temporaryFolder(), 'mine.yaml')
    writeFileSync(file, '\ufeff{"name": "部门"}', { encoding: 'utf16le', mode: 0o600 })
    if (name.startsWith('KOODRIVE_')) vi.stubEnv(name, file)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, err } = await errorOf(args(file))
    expect(err).toContain('UTF-16 (little endian); save it as UTF-8')
    expect(err).toContain(file)
    expect(code).toBe(2)
  })

  it('is read with a byte order mark of UTF-8', async () => {
    const file = join(temporaryFolder(), 'mine.yaml')
    writeFileSync(file, '\ufeffname: mine\ntitle: 部门\n')
    expect(await errorOf(['scenarios', file])).toEqual({ code: 0, err: '' })
  })
})
