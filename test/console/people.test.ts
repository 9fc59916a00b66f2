import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { NOW, overHttp } from '../support/targets.ts'

describeInChromium('people in the console', (visit) => {
  it('shows departments as a tree, and a user with spaces, commands and requests', async () => {
    const { client, mock, baseUrl } = await overHttp()
    const { page, errors } = await visit()
    const body = JSON.stringify({ userList: [{ firstname: '<b>Li</b> Lei', phone: '18660001000' }] })
    const taskId = (await client.signed('POST', paths.create, { body })).json.data
    const sandbox = mock.world.get('default')
    sandbox?.execute('set-clock', { now: NOW + 60_000, frozen: true, rate: 1 })
    const poll = await client.signed('GET', `${paths.query}?taskId=${taskId}`)
    const { userId } = poll.json.data.registerList[0]
    await client.signed('PUT', `/koodrive/ose/v1/users/${userId}`, { body: JSON.stringify({ status: 1 }) })

    await openView(page, baseUrl, 'task', { id: taskId })
    await page.getByRole('link', { name: userId }).click()
    await page.getByRole('heading', { level: 1, name: 'User <b>Li</b> Lei' }).waitFor()
    const text = await page.locator('main').innerText()
    expect(text).toContain('disabled')
    expect(text).toContain('update-user')
    expect(text).toContain('GB')
    expect(await page.locator('[aria-labelledby=exchanges-title]').innerText()).toMatch(
      /updateUser[\s\S]*queryBatchProvisioning/,
    )

    await page.locator('.facts').getByRole('link').first().click()
    const tree = page.getByRole('navigation', { name: 'Departments' })
    await tree.locator('[aria-current]').waitFor()
    const root = sandbox?.read().directory.root
    expect(await tree.locator('> ul > li').count()).toBe(1)
    expect(await tree.locator('> ul > li > ul > li').count()).toBe(root?.children.length)
    const parent = root?.children.find(({ children }) => children.length > 0)
    if (parent !== undefined) {
      await tree.getByRole('link', { name: parent.name }).first().click()
      await tree.locator('[aria-current]', { hasText: parent.name }).waitFor()
      expect(await tree.locator('[aria-current] + ul > li').count()).toBe(parent.children.length)
    }
    expect(errors).toEqual([])
  })

  it.each(['en-US', 'zh-CN'])('lists users with their department on one line (%s)', async (lang) => {
    const { baseUrl } = await overHttp()
    const { page } = await visit()
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${baseUrl}/__admin/console?lang=${lang}#/directory`)
    const table = page.locator('section.scroll', { has: page.locator('table.people') })
    await table.waitFor()
    const departments = table.locator('tbody td:nth-child(3) .short')
    const heights = await departments.evaluateAll((all) => all.map((one) => one.getClientRects()[0]?.height ?? 0))
    expect(new Set(heights).size).toBe(1)
  })
})
