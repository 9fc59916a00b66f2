import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { errors as errorTable } from '../../src/spec/errors.ts'
import { operations } from '../../src/spec/operations.ts'
import { readingIds } from '../../src/spec/readings.ts'
import { describeInChromium } from '../support/chromium.ts'
import { control, ofDefault } from '../support/control.ts'
import { overHttp } from '../support/targets.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describeInChromium('the reference page', (visit) => {
  it('shows every operation, error and reading with its evidence, without network', async () => {
    const { baseUrl } = await overHttp()
    const { page, errors, strays } = await visit()
    await page.goto(`${baseUrl}/__admin/docs`)
    for (const { path } of operations) await page.locator('#viewer').getByText(path, { exact: true }).first().waitFor()
    const text = await page.locator('main').innerText()
    for (const { code } of Object.values(errorTable)) expect(text).toContain(String(code))
    for (const id of readingIds) expect(text).toContain(id)
    expect(await page.locator('.evidence').count()).toBeGreaterThan(readingIds.length)
    await page.getByRole('link', { name: 'listUsers', exact: true }).click()
    await page.getByText('x-evidence: documented').first().waitFor()
    expect(errors).toEqual([])
    expect(strays).toEqual([])
  })

  it('signs what one tries out, and an id in the body keeps its digits', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/docs`)
    for (const name of ['queryBatchProvisioning', 'preverifyBatchImport']) {
      await page.getByRole('link', { name }).click()
      const block = page.locator(`#viewer [id$="-${name}"]`)
      if (name.startsWith('query')) await block.locator('tr[data-param-name=taskId] input').fill('1882735962480556672')
      await block.getByRole('button', { name: 'Execute' }).click()
      await block.locator('.live-responses-table .response-col_status').getByText('200').waitFor()
    }
    const { json } = await control({ baseUrl, fetch }, 'GET', ofDefault('/requests/default-2'))
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

  it.each(['light', 'dark'] as const)(
    'has no violation of WCAG 2.2 AA in the %s theme, an operation and its answer open',
    async (colorScheme) => {
      const { baseUrl } = await overHttp()
      const { page } = await visit({ colorScheme })
      await page.goto(`${baseUrl}/__admin/docs`)
      await page.getByRole('link', { name: 'preverifyBatchImport' }).click()
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
})
