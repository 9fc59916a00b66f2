import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { defaultCredentials } from '../../src/world/world.ts'
import { sample } from '../support/judge.ts'
import { brokenLinks } from '../support/links.ts'
import { packed } from '../support/packed.ts'
import { follow, fromHere } from '../support/page.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const textOf = (page: string): string => readFileSync(root + page, 'utf8')

/** The blocks of a page with a language, in order. */
const blocksOf = (page: string): string[] => textOf(page).match(/^```[\s\S]*?^```$/gm) ?? []
const shellOf = (page: string): string[] =>
  blocksOf(page).flatMap((block) => /^```sh\n([\s\S]*)```$/.exec(block)?.[1] ?? [])

function shell(script: string, program: string): Promise<string> {
  const child = spawn(program, ['-c', script])
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  return new Promise((resolve) => {
    child.on('close', () => resolve(out))
  })
}

const tarball = packed()

const command = `'${process.execPath}' '${root}dist/cli/main.js'`

describe.each(['README.md', 'README.zh-CN.md'])('%s', (page) => {
  const readme = textOf(page)

  it('has fewer than 150 lines, and npx in its first block', () => {
    expect(readme.split('\n').length).toBeLessThan(150)
    expect(blocksOf(page)[0]).toBe('```sh\nnpx koodrive-mock\n```')
  })

  it.each(sample(['sh', 'bash'], 2))(
    'shows a tour that works when it is pasted into %s block by block',
    async (program) => {
      const mock = createMock({ speed: 1_000_000 })
      const { url } = await mock.listen({ port: 0 })
      const [, create = '', poll = '', mistake = ''] = shellOf(page)
      const script = [create, poll, mistake].join('echo ===\n')
      const told = /^# (X-Mock-Diagnosis: .*)$/m.exec(mistake)?.[1]
      const pasted = script.replace('http://127.0.0.1:4010', url).replaceAll('npx koodrive-mock', command)
      const [created, polled, refused] = (await shell(pasted, program)).split('===\n')
      expect(JSON.parse(created ?? '')).toEqual({ data: expect.stringMatching(/^\d{19}$/), code: 0, msg: 'Success' })
      expect(JSON.parse(polled ?? '').data.taskInfo).toMatchObject({ status: '2', successCount: 2 })
      expect(refused).toContain(told)
      await mock.close()
    },
  )

  it('shows calls of the control plane that work', async () => {
    const mock = createMock()
    const { url } = await mock.listen({ port: 0 })
    const create = shellOf(page).at(-1) ?? ''
    const { id } = JSON.parse(await shell(create.replace('http://127.0.0.1:4010', url), 'sh'))
    const calls = [...readme.matchAll(/`(GET|PUT|POST) (\/__admin\/[^` ]+)`(?: `([^`]+)`)?/g)]
    expect(calls.length).toBeGreaterThan(7)
    for (const [, method, path = '', body] of calls) {
      const response = await fetch(url + path.replace('ID', id), {
        method: method ?? 'GET',
        ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
      })
      expect([path, response.ok, await response.text()]).toEqual([path, true, expect.any(String)])
    }
    await mock.close()
  })

  it('shows a test that passes in a folder with the package, and ends', async () => {
    const [, path = '', text = ''] = /^`(\S+)`:\n\n```js\n([\s\S]*?)^```$/m.exec(readme) ?? []
    const [, install = '', run = ''] =
      /`(npm install --save-dev koodrive-mock)`[^`]*$[\s\S]*`(node --test)`/m.exec(readme) ?? []
    const steps = [{ commands: `${install}\n` }, { path, text }, { commands: run }]
    expect(await follow(steps, temporaryFolder(), fromHere(tarball()))).toMatch(/^[#ℹ] pass 1$/m)
  })

  it('names the credentials that the mock has', () => {
    const { appId, appSecret, userId, tokens } = defaultCredentials
    for (const text of [appId, appSecret, userId, ...Object.values(tokens)]) expect(readme).toContain(`\`${text}\``)
  })

  it('links only to what is there', () => {
    expect(brokenLinks(page)).toEqual([])
  })
})

/** What must be the same in both languages: kinds of headings, links to pages, blocks without their comments. */
const skeleton = (page: string) => {
  const text = textOf(page)
  const withoutComments = (block: string): string => block.replace(/ \/\/ .*$/gm, '')
  return {
    headings: [...text.matchAll(/^(#+) /gm)].map(([, level]) => level),
    blocks: blocksOf(page).map(withoutComments),
    rows: text.split('\n').filter((line) => line.startsWith('| ')).length,
    calls: text.match(/`(?:GET|PUT|POST) [^`]+`/g),
  }
}

describe('the pages in two languages', () => {
  it.each([
    ['README.md', 'README.zh-CN.md'],
    ['docs/tutorial.md', 'docs/zh-CN/tutorial.md'],
    ['docs/provisioning.md', 'docs/zh-CN/provisioning.md'],
  ])('%s and %s have the same headings, blocks and rows', (english, chinese) => {
    expect(skeleton(chinese)).toEqual(skeleton(english))
  })

  it('link to the same pages, each in its language, and to those that are there in Chinese alone', () => {
    const linksOf = (page: string) =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, link = '']) => link.replace('zh-CN/', '').replace('.zh-CN', ''))
        .filter((link) => existsSync(root + link))
        .sort()
    expect(linksOf('README.zh-CN.md')).toEqual(linksOf('README.md'))
    for (const page of readdirSync(`${root}docs/zh-CN`))
      expect(textOf('README.zh-CN.md')).toContain(`(docs/zh-CN/${page})`)
  })

  it('use the words of the vendor in Chinese', () => {
    for (const term of ['批量开户', '前置校验', '用户列表', '空间']) expect(textOf('README.zh-CN.md')).toContain(term)
  })
})
