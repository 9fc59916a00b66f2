import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp } from '../support/targets.ts'

const TOKEN = 'a-control-token-of-a-test'

describeInChromium('with a control token the console', (visit) => {
  it('asks for it once, lives on events, and keeps it out of addresses, storage that lasts and the page', async () => {
    const { baseUrl, client } = await overHttp({ control: { token: TOKEN } })
    const { page, errors } = await visit()
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await page.goto(`${baseUrl}/__admin/console#/journal`)
    await page.locator('#token').fill(TOKEN)
    await page.getByRole('button', { name: 'Use this token' }).click()
    await page.getByText('0 requests', { exact: true }).waitFor()
    await page.getByText('connected', { exact: true }).waitFor()
    await client.get(`${paths.users}?offset=0&limit=1`)
    await page.getByText('1 request', { exact: true }).waitFor()

    await page.reload()
    await page.getByText('1 request', { exact: true }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(addresses.join(' ')).not.toContain(TOKEN)
    expect(page.url()).not.toContain(TOKEN)
    expect(await page.content()).not.toContain(TOKEN)
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain(TOKEN)
    expect(errors).toEqual([])
  })

  it('says that a token is wrong and asks again', async () => {
    const { baseUrl } = await overHttp({ control: { token: TOKEN } })
    const { page } = await visit()
    await page.goto(`${baseUrl}/__admin/console`)
    for (const token of ['wrong', TOKEN]) {
      await page.locator('#token').fill(token)
      await page.getByRole('button', { name: 'Use this token' }).click()
      if (token === 'wrong') await page.getByText('The mock refused this token.').waitFor()
    }
    await page.getByRole('heading', { name: 'Credentials of default' }).waitFor()
  })

  it('shows no view to a page of another origin', async () => {
    const target = await overHttp()
    const other = await overHttp()
    const { page } = await visit()
    await openView(page, other.baseUrl, 'sandboxes')
    const seen = await page.evaluate(
      `fetch('${target.baseUrl}/__admin/console/views/sandboxes').then((answer) => answer.text(), () => 'blocked')`,
    )
    expect(seen).toBe('blocked')
  })
})
