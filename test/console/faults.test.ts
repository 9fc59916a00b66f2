import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { faultKinds } from '../../src/scenarios/schema.ts'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp } from '../support/targets.ts'

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

describeInChromium('trouble in the console', (visit) => {
  it('is a form for every kind of fault, shows what the client will get, counts, and arms anew', async () => {
    const { client, mock, baseUrl } = await overHttp()
    const { page, errors } = await visit()
    const faults = () => mock.world.get('default')?.read().faults.all() ?? []
    await openView(page, baseUrl, 'clock')
    const form = page.locator('section.card', { hasText: 'New fault' })
    for (const kind of faultKinds()) {
      await form.getByLabel('Kind').selectOption(kind)
      await page.waitForURL(new RegExp(`kind=${kind}`))
      await form.getByRole('button', { name: 'Add the fault' }).click()
      await page.locator('tbody').getByText(kind, { exact: true }).waitFor()
    }
    expect(faults().map(({ fault }) => fault.kind)).toEqual(faultKinds())
    page.on('dialog', (dialog) => dialog.accept())
    await page.getByRole('button', { name: 'Remove all' }).click()
    await page.getByText('No fault is active.').waitFor()

    await form.getByLabel('Kind').selectOption('error')
    await form.getByLabel('Error of the table').selectOption('insufficientSpace')
    await page.waitForURL(/error=insufficientSpace/)
    await form.locator('[name=operation]').selectOption('listUsers')
    await form.getByLabel('At most n times').fill('1')
    await form.getByRole('button', { name: 'Preview' }).click()
    await form.getByText('"times":1').waitFor()
    await form.getByText('HTTP 400').waitFor()
    expect(await form.locator('.preview').innerText()).toContain('"code":13000311')
    await form.getByRole('button', { name: 'Add the fault' }).click()
    await page.locator('tbody').getByText('in force').waitFor()
    const list = () => client.get(`${paths.users}?offset=0&limit=1`)
    expect((await list()).json.code).toBe(13000311)
    expect((await list()).json.code).toBe(0)
    await page.locator('tbody').getByText('used up').waitFor()
    await expect.poll(() => page.locator('tbody tr').first().innerText()).toMatch(/2\s+1\s/)
    await page.getByRole('button', { name: /^Re-arm fault/ }).click()
    await page.locator('tbody').getByText('in force').waitFor()
    expect((await list()).json.code).toBe(13000311)

    const add = form.getByRole('button', { name: 'Add the fault' })
    const times = form.getByLabel('At most n times')
    await times.press('End')
    await times.press('2')
    expect(await add.isDisabled()).toBe(true)
    // An update in between lets the preview of the old draft be.
    await list()
    await page.locator('tbody').getByText('used up').waitFor()
    expect(await add.isDisabled()).toBe(true)
    await times.press('Backspace')
    await times.blur()
    await expect.poll(() => add.isEnabled()).toBe(true)
    await times.press('End')
    await times.press('2')
    await times.blur()
    await form.getByText('"times":12').waitFor()
    expect(await add.isEnabled()).toBe(true)
    await form.getByLabel('Probability, 0 to 1').fill('often')
    await form.getByRole('button', { name: 'Preview' }).click()
    await form.getByRole('alert').getByText('probability').waitFor()
    expect(errors).toEqual([])
  })

  it('shows a scenario before it is applied, and takes one back that was edited as YAML', async () => {
    const { mock, baseUrl } = await overHttp()
    const { page } = await visit()
    const name = () => mock.world.get('default')?.read().scenario.name
    await openView(page, baseUrl, 'clock')
    await page.getByLabel('Preview').selectOption('throttled')
    const preview = page.locator('#scenario-preview')
    await preview.getByText('quota: 5').waitFor()
    expect(name()).toBe('happy-path')
    await preview.getByRole('button', { name: 'Copy YAML' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await clipboard(page)).toMatch(/^name: throttled\n/)
    await preview.getByRole('button', { name: 'Apply throttled' }).click()
    await page.getByRole('status').getByText('Scenario changed').waitFor()
    expect(name()).toBe('throttled')
    await preview.getByRole('link', { name: 'Edit as YAML' }).click()
    await page.getByLabel('Scenario as YAML').fill('name: mine\ntitle: Mine\nbatch: { secondsPerRow: soon }\n')
    await page.getByRole('button', { name: 'Apply this YAML' }).click()
    await page
      .getByText(/yaml:3: batch/)
      .first()
      .waitFor()
    const mine = 'name: mine\ntitle: <i>Mine</i>\n'
    await page.getByLabel('Scenario as YAML').fill(mine)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as YAML' }).click(),
    ])
    expect(readFileSync(await file.path(), 'utf8')).toBe(mine)
    await page.getByRole('button', { name: 'Apply this YAML' }).click()
    await page.getByText('<i>Mine</i>').first().waitFor()
    expect(name()).toBe('mine')
  })

  it('finds readings, shows those that changed, copies them as flags and takes them back', async () => {
    const { mock, baseUrl } = await overHttp({ readings: { 'code-type': 'string', 'user-list-key': 'data' } })
    const { page } = await visit()
    await openView(page, baseUrl, 'readings', { only: 'changed' })
    expect(await page.locator('.readings > li').count()).toBe(2)
    await page.getByRole('button', { name: 'Copy as flags' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await clipboard(page)).toBe('--reading code-type=string --reading user-list-key=data')
    await page.getByRole('button', { name: 'Reset code-type' }).click()
    await page.getByText('1 differs from the default').waitFor()
    await page.getByRole('button', { name: 'Reset all' }).click()
    await page.getByText('No reading matches.').waitFor()
    expect(mock.world.get('default')?.read().readings['user-list-key']).toBe('list')
    await openView(page, baseUrl, 'readings')
    await page.locator('.readings > li').nth(5).waitFor()
    await page.getByLabel('Find a reading').fill('bearer')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('.readings > li').allInnerTexts())
      .toEqual([expect.stringMatching(/bearer/i), expect.stringMatching(/bearer/i)])
    await page.locator('.readings > li').getByText('bearer-form', { exact: true }).waitFor()
  })
})
