import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { judge, run } from '../support/judge.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LINK = /<a[^>]* href="([^"#]+)/g

/** Links of a built site that lead to no file of it. */
function brokenLinksOf(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
  return pages.flatMap((page) =>
    [...readFileSync(join(site, page), 'utf8').matchAll(LINK)]
      .map(([, href = '']) => new URL(href, `http://site/${page}`))
      .filter(({ host }) => host === 'site')
      .map(({ pathname }) => decodeURIComponent(pathname))
      .filter((path) => !existsSync(join(site, path.endsWith('/') ? `${path}index.html` : path)))
      .map((path) => `${page} -> ${path}`),
  )
}

describe('the documentation', () => {
  judge(
    'is a site in both languages without a broken link, with a search that needs no network',
    'vitepress',
    async (program) => {
      const site = join(temporaryFolder(), 'site')
      await run(program, ['build', 'docs'], { env: { SITE_OUT: site, NODE_ENV: 'production' } })
      expect(brokenLinksOf(site)).toEqual([])
      expect(readFileSync(join(site, 'zh-CN/tutorial.html'), 'utf8')).toContain('批量开户')
      const scripts = readdirSync(join(site, 'assets/chunks'))
      const indexOf = (language: string) =>
        readFileSync(
          join(site, 'assets/chunks', scripts.find((name) => name.startsWith(`@localSearchIndex${language}`)) ?? ''),
          'utf8',
        )
      expect(indexOf('root').includes('["diagnosis",')).toBe(true)
      for (const character of '批量开户') expect(indexOf('zh-CN').includes(`["${character}",`)).toBe(true)
    },
    4,
  )

  judge('is spelt right, by the glossary', 'cspell', async (program) => {
    expect(await run(program, ['lint', '--no-progress', '--no-summary', '--words-only', '--unique'])).toBe('')
  })
})
