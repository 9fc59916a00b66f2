import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { languages } from '../../src/spec/languages.ts'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp, type Target } from '../support/targets.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on the page, one line for each kind. */
async function violations(page: Page, rules: readonly string[] = RULES): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  )
}

type Lively = Target & { readonly taskId: string; readonly userId: string }

/** A sandbox in which every view has something to show. */
async function livelyMock(): Promise<Lively> {
  const target = await overHttp()
  const userList = [
    { firstname: 'A', phone: '19990000001' },
    { firstname: 'B', phone: '19990000009' },
    { firstname: 'C', phone: '19990000102' },
  ]
  const { json } = await target.client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
  target.mock.world.get('default')?.execute('add-fault', { fault: { kind: 'malformed', nth: 1000 } })
  await target.client.signed('GET', `${paths.query}?taskId=${json.data}`, { headers: { Host: 'elsewhere' } })
  await target.client.get(`${paths.users}?offset=0&limit=1`)
  target.mock.defaultSandbox.clock.advance('PT1M')
  const userId = target.mock.world.get('default')?.read().directory.findByPhone('19990000001')?.id ?? ''
  return { ...target, taskId: json.data, userId }
}

/** Every view, forms and lists of it open: its name in the address and the parameters. */
const placesOf = ({ taskId, userId }: Lively): readonly (readonly [string, Record<string, string>])[] => [
  ['sandboxes', {}],
  ['tasks', {}],
  ['task', { id: taskId }],
  ['journal', {}],
  ['journal', { id: 'default-2' }],
  ['journal', { q: 'nothing that anybody sent' }],
  ['exchange', { id: 'default-2' }],
  ['clock', {}],
  ['clock', { kind: 'error', operation: 'listUsers', times: '1' }],
  ['clock', { kind: 'latency', delayMs: 'soon' }],
  ['clock', { outcome: 'fail', rowError: 'own', rowCode: '1', rowEvery: '2' }],
  ['clock', { preview: 'throttled', edit: '1' }],
  ['readings', {}],
  ['directory', {}],
  ['user', { id: userId }],
  ['report', {}],
  ['sign', {}],
]

describeInChromium('axe', (visit) => {
  it('finds no violation of WCAG 2.2 AA on any view in either theme, and the console stays silent', async () => {
    const lively = await livelyMock()
    const { page, errors, strays } = await visit()
    for (const [view, params] of placesOf(lively)) {
      const place = `${view} ${JSON.stringify(params)}`
      await page.emulateMedia({ colorScheme: 'light' })
      await openView(page, lively.baseUrl, view, params)
      expect(await violations(page), place).toEqual([])
      expect(await page.title()).toMatch(/\S+ · koodrive-mock$/)
      // The markup is the same in the dark.
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(page, ['color-contrast']), `${place} in the dark`).toEqual([])
    }
    expect(errors).toEqual([])
    expect(strays).toEqual([])
  }, 120_000)

  it('finds none on a narrow screen in Chinese, where nothing sticks out of the page', async () => {
    const lively = await livelyMock()
    const { page, errors } = await visit({ width: 360, locale: 'zh-CN' })
    for (const [view, params] of placesOf(lively)) {
      await openView(page, lively.baseUrl, view, params)
      expect(await violations(page), view).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBeLessThanOrEqual(0)
    }
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(errors).toEqual([])
  }, 120_000)

  it('finds none in the dialogs', async () => {
    const { baseUrl } = await overHttp({ control: { token: 'a-control-token' } })
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/console`)
    await page.locator('#token').waitFor()
    expect(await violations(page)).toEqual([])
  })
})

describeInChromium('the keyboard', (visit) => {
  it('reaches the content by the skip link first', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'sandboxes')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to content')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    expect(page.url()).toContain('#/sandboxes')
  })

  it('opens views, the filter, the theme and the list of keys, and moves the focus to the new heading', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'sandboxes')
    await page.keyboard.press('3')
    await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Journal')
    expect(await page.locator('nav [aria-current=page]').innerText()).toBe('Journal')
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.form.dataset.navigate')).toBe('journal')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('t')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Single-key shortcuts are on').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('1')
    expect(page.url()).toContain('#/journal')
  })
})

describeInChromium('the chosen theme and language', (visit) => {
  it('stay after a reload', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'clock')
    await page.getByRole('button', { name: 'Dark or light' }).click()
    await page.getByRole('link', { name: '中文' }).click()
    await page.getByRole('heading', { level: 1 }).getByText('时钟与场景').waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1 }).getByText('时钟与场景').waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(languages).toContain(await page.locator('html').getAttribute('lang'))
  })
})
