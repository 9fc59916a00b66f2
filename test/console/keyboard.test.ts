import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp } from '../support/targets.ts'

const LIST = `${paths.users}?offset=0&limit=1`
const focused = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()")

/** Goes on by Tab until something has the focus that is named so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (typeof name === 'string' ? now === name : name.test(now)) return
  }
  throw new Error(`Tab does not reach ${name}.`)
}

describeInChromium('without a mouse', (visit) => {
  it('a request is found, read, edited and sent again', async () => {
    const { client, baseUrl } = await overHttp()
    await client.get(LIST)
    await client.get(`${paths.users}?offset=5&limit=none`)
    const { page, strays, errors } = await visit({ width: 1440 })
    await openView(page, baseUrl, 'sandboxes')
    await page.keyboard.press('3')
    await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('offset=5')
    await page.keyboard.press('Enter')
    await page.getByText('of 2 kept').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(await page.evaluate('document.activeElement.name')).toBe('q')
    await tabTo(page, 'listUsers')
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'Request default-2' }).waitFor()
    await tabTo(page, 'Edit and send')
    await page.keyboard.press('Enter')
    for (let at = 0; at < 3; at += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.name')).toBe('target')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(LIST)
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'Request default-3' }).waitFor()
    expect(await page.locator('.detail .summary').innerText()).toContain('200')
    await page.locator('h1').focus()
    await page.keyboard.press('Escape')
    await page.locator('.detail').waitFor({ state: 'detached' })
    expect(strays).toEqual([])
    expect(errors).toEqual([])
  })

  it('a fault is made, the focus stays in its form, and the clock goes on', async () => {
    const { mock, baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'sandboxes')
    await page.keyboard.press('4')
    await page.getByRole('heading', { level: 1, name: 'Clock & scenario' }).waitFor()
    await tabTo(page, 'Advance by + 1 min')
    await page.keyboard.press('Enter')
    await page.locator('.clock-line').getByText('08:01:00').waitFor()
    const kind = page.locator('form[data-previews=fault-preview] [name=kind]')
    await kind.focus()
    await page.keyboard.press('d')
    await page.locator('#fault-preview').getByText('bytes at a time').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('kind')
    await tabTo(page, 'Add the fault')
    await page.keyboard.press('Enter')
    await page.locator('tbody').getByText('in force').waitFor()
    expect(
      mock.world
        .get('default')
        ?.read()
        .faults.all()
        .map(({ fault }) => fault.kind),
    ).toEqual(['drip'])
  })
})

describeInChromium('the journal', (visit) => {
  it('is filtered by operation, class of status and faults, and a request leads to its user', async () => {
    const { client, mock, baseUrl } = await overHttp()
    await client.get(LIST)
    await client.get(`${paths.spaces}?offset=0&limit=1`)
    await client.signed('GET', `${paths.query}?taskId=1`)
    mock.defaultSandbox.faults.add({ kind: 'error', status: 503, times: 1 })
    await client.get(LIST)
    const { page } = await visit({ width: 1440 })
    for (const [params, ids] of [
      [{ operation: 'listUserSpaces' }, ['default-2']],
      [{ status: '4xx' }, ['default-3']],
      [{ status: '503' }, ['default-4']],
      [{ kind: 'fault' }, ['default-4']],
      [{ operation: 'listUsers', kind: 'accepted' }, ['default-1']],
    ] as const) {
      await openView(page, baseUrl, 'journal', params)
      const keys = await page.evaluate("[...document.querySelectorAll('tbody tr')].map((row) => row.dataset.key)")
      expect(keys, JSON.stringify(params)).toEqual(ids)
    }
    await openView(page, baseUrl, 'journal', { id: 'default-3' })
    await page.locator('.detail dt', { hasText: 'User (X-User-Id)' }).locator('..').getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: /^User / }).waitFor()
    expect(await page.locator('main').innerText()).toContain(mock.credentials.userId)
  })

  it('judges nothing where no call succeeded: neither no request nor unknown paths make a report card good', async () => {
    const { client, baseUrl } = await overHttp()
    const { page } = await visit()
    const verdict = page.locator('section.card', { hasText: 'Report card of the client' }).locator('.badge').first()
    await openView(page, baseUrl, 'report')
    expect(await verdict.innerText()).toBe('nothing to judge')
    await client.get('/koodrive/ose/v1/nothing')
    await client.get('/koodrive/ose/v1/nothing/else')
    await openView(page, baseUrl, 'journal')
    await openView(page, baseUrl, 'report')
    expect(await verdict.innerText()).toBe('nothing to judge')
  })
})
