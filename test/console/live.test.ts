import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { overHttp, type Target } from '../support/targets.ts'

const rows = Array.from({ length: 1000 }, (_, at) => ({ firstname: `User ${at}`, phone: `1866000${1000 + at}` }))
const JOURNAL = 10_000
const BURST = 300

const advance = (target: Target, by: string) => control(target, 'POST', ofDefault('/clock/advance'), { by })

/** Fills a journal without a socket, many requests at a time. */
async function fill({ mock }: Target, count: number): Promise<void> {
  const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
  for (let done = 0; done < count; done += 100) {
    const some = Array.from({ length: Math.min(100, count - done) }, (_, at) =>
      mock.fetch(new Request(`http://mock${paths.users}?offset=${done + at}&limit=1`, { headers })),
    )
    await Promise.all(some)
  }
}

describeInChromium('a page that stays open', (visit) => {
  it('shows the task of a client that provisions 1,000 users moving, and the journal growing, without a reload', async () => {
    const target = await overHttp()
    const { page, errors } = await visit()
    await openView(page, target.baseUrl, 'tasks')
    await page.evaluate('globalThis.isSameDocument = true')
    await page.getByText('connected', { exact: true }).waitFor()

    const { json } = await target.client.signed('POST', paths.create, { body: JSON.stringify({ userList: rows }) })
    await page.getByRole('link', { name: json.data }).waitFor()
    await page.getByText('0 of 1000 rows').waitFor()
    for (const [by, shown] of [
      ['PT1S', '500 of 1000 rows'],
      ['PT0.5S', '750 of 1000 rows'],
      ['PT1S', '1000 of 1000 rows'],
    ] as const) {
      await advance(target, by)
      await page.getByText(shown).waitFor()
    }
    await page.locator('tbody tr').first().getByText('done', { exact: true }).waitFor()

    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByText('1 request', { exact: true }).waitFor()
    await target.client.signed('GET', `${paths.query}?taskId=${json.data}`)
    await page.getByText('2 requests', { exact: true }).waitFor()
    expect(await page.evaluate('globalThis.isSameDocument')).toBe(true)
    expect(errors).toEqual([])
  })

  it('keeps 10,000 journal entries fluid: few rows in the page, few updates in a burst, and what one types stays', async () => {
    const target = await overHttp({ maxJournal: JOURNAL })
    const { page } = await visit()
    await fill(target, JOURNAL)
    await openView(page, target.baseUrl, 'journal')
    await page.getByText(`${JOURNAL} requests`).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
    expect(await page.evaluate('document.getElementsByTagName("*").length')).toBeLessThan(2000)

    let updates = 0
    page.on('request', (request) => {
      if (request.url().includes('/views/journal')) updates += 1
    })
    const field = page.getByLabel('Status')
    const typing = field.pressSequentially('40', { delay: 50 })
    await Promise.all([typing, fill(target, BURST)])
    await page.getByRole('button', { name: `${BURST} new` }).waitFor()
    expect(updates).toBeLessThan(BURST / 10)
    expect(await field.inputValue()).toBe('40')
    expect(await page.evaluate('document.activeElement.name')).toBe('status')

    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('Page 2 of 100').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
  })

  it('fetches only what has changed, and keeps the rows when something comes in above them', async () => {
    const target = await overHttp()
    const { page } = await visit()
    await fill(target, 150)
    await openView(page, target.baseUrl, 'journal')
    await page.getByText('connected', { exact: true }).waitFor()
    const rowsOf = () => page.evaluate('[...document.querySelectorAll("tbody tr")].map((row) => row.dataset.key)')
    const rows = await rowsOf()
    expect(rows).toHaveLength(100)
    const updates: Promise<string>[] = []
    page.on('response', (response) => {
      if (response.url().includes('/views/journal')) updates.push(response.text().catch(() => ''))
    })
    await fill(target, 20)
    await page.getByRole('button', { name: '20 new' }).waitFor()
    await page.evaluate('document.querySelector("tbody tr").isStill = true')
    await target.mock.fetch(new Request(`http://mock${paths.users}`, { headers: { Authorization: 'Bearer nobody' } }))
    await page.locator('#unattributed').waitFor()
    expect(await rowsOf()).toEqual(rows)
    expect(await page.evaluate('document.querySelector("tbody tr").isStill')).toBe(true)
    for (const update of await Promise.all(updates)) {
      expect(update).not.toContain('<tr')
      expect(update).not.toContain('<option')
    }
    await page.getByRole('button', { name: '20 new' }).click()
    await page.locator('tbody tr[data-key="default-170"]').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
    expect(await page.locator('select[name=sandbox] option').count()).toBe(1)
  })

  it('can be told to hold still, and goes on when asked', async () => {
    const target = await overHttp()
    const { page } = await visit()
    await openView(page, target.baseUrl, 'journal')
    await page.getByText('connected', { exact: true }).waitFor()
    const live = page.getByRole('button', { name: 'Live' })
    await live.click()
    expect(await live.getAttribute('aria-pressed')).toBe('false')
    let updates = 0
    page.on('request', () => {
      updates += 1
    })
    await fill(target, 3)
    await target.client.get(`${paths.users}?offset=0&limit=1`)
    expect(updates).toBe(0)
    await live.click()
    await page.getByText('4 requests', { exact: true }).waitFor()
  })

  it('says that the mock is gone', async () => {
    const target = await overHttp()
    const { page } = await visit()
    await openView(page, target.baseUrl, 'journal')
    await page.getByText('connected', { exact: true }).waitFor()
    await target.mock.close()
    await page.getByText('connection lost').waitFor()
  })
})
