import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { errors as errorTable } from '../../src/spec/errors.ts'
import { operations } from '../../src/spec/operations.ts'
import { readingIds } from '../../src/spec/readings.ts'
import { englishIn } from '../support/chinese.ts'
import { describeInChromium } from '../support/chromium.ts'
import { control, ofDefault } from '../support/control.ts'
import { run, slowJudge } from '../support/judge.ts'
import { NOW, overHttp } from '../support/targets.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

describeInChromium('the reference page', (visit) => {
  it('shows every operation, error and reading with its evidence in words, without network', async () => {
    const { baseUrl } = await overHttp()
    const { page, errors, strays } = await visit()
    await page.goto(`${baseUrl}/__admin/docs`)
    for (const { path } of operations) await page.locator('#viewer').getByText(path, { exact: true }).first().waitFor()
    const text = await page.locator('main').innerText()
    for (const { code } of Object.values(errorTable)) expect(text).toContain(String(code))
    for (const id of readingIds) expect(text).toContain(id)
    expect(await page.locator('.evidence').count()).toBeGreaterThan(readingIds.length)
    await page.getByRole('link', { name: 'listUsers', exact: true }).click()
    await page.locator('#viewer').getByText('documented · Listing Users (2024-07-30), page').waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(/x-(?:evidence|source|errors)/)
    expect(errors).toEqual([])
    expect(strays).toEqual([])
  })

  it('has no sentence in English in Chinese, in a group, a form or an answer', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs?lang=zh-CN#op-listTasks`)
    await page.locator('#viewer [id$="-listTasks"].is-open').getByText('添加').waitFor()
    for (const name of ['批量开户', '部门', '空间'])
      await page.locator('.opblock-tag').getByText(name, { exact: true }).waitFor()
    const prose = `[...document.querySelectorAll('main :not(pre, code, textarea, select, option, script)')]
      .flatMap(({ childNodes }) => [...childNodes]).filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
      .map(({ data }) => data).join('\\n')`
    expect(englishIn(await page.evaluate(prose))).toEqual([])
    await page.evaluate("location.hash = '#op-createBatchProvisioningTask'")
    const required = '#viewer [id$="-createBatchProvisioningTask"] .parameter__name.required'
    await page.locator(required).first().waitFor()
    const drawn = `getComputedStyle(document.querySelector('${required}'), '::after').content`
    expect(await page.evaluate(drawn)).toBe('"必填"')
  })

  it('opens the operation that an address names, executes a first batch as it stands, and crushes no column', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs#op-createBatchProvisioningTask`)
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.locator('.live-responses-table .response-col_status').getByText('200').waitFor()
    const copy = await page.locator('.live-responses-table .copy-to-clipboard button').first().boundingBox()
    expect(copy?.width).toBeGreaterThanOrEqual(24)
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      const widths = await page
        .locator('#viewer .opblock.is-open')
        .locator('tbody :is(td.parameters-col_name, td.parameters-col_description, td.response-col_links)')
        .evaluateAll((cells) => cells.map((cell) => (cell as unknown as { clientWidth: number }).clientWidth))
      expect(widths.length).toBeGreaterThan(4)
      for (const one of widths) expect(one).toBeGreaterThan(75)
    }
    await page.evaluate("location.hash = '#op-listUserSpaces'")
    await page.locator('#viewer [id$="-listUserSpaces"].is-open').waitFor()
  })

  it('explains the signature by a request signed now, and copies code in five languages that is signed anew', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs#op-createBatchProvisioningTask`)
    const samples = page.locator('#viewer [id$="-createBatchProvisioningTask"] .samples')
    for (const [language, words] of [
      ['Node', 'await fetch('],
      ['Python', 'http.client'],
      ['Java', 'HttpRequest.newBuilder'],
      ['Go', 'http.NewRequest'],
      ['curl', 'curl '],
    ] as const) {
      await samples.getByRole('button', { name: language, exact: true }).click()
      await samples.locator('pre').getByText(words).waitFor()
    }
    await samples.getByText('X-Date: 20260416T080000Z').waitFor()
    mock.world.get('default')?.execute('set-clock', { now: NOW + 20 * 60_000, frozen: true, rate: 1 })
    await samples.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    const curl = await clipboard(page)
    expect(curl).toContain('X-Date: 20260416T082000Z')
    expect(JSON.parse(await run('sh', ['-c', curl]))).toMatchObject({ code: 0 })

    await page.locator('#docs-canonical').getByText('/koodrive/ose/v1/userList/').waitFor()
    expect(await page.locator('#docs-string').innerText()).toMatch(/^HMAC-SHA256\n[0-9a-f]{64}$/)
    const other = mock.sandbox()
    await page.getByLabel('Sandbox whose credentials sign').fill(other.id)
    await page.getByRole('button', { name: 'Sign again' }).click()
    await page.locator('#docs-authorization').getByText(other.credentials.appId).waitFor()
  })

  it('signs what one tries out, and an id in the body keeps its digits', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs`)
    for (const name of ['listUsers', 'queryBatchProvisioning', 'preverifyBatchImport']) {
      await page.getByRole('link', { name, exact: true }).click()
      const block = page.locator(`#viewer [id$="-${name}"]`)
      if (name.startsWith('query')) await block.locator('tr[data-param-name=taskId] input').fill('1882735962480556672')
      await block.getByRole('button', { name: 'Execute' }).click()
      await block.locator('.live-responses-table .response-col_status').getByText('200').waitFor()
    }
    const { json } = await control({ baseUrl, fetch }, 'GET', ofDefault('/requests/default-3'))
    expect(json.request.body).toContain('1575416580416769793')
    expect(json.status).toBe(200)
  })

  it('asks for the control token before it signs', async () => {
    const { baseUrl } = await overHttp({ control: { token: 'a-control-token' } })
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs`)
    await page.getByRole('link', { name: 'preverifyBatchImport' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.locator('#token').fill('a-control-token')
    await page.getByRole('button', { name: 'Use this token' }).click()
    await page.locator('.live-responses-table .response-col_status').getByText('200').waitFor()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    slowJudge(
      `has no violation of WCAG 2.2 AA in the ${colorScheme} theme, an operation and its answer open`,
      async () => {
        const { baseUrl } = await overHttp()
        const { page } = await visit({ colorScheme })
        await page.goto(`${baseUrl}/__admin/docs#op-preverifyBatchImport`)
        await page.getByRole('button', { name: 'Execute' }).click()
        await page.locator('.live-responses-table .response-col_status').getByText('200').waitFor()
        await page.evaluate(axe)
        const found = await page.evaluate(
          `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
        )
        expect(found).toEqual([])
      },
    )
  }
})
