// The documentation as a site with a search that needs no network: `npx vitepress@1.6.4 build docs`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const docs = fileURLToPath(new URL('..', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const source = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`

const titleOf = (file) => /^# (.*)$/m.exec(readFileSync(docs + file, 'utf8'))?.[1] ?? file
const item = (file) => ({ text: titleOf(file), link: `/${file.replace(/(?:README)?\.md$/, '')}` })
const pagesOf = (folder) =>
  readdirSync(docs + folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => item(`${folder}/${name}`))

/** A link of a page to a file that is no page leads to the repository. */
function toRepository(markdown) {
  const open =
    markdown.renderer.rules.link_open ?? ((tokens, index, options, _, self) => self.renderToken(tokens, index, options))
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const href = tokens[index].attrGet('href') ?? ''
    if (!/^(?:[a-z]+:|#|\/)/.test(href)) {
      const file = relative(root, join(dirname(env.path), href.replace(/#.*$/, '')))
      const isPage = file.startsWith('docs/') && (file.endsWith('.md') || href.endsWith('.html'))
      if (isPage) tokens[index].attrSet('href', href.replace(/README\.md(?=#|$)/, 'index.md'))
      else {
        tokens[index].attrSet('href', source + file)
        tokens[index].attrSet('target', '_blank')
      }
    }
    return open(tokens, index, options, env, self)
  }
}

/** Two braces in code are placeholders of routes, not expressions of a page. */
function withoutExpressions(markdown) {
  const code = markdown.renderer.rules.code_inline
  markdown.renderer.rules.code_inline = (tokens, index, ...others) => {
    tokens[index].attrSet('v-pre', '')
    return code(tokens, index, ...others)
  }
}

const english = [
  { text: 'Start', items: ['tutorial.md', 'provisioning.md', 'tutorial-management.md'].map(item) },
  { text: 'How to', items: pagesOf('how-to') },
  { text: 'Reference', link: '/reference/', items: pagesOf('reference') },
  { text: 'Explanation', items: [...pagesOf('explanation'), item('mutants.md'), item('benchmarks.md')] },
  { text: 'Decisions', collapsed: true, items: pagesOf('decisions') },
  { text: 'Project', items: [item('releasing.md')] },
]

export default {
  title: 'koodrive-mock',
  description: 'A mock of the KooDrive enterprise API, and a contract kit',
  outDir: process.env.SITE_OUT ?? '../artifacts/site',
  cacheDir: '../artifacts/site-cache',
  base: process.env.SITE_BASE ?? '/',
  rewrites: { 'README.md': 'index.md', ':folder/README.md': ':folder/index.md' },
  markdown: {
    html: false,
    config: (markdown) => markdown.use(toRepository).use(withoutExpressions),
  },
  // Links to what is no page are checked by a test of the repository.
  ignoreDeadLinks: [(url) => !url.endsWith('.md') && existsSync(docs + url.replace(/^\//, ''))],
  locales: {
    root: { label: 'English', lang: 'en' },
    'zh-CN': {
      label: '简体中文',
      lang: 'zh-CN',
      themeConfig: {
        sidebar: [
          {
            text: '文档',
            items: ['tutorial', 'signing', 'provisioning', 'testing'].map((name) => item(`zh-CN/${name}.md`)),
          },
        ],
        outline: { label: '本页目录' },
        docFooter: { prev: '上一页', next: '下一页' },
      },
    },
  },
  themeConfig: {
    i18nRouting: false, // most pages are there in one language
    sidebar: english,
    search: {
      provider: 'local',
      options: {
        // Chinese has no spaces between words: each character is looked up, and all must be there.
        miniSearch: {
          options: {
            tokenize: (text) => text.match(/[\u3400-\u9fff]|[^\s\u3000-\u9fff\uff00-\uffef!-/:-@[-^`{-~]+/g) ?? [],
          },
          searchOptions: { combineWith: 'AND' },
        },
        locales: {
          'zh-CN': { translations: { button: { buttonText: '搜索' }, modal: { noResultsText: '没有结果' } } },
        },
      },
    },
  },
}
