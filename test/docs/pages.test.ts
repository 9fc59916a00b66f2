import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { slowJudge } from '../support/judge.ts'
import { takeLesson } from '../support/lesson.ts'
import { brokenLinks } from '../support/links.ts'
import { packed } from '../support/packed.ts'
import { fromHere, stepsOf } from '../support/page.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const pages = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.md'))
  .sort()
const textOf = (page: string): string => readFileSync(`${root}docs/${page}`, 'utf8')
const isGuide = (page: string): boolean => page.startsWith('how-to/')
const hasBlocks = (page: string): boolean => /^```/m.test(textOf(page))

const tarball = packed()

describe('a page of the documentation, read in an empty folder', { timeout: 120_000 }, () => {
  // The first one that everybody reads in every run, the others in CI.
  for (const page of pages.filter((one) => hasBlocks(one) && !isGuide(one))) {
    const execute = page === 'tutorial.md' ? it : slowJudge
    execute(`works as it says, and prints what it shows: ${page}`, async () => {
      const folder = temporaryFolder()
      const install = fromHere(tarball())
      await install(folder, ['koodrive-mock'])
      await takeLesson(textOf(page), folder, install)
    })
  }

  it.each([
    ['```ts\nconst a = 1\n```\n', /neither commands nor a named file nor what is printed/],
    ['```\nsomething\n```\n', /A block of no language/],
  ])('is refused with a block that nobody can execute: %j', (text, expected) => {
    expect(() => stepsOf(text)).toThrow(expected)
  })

  it('is refused when it shows something else than is printed', async () => {
    const lesson = takeLesson('```sh\necho 1\n```\n\n```text\n2\n```\n', temporaryFolder(), async () => {})
    await expect(lesson).rejects.toThrow('The page shows:\n2\n\nIt prints:\n1\n')
  })
})

describe('every page', () => {
  const others = ['README.zh-CN.md', 'collections/README.md', 'examples/README.md', 'CONTRIBUTING.md', 'llms.txt']

  it.each([...pages.map((page) => `docs/${page}`), ...others])('links only to what is there: %s', (page) => {
    expect(brokenLinks(page)).toEqual([])
  })

  it.each(pages.filter((page) => page !== 'README.md'))('is reached from the index: %s', (page) => {
    const links = [...textOf('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    const folders = links.map((link) => `${link.replace(/\/README\.md$/, '')}/`)
    expect(links.includes(page) || folders.some((folder) => page.startsWith(folder))).toBe(true)
  })
})

/** Pages outside docs/, and how many of their blocks a test of their own executes. */
const elsewhere = {
  'README.md': 6,
  'README.zh-CN.md': 6,
  'examples/README.md': 0,
  'collections/README.md': 0,
  'CONTRIBUTING.md': 0,
}

describe('a page outside docs/', () => {
  it.each(Object.entries(elsewhere))('has no block that is neither executed nor says why not: %s', (page, executed) => {
    const text = readFileSync(root + page, 'utf8')
    const blocks = text.match(/^```[\s\S]*?^```$/gm)?.length ?? 0
    const excused = text.match(/^<!-- not executed: .+ -->\n\n```/gm)?.length ?? 0
    expect(blocks - excused).toBe(executed)
  })
})
