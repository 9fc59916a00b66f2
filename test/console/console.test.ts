import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp, type Target } from '../support/targets.ts'

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

const userList = (count: number) =>
  JSON.stringify({
    userList: Array.from({ length: count }, (_, at) => ({ firstname: `U${at}`, phone: `1866000${1000 + at}` })),
  })

const provision = async ({ client }: Target, count: number): Promise<string> => {
  const reply = await client.signed('POST', paths.create, { body: userList(count) })
  return reply.json.data
}

describeInChromium('a reader of the console', (visit) => {
  it('finds the credentials of a sandbox, uncovers a secret and copies it', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'sandboxes')
    const { appId, appSecret } = mock.credentials
    expect(await page.locator('main').innerText()).toContain(appId)
    expect(await page.locator('main').innerText()).not.toContain(appSecret)
    await page.getByRole('button', { name: 'Show AppSecret' }).click()
    await page.getByText(appSecret).waitFor()
    await page.getByRole('button', { name: 'Copy AppSecret' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await clipboard(page)).toBe(appSecret)
  })

  it('makes, resets and deletes a sandbox', async () => {
    const { baseUrl, mock } = await overHttp({ seed: 1 })
    const { page } = await visit()
    page.on('dialog', (dialog) => dialog.accept())
    await openView(page, baseUrl, 'sandboxes')
    await page.getByRole('button', { name: 'New sandbox' }).click()
    await page.getByRole('link', { name: 'sandbox-1' }).click()
    await page.getByRole('heading', { name: 'Credentials of sandbox-1' }).waitFor()
    expect(await page.locator('main').innerText()).toContain(
      mock.world.get('sandbox-1')?.config.credentials.appId ?? '?',
    )
    await page.getByRole('button', { name: 'Reset sandbox-1' }).click()
    await page.getByRole('status').getByText('Done').waitFor()
    await page.getByRole('button', { name: 'Delete sandbox-1' }).click()
    await page.getByRole('heading', { name: 'Credentials of default' }).waitFor()
    expect(mock.world.get('sandbox-1')).toBeUndefined()
  })

  it('ends a task by hand and reads what became of each row', async () => {
    const target = await overHttp()
    const { page } = await visit()
    const taskId = await provision(target, 120)
    await openView(page, target.baseUrl, 'tasks')
    await page.getByRole('link', { name: taskId }).click()
    await page.getByText('0 of 120 rows', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Complete now' }).click()
    await page.getByText('120 of 120 rows', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('18660001119').waitFor()
    const rows = page.getByRole('region', { name: 'Rows', exact: true }).locator('tbody tr')
    expect(await rows.count()).toBe(20)
    expect(await rows.first().innerText()).toContain('Succeeded')
  })

  it('filters the journal and opens an exchange in full', async () => {
    const { client, baseUrl } = await overHttp()
    const { page } = await visit()
    await client.get(`${paths.users}?offset=0&limit=2`)
    await client.get(`${paths.spaces}?offset=0&limit=nonsense`)
    await openView(page, baseUrl, 'journal')
    expect(await page.locator('tbody tr').count()).toBe(2)
    await page.getByLabel('Status').fill('400')
    await page.keyboard.press('Enter')
    await page.getByText('of 2 kept').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('link', { name: 'listUserSpaces' }).click()
    await page.getByRole('heading', { name: 'What is wrong' }).waitFor()
    expect(await page.locator('#diagnosis').innerText()).toContain('limit')
    expect(await page.getByRole('region', { name: 'Request: Headers' }).innerText()).toContain('Bearer')
    expect(await page.getByRole('region', { name: 'Response: Body' }).innerText()).toContain('13000102')
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    const curl = await clipboard(page)
    expect(curl).toMatch(/^curl .*limit=nonsense/)
    expect(curl).not.toContain('mock-admin-token')
  })

  it('empties the journal', async () => {
    const { client, baseUrl } = await overHttp()
    const { page } = await visit()
    page.on('dialog', (dialog) => dialog.accept())
    await client.get(`${paths.users}?offset=0&limit=2`)
    await openView(page, baseUrl, 'journal')
    await page.getByRole('button', { name: 'Clear the journal' }).click()
    await page.getByText('No request has come in yet.').waitFor()
  })

  it('freezes, advances, sets and speeds up the clock', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page } = await visit()
    const clock = () => mock.world.get('default')?.clock.read()
    await openView(page, baseUrl, 'clock')
    await page.locator('#now').getByText('2026-04-16 08:00:00 UTC').waitFor()
    await page.getByRole('button', { name: 'Advance by + 16 min' }).click()
    await page.locator('#now').getByText('2026-04-16 08:16:00 UTC').waitFor()
    await page.getByLabel('By (ISO 8601 duration)').fill('PT44M')
    await page.getByRole('button', { name: 'Advance', exact: true }).click()
    await page.locator('#now').getByText('2026-04-16 09:00:00 UTC').waitFor()
    await page.getByLabel('To (ISO 8601, UTC)').fill('2026-05-01T00:00:00Z')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.locator('#now').getByText('2026-05-01 00:00:00 UTC').waitFor()
    await page.getByLabel('Rate').fill('60')
    await page.locator('form:has([name=rate]) button').click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.locator('.clock').getByText('running at 60×').waitFor()
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.locator('.clock').getByText('frozen', { exact: true }).waitFor()
    expect(clock()).toMatchObject({ frozen: true, rate: 60 })
  })

  it('is told why a clock value is refused', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'clock')
    await page.getByLabel('By (ISO 8601 duration)').fill('soon')
    await page.getByRole('button', { name: 'Advance', exact: true }).click()
    await page.locator('#announcer').getByText('duration').waitFor()
  })

  it('switches the scenario, a reading, and removes a fault', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page } = await visit()
    const state = () => mock.world.get('default')?.read()
    mock.world.get('default')?.execute('add-fault', { fault: { kind: 'malformed' } })
    await openView(page, baseUrl, 'clock')
    await page.getByRole('button', { name: 'Remove fault' }).click()
    await page.getByText('No fault is active.').waitFor()
    await page.getByLabel('Scenario of default').selectOption('duplicates')
    await page.locator('form:has([name=scenario]) button').click()
    await page.getByRole('status').getByText('Scenario changed').waitFor()
    expect(state()?.scenario.name).toBe('duplicates')

    await openView(page, baseUrl, 'readings')
    for (const [id, value] of [
      ['code-type', 'string'],
      ['user-list-key', 'data'],
    ] as const) {
      await page.getByLabel(`Answer of ${id}`).selectOption(value)
      await page.locator(`form:has(select#reading-${id}) button`).click()
      await page.locator(`[data-key="${id} ${value}"]`).waitFor()
    }
    expect(state()?.readings).toMatchObject({ 'code-type': 'string', 'user-list-key': 'data' })
  })

  it('browses departments and finds a user by name', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page } = await visit()
    const user = mock.world.get('default')?.read().directory.userAt(7)
    await openView(page, baseUrl, 'directory')
    await page.getByText('200 users').waitFor()
    await page.getByLabel('Name contains').fill(user?.name ?? '?')
    await page.keyboard.press('Enter')
    await page.getByText('1 user', { exact: true }).waitFor()
    await page.getByText(user?.id ?? '?').waitFor()
    await page.getByRole('navigation', { name: 'Departments' }).getByRole('link', { name: 'Product' }).click()
    await page.locator('.tree [aria-current]').getByText('Product').waitFor()
  })

  it('reads the report card with its proof, and the coverage', async () => {
    const target = await overHttp()
    const { page } = await visit()
    const taskId = await provision(target, 1)
    for (let poll = 0; poll < 3; poll += 1) await target.client.signed('GET', `${paths.query}?taskId=${taskId}`)
    await openView(page, target.baseUrl, 'report')
    await page.getByText('4 requests').waitFor()
    await page.locator('article.finding').first().waitFor()
    await page.getByText('Operations and their outcomes').click()
    expect(await page.locator('details[open] .items').innerText()).toMatch(/3×/)
    await page.locator('article.finding a').first().click()
    await page.getByRole('heading', { name: /^Request default-/ }).waitFor()
  })

  it('signs a request and sends it', async () => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await openView(page, baseUrl, 'sign')
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    await page.getByRole('region', { name: 'Headers to send' }).getByText('Authorization: HMAC-SHA256').waitFor()
    expect(await page.locator('#signed-canonical').innerText()).toContain('/koodrive/ose/v1/userList/')
    await page.getByRole('button', { name: 'Send it' }).click()
    await page.getByText('HTTP 200').waitFor()
    // As lines, with ids as they came.
    expect(await page.locator('#sent-body').innerText()).toMatch(/^\{\n {2}"list": \[\n {4}\{\n {6}"id": "\d{19}",\n/)
  })
})
