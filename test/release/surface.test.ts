import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { publicSurface } from '../../scripts/surface.mjs'
import { root } from '../support/source-files.ts'

const majorOf = (version: string): number => Number(version.split('.')[0])
const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
const releases = readdirSync(`${root}docs/releases`)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))
  .sort(inOrder)
const last = releases.at(-1) ?? ''
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const promised = readFileSync(`${root}docs/releases/${last}.txt`, 'utf8').trim().split('\n')

describe('the public surface', () => {
  it('keeps everything that the last release had, until the next major version', { timeout: 60_000 }, async () => {
    const now = new Set(await publicSurface())
    const missing = promised.filter((line) => !now.has(line))
    if (majorOf(version) > majorOf(last)) return
    const advice = `docs/releases/${last}.txt promises them, and docs/releasing.md says how something may go. While ${last} is not out: node scripts/release.mjs surface`
    expect(missing, advice).toEqual([])
  })

  it('has every part that docs/releasing.md promises to keep', () => {
    const kinds = new Set(promised.map((line) => line.split(' ')[0]))
    expect([...kinds].sort()).toEqual([
      'check',
      'command',
      'control',
      'environment',
      'flag',
      'format',
      'library',
      'operation',
      'reading',
      'scenario',
    ])
  })
})
