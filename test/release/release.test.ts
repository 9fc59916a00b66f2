import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtClone } from '../support/built-clone.ts'
import { run, slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const release = (cwd: string, ...args: readonly string[]) =>
  run(process.execPath, ['scripts/release.mjs', ...args], { cwd })

describe('a release', () => {
  slowJudge(
    'is prepared by one command, after which it may be tagged once the owner has filled in the placeholders',
    async () => {
      const folder = builtClone(temporaryFolder())
      const changes = join(folder, 'CHANGELOG.md')
      const open = '## [Unreleased]\n'
      writeFileSync(changes, readFileSync(changes, 'utf8').replace(open, `${open}\n### Fixed\n\n- Something.\n`))
      await expect(release(folder, 'check', 'v9.8.7')).rejects.toThrow('Run: node scripts/release.mjs prepare 9.8.7')
      await release(folder, 'prepare', '9.8.7', '2030-01-31')
      const manifest = join(folder, 'package.json')
      const belongTo = (owner: string) => {
        const text = readFileSync(manifest, 'utf8')
        writeFileSync(manifest, text.replace(/github\.com\/[^/]+\//g, `github.com/${owner}/`))
      }
      belongTo('OWNER')
      await expect(release(folder, 'check', 'v9.8.7')).rejects.toThrow(/package\.json still has the placeholder OWNER/)
      belongTo('somebody')
      expect(await release(folder, 'check', 'v9.8.7')).toBe('9.8.7 can be released.\n')
      await expect(release(folder, 'check', 'v9.8.8')).rejects.toThrow('no part ## [9.8.8]')
      expect(readFileSync(join(folder, 'docs/releases/9.8.7.txt'), 'utf8')).toContain('flag serve --port\n')
      expect(await run(process.execPath, ['dist/cli/main.js', '--version'], { cwd: folder })).toBe('9.8.7\n')
      expect(await release(folder, 'notes', 'v9.8.7')).toMatch(/^### /)
    },
  )

  it('is not prepared over a part of the changelog that is there, while something is unreleased', async () => {
    const folder = temporaryFolder()
    for (const file of ['scripts/release.mjs', 'package.json']) cpSync(root + file, join(folder, file))
    const changes = '# Changelog\n\n## [Unreleased]\n\n- Late.\n\n## [9.8.7] - 2030-01-01\n\n- Early.\n'
    writeFileSync(join(folder, 'CHANGELOG.md'), changes)
    await expect(release(folder, 'prepare', '9.8.7', '2030-01-31')).rejects.toThrow(
      'has a part ## [9.8.7] already: move what is under ## [Unreleased] into it',
    )
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(changes)
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(readFileSync(`${root}package.json`, 'utf8'))
  })

  it('has notes whose links lead into the repository at its tag', async () => {
    const linked = [...(await release(root, 'notes', 'v1.0.0')).matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(linked.length).toBeGreaterThan(0)
    for (const link of linked) expect(link).toMatch(/^https:\/\/github\.com\/[^/]+\/koodrive-mock\/blob\/v1\.0\.0\/\w/)
  })

  it.each([
    ['v1.2.3', ['1.2.3', '1.2', '1', 'latest'], 'latest'],
    ['v1.2.3-rc.1', ['1.2.3-rc.1'], 'next'],
  ])('%s gets the tags %j of the image, and goes to npm as %s', async (tag, tags, npmTag) => {
    const words = (await release(root, 'image', tag, 'example/mock')).trim().split('\n')
    const named = words.flatMap((word, index) => (words[index - 1] === '--tag' ? [word] : []))
    expect(named).toEqual(tags.map((one) => `example/mock:${one}`))
    expect(words).toContain(`VERSION=${tag.slice(1)}`)
    expect(words).toContainEqual(expect.stringMatching(/^SOURCE=https:\/\/github\.com\/[^/]+\/koodrive-mock$/))
    expect(await release(root, 'npm-tag', tag)).toBe(`${npmTag}\n`)
  })

  it.each([[['check', '1.2']], [['image', 'latest', 'x']], [['frobnicate']], [[]]])(
    'says what is wrong with %j',
    async (args) => {
      await expect(release(root, ...args)).rejects.toThrow(/names no version|usage: node scripts\/release\.mjs/)
    },
  )
})
