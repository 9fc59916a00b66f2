import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { overHttp } from '../support/targets.ts'

describeInChromium('rows of batches in the console', (visit) => {
  it('fail with an error of the table or of my own by a form, for the batches that follow', async () => {
    const { client, mock, baseUrl } = await overHttp()
    const { page, errors } = await visit()
    mock.defaultSandbox.faults.add({ kind: 'latency', delay: { ms: 1 }, operation: 'listUsers' })
    await openView(page, baseUrl, 'clock')
    const card = page.locator('section.card', { hasText: 'New rule' })
    await card.getByLabel('Every nth row').fill('2')
    await card.getByLabel('Error of the row').selectOption('own')
    await card.getByLabel('Code of the row').fill('40000777')
    await card.getByLabel('Reason of the row').fill('<b>no room</b>')
    await card.getByRole('button', { name: 'Preview' }).click()
    await card.locator('#rule-preview').getByText('"msg":"<b>no room</b>"').waitFor()
    await card.getByRole('button', { name: 'Add the rule' }).click()
    await card.locator('tbody').getByText('{"every":2}').waitFor()
    await card.getByLabel('Every nth row').fill('0')
    await card.getByRole('button', { name: 'Preview' }).click()
    await card.getByRole('alert').getByText('rows.every').waitFor()

    const userList = ['18660001001', '18660001002'].map((phone) => ({ firstname: 'A', phone }))
    const { json } = await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
    mock.defaultSandbox.clock.advance('PT1M')
    const { json: told } = await client.signed('GET', `${paths.query}?taskId=${json.data}`)
    expect(told.data.registerList.map((row: { code: string; userId?: string }) => row.userId !== undefined)).toEqual([
      true,
      false,
    ])
    expect(JSON.stringify(told.data.registerList[1])).toContain('40000777')
    expect(mock.world.get('default')?.read().scenario.name).toBe('happy-path-edited')
    expect(mock.world.get('default')?.read().faults.all().length).toBe(1)

    await openView(page, baseUrl, 'task', { id: json.data })
    await page.locator('tbody').getByText('18660001001').waitFor()
    await page.locator('tbody tr', { hasText: '18660001001' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Rows of batches about this user' }).waitFor()
    await page.getByRole('link', { name: json.data }).click()
    await page.getByText('1 of 2 rows shown').waitFor()

    // A reserved phone leads to somebody who has another one.
    const reserved = JSON.stringify({ userList: [{ firstname: 'A', phone: '19990000009' }] })
    const { json: skipped } = await client.signed('POST', paths.create, { body: reserved })
    mock.defaultSandbox.clock.advance('PT1M')
    await openView(page, baseUrl, 'task', { id: skipped.data })
    await page.locator('tbody tr', { hasText: '19990000009' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Rows of batches about this user' }).waitFor()
    await page.getByRole('link', { name: skipped.data }).click()
    await page.getByText('1 of 1 row shown').waitFor()

    await openView(page, baseUrl, 'clock')
    await page.getByRole('button', { name: 'Remove all rules' }).click()
    await page.getByText('No rule: every row goes its usual way.').waitFor()
    expect(errors).toEqual([])
  })

  it('are named by a table of the service too, and a call that was passed on or routed says so', async () => {
    const upstream = createServer((_, response) => response.end('{}')).listen(0)
    const elsewhere = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
    const routes = [{ id: 'own', method: 'GET' as const, path: '/own', answer: {} }]
    const { baseUrl } = await overHttp({ fallback: { url: elsewhere }, routes })
    await fetch(`${baseUrl}/own`)
    await fetch(`${baseUrl}/somewhere/else`)
    const { page } = await visit({ width: 1440 })
    await openView(page, baseUrl, 'journal', { scope: 'all' })
    await page.locator('tbody').getByText('answered by the own route own').waitFor()
    await page.locator('tbody').getByText(`Passed on to ${elsewhere}`).waitFor()
    await page.getByRole('link', { name: '/somewhere/else' }).click()
    await page.locator('.detail').getByText('neither checked nor judged').waitFor()
    upstream.close()
  })
})
