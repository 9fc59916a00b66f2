import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packed } from '../support/packed.ts'
import { follow, fromHere, howTo, sectionOf, stepsOf } from '../support/page.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tarball = packed()

describe('a how-to guide, followed word by word in an empty folder', { timeout: 60_000 }, () => {
  it.each([
    ['vitest', '', [/Tests +2 passed/]],
    ['node-test', '', [/pass 2$/m, /pass 3$/m]],
    ['production-host', 'With Mock Service Worker', [/^200$/m]],
    ['production-host', 'With undici', [/^200$/m]],
  ])('ends in what it promises: %s %s', async (name, section, expected) => {
    const page = section === '' ? howTo(name) : sectionOf(howTo(name), section)
    const printed = await follow(stepsOf(page), temporaryFolder(), fromHere(tarball()))
    for (const pattern of expected) expect(printed).toMatch(pattern)
  })
})

describe('the how-to guides', () => {
  it('are each linked from the README', () => {
    const readme = readFileSync(`${root}README.md`, 'utf8')
    for (const name of readdirSync(`${root}docs/how-to`)) expect(readme).toContain(`docs/how-to/${name}`)
  })
})
