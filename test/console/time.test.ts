import { expect, it } from 'vitest'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { NOW, overHttp, type Target } from '../support/targets.ts'

const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')

async function provision({ client }: Target, rows: readonly string[]): Promise<string> {
  const userList = rows.map((phone, row) => ({ firstname: `Name ${row}`, phone }))
  return (await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })).json.data
}

/** 200 rows of which the 51st and the 151st fail, one after the other. */
const rows = Array.from({ length: 200 }, (_, row) => (row % 100 === 50 ? '19990000102' : `1866000${1000 + row}`))

describeInChromium('time in the console', (visit) => {
  it('draws the rows, polls and end of a task, advances to its end, shows what failed and finds a row', async () => {
    const target = await overHttp({ speed: 10 })
    const { page, errors } = await visit()
    const clock = target.mock.world.get('default') as Sandbox
    const taskId = await provision(target, rows)
    const poll = () => target.client.signed('GET', `${paths.query}?taskId=${taskId}`)
    clock.execute('set-clock', { now: NOW + 5000, frozen: true, rate: 1 })
    await poll()
    await openView(page, target.baseUrl, 'task', { id: taskId })
    const line = page.locator('section.card', { hasText: 'Time line' })
    await line.getByRole('img', { name: /Rows and polls over virtual time/ }).waitFor()
    expect(await line.locator('rect.rows').count()).toBeGreaterThan(10)
    const words = await line.locator('tbody').innerText()
    expect(words).toContain('Created')
    expect(words).toMatch(/Poll 1: status 1, \d+ rows/)
    expect(words).toContain('Done, if the clock goes on')
    if (process.env['SHOTS']) await page.screenshot({ path: '/tmp/task.png', fullPage: true })
    await page.getByRole('button', { name: 'Advance to done' }).click()
    await page.getByText('200 of 200 rows').first().waitFor()
    await page.getByLabel('Outcome').selectOption('failed')
    await page.locator('.count').getByText('2 of 200 rows shown').waitFor()
    expect(await page.locator('tbody tr[data-key]').count()).toBe(2)
    await page.getByLabel('Outcome').selectOption('')
    await page.getByLabel('Row, name, phone or user id').fill('18660001119')
    await page.keyboard.press('Enter')
    await page.locator('.count').getByText('1 of 200 rows shown').waitFor()
    expect(await page.locator('tbody tr[data-key]').innerText()).toContain('Name 119')
    await line.getByRole('link', { name: /^Poll 1/ }).click()
    await page.getByRole('heading', { name: /^Request default-/ }).waitFor()
    expect(errors).toEqual([])
  })

  it('says in every view what time it is and whether the clock stands, and jumps to what comes next', async () => {
    const target = await overHttp({ speed: 10 })
    const { page } = await visit()
    const sandbox = target.mock.world.get('default') as Sandbox
    await provision(target, rows)
    for (const view of ['sandboxes', 'tasks', 'journal', 'clock', 'readings', 'directory', 'report', 'sign']) {
      await openView(page, target.baseUrl, view)
      await page
        .locator('.clock-line')
        .getByText(`${at(0)} UTC`)
        .waitFor()
      await page.locator('.clock-line').getByText('frozen').waitFor()
    }
    await page.getByRole('button', { name: 'Jump to: Task done' }).click()
    await page
      .locator('.clock-line')
      .getByText(`${at(20)} UTC`)
      .waitFor()
    expect([...sandbox.read().tasks.all()].every(({ isFinished }) => isFinished)).toBe(true)
    await page.getByRole('button', { name: 'Jump to: X-Date limit' }).click()
    await page
      .locator('.clock-line')
      .getByText(`${at(901)} UTC`)
      .waitFor()
  })
})
