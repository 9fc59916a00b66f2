import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeLesson } from '../support/lesson.ts'
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
  it.each(pages.filter((page) => hasBlocks(page) && !isGuide(page)))(
    'works as it says, and prints what it shows: %s',
    async (page) => {
      const folder = temporaryFolder()
      const install = fromHere(tarball())
      const text = textOf(page)
      await install(folder, ['koodrive-mock'])
      await takeLesson(text, folder, install)
    },
  )

  it.each([
    ['```ts\nconst a = 1\n```\n', /neither commands nor what they print nor a named file/],
    ['```\nsomething\n```\n', /A block of no language/],
  ])('is refused with a block that nobody can execute: %j', (text, expected) => {
    expect(() => stepsOf(text)).toThrow(expected)
  })

  it('is refused when it shows something else than is printed', async () => {
    const lesson = takeLesson('```sh\necho 1\n```\n\n```text\n2\n```\n', temporaryFolder(), async () => {})
    await expect(lesson).rejects.toThrow('The page shows:\n2\n\nIt prints:\n1\n')
  })
})

describe('the how-to guides', () => {
  const tests = ['docs', 'judges'].flatMap((folder) =>
    readdirSync(`${root}test/${folder}`)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`${root}test/${folder}/${name}`, 'utf8')),
  )

  it.each(pages.filter(isGuide))('are each followed by a test: %s', (page) => {
    const name = page.replace(/^how-to\/(.*)\.md$/, '$1')
    expect(tests.some((text) => text.includes(`'${name}'`) || text.includes(`how-to/${name}.md`))).toBe(true)
  })
})

describe('every page', () => {
  it.each([...pages, '../collections/README.md', '../examples/README.md', '../CONTRIBUTING.md'])(
    'links only to what is there: %s',
    (page) => {
      for (const [, target = ''] of textOf(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
        expect(existsSync(join(dirname(`${root}docs/${page}`), target)), target).toBe(true)
      }
    },
  )

  it.each(pages.filter((page) => page !== 'README.md'))('is reached from the index: %s', (page) => {
    const index = textOf('README.md')
    const links = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(
      links.some((link) => page === link || page.startsWith(`${dirname(link)}/`) || page.startsWith(`${link}/`)),
    ).toBe(true)
  })
})
