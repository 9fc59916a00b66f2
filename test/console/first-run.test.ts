import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { run } from '../support/judge.ts'
import { overHttp } from '../support/targets.ts'

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** What the clipboard has, run by a shell. */
const paste = async (page: Page) => JSON.parse(await run('sh', ['-c', await clipboard(page)])) as { code: number }
const ticked = (page: Page): Promise<string[]> =>
  page.evaluate("[...document.querySelectorAll('[data-step].is-done')].map((step) => step.dataset.step)")

async function copy(page: Page, name: string): Promise<void> {
  await page.evaluate("navigator.clipboard.writeText('')")
  await button(page, name).click()
  await expect.poll(() => clipboard(page)).not.toBe('')
}

describeInChromium('the first run', (visit) => {
  it('gives base URL, credentials and a signed request, and ticks off what was sent, seen, broken and mended', async () => {
    const { baseUrl, mock } = await overHttp()
    const { page, errors } = await visit()
    await page.goto(`${baseUrl}/__admin/console`)
    await page.getByText('0 of 4 steps').waitFor()
    expect(await page.locator('#base-url').innerText()).toBe(baseUrl)

    const { appSecret, tokens } = mock.credentials
    expect(await page.locator('#environment').innerText()).not.toContain(appSecret)
    await copy(page, 'Copy Credentials as .env')
    const env = await clipboard(page)
    expect(await run('sh', ['-c', `${env}\nprintf %s "$KOODRIVE_ENDPOINT $KOODRIVE_APP_SECRET"`])).toBe(
      `${baseUrl} ${appSecret}`,
    )
    expect(env).toContain(`KOODRIVE_ACCESS_TOKEN=${tokens.admin}\n`)
    await button(page, 'Show Credentials as .env').click()
    expect(await page.locator('#environment').innerText()).toBe(env)

    mock.defaultSandbox.clock.advance('P1D')
    await copy(page, 'Copy First signed request')
    expect(await paste(page)).toMatchObject({ code: 0 })
    await page.getByText('1 of 4 steps').waitFor()
    expect(await ticked(page)).toEqual(['send'])

    await page.getByRole('link', { name: 'Open the newest request' }).click()
    await page.getByRole('article', { name: 'Request default-1' }).waitFor()
    await page.goBack()
    await page.getByText('2 of 4 steps').waitFor()

    await copy(page, 'Copy the broken request')
    expect((await paste(page)).code).not.toBe(0)
    await page.getByText('3 of 4 steps').waitFor()
    expect(await ticked(page)).toEqual(['send', 'see', 'break'])

    await page.getByRole('link', { name: 'Open what was refused' }).click()
    await page.locator('#signature .mistake').first().waitFor()
    await page.goBack()
    await page.getByText('3 of 4 steps').waitFor()
    await copy(page, 'Copy First signed request')
    expect(await paste(page)).toMatchObject({ code: 0 })
    await page.getByText('4 of 4 steps').waitFor()
    expect(errors).toEqual([])
  })

  it('names a sandbox, finds it by its name and by a label, and tells when it was last used', async () => {
    const { baseUrl, mock } = await overHttp()
    mock.sandbox({ name: 'nightly', labels: { owner: 'payments' } })
    const { page } = await visit()
    await openView(page, baseUrl, 'sandboxes')
    await page.getByLabel('Name', { exact: true }).fill('Team Blue')
    await button(page, 'New sandbox').click()
    await page.getByRole('heading', { name: /^Credentials of / }).waitFor()
    await page.locator('tbody').getByText('Team Blue').waitFor()
    for (const [wanted, found] of [
      ['team b', 'Team Blue'],
      ['payments', 'owner=payments'],
    ] as const) {
      await page.locator('[data-search]').fill(wanted)
      await page.keyboard.press('Enter')
      await expect.poll(() => page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining(found)])
      await page.getByText('1 sandbox', { exact: true }).waitFor()
      expect(await page.locator('tbody time').count()).toBe(1)
    }
  })
})
