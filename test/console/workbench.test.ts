import { createHash, createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { formatXDate } from '../../src/signing/index.ts'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { NOW, overHttp, type Target } from '../support/targets.ts'

const LIST = `${paths.users}?offset=0&limit=1`
const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')
const rows = (page: Page) => page.locator('table.journal tbody tr')
const keysOf = (page: Page): Promise<string[]> =>
  page.evaluate("[...document.querySelectorAll('table.journal tbody tr')].map((row) => row.dataset.key)")
const detail = (page: Page) => page.locator('.detail article')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function callTimes({ client }: Target, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await client.get(`${paths.users}?offset=${at}&limit=1`)
}

describeInChromium('the journal as a workbench', (visit) => {
  it('finds by one search, filters, and is read with j, k and Enter while the list stands still', async () => {
    const target = await overHttp()
    await callTimes(target, 5)
    await target.client.get(`${paths.spaces}?offset=0&limit=nonsense`)
    const { page, errors } = await visit({ width: 1440 })
    await openView(page, target.baseUrl, 'journal')
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.name')).toBe('q')
    await page.keyboard.type('offset=3')
    await page.keyboard.press('Enter')
    await expect.poll(() => keysOf(page)).toEqual(['default-4'])
    await page.getByText('of 6 kept').waitFor()
    await page.getByLabel('Search').fill('')
    await page.getByLabel('Only').selectOption('refused')
    await expect.poll(() => keysOf(page)).toEqual(['default-6'])
    await page.getByLabel('Only').selectOption('')
    await page.getByText('6 requests', { exact: true }).waitFor()

    await page.locator('h1').click()
    for (const [key, id] of [
      ['j', 'default-6'],
      ['j', 'default-5'],
      ['j', 'default-4'],
      ['k', 'default-5'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('article', { name: `Request ${id}` }).waitFor()
    }
    await page.keyboard.press('Enter')
    expect(await page.evaluate("document.activeElement.closest('.detail') !== null")).toBe(true)

    const before = await keysOf(page)
    await callTimes(target, 12)
    await button(page, '12 new').waitFor()
    await page.getByText('18 requests', { exact: true }).waitFor()
    await expect.poll(() => keysOf(page)).toEqual(before)
    await button(page, '12 new').click()
    await expect.poll(async () => (await keysOf(page))[0]).toBe('default-18')
    await rows(page).nth(17).waitFor()
    await page.keyboard.press('Escape')
    await detail(page).waitFor({ state: 'detached' })
    expect(errors).toEqual([])
  })

  it('says what was dropped, that an old page stands still, and comes back to where the reader was', async () => {
    const target = await overHttp({ maxJournal: 150 })
    await callTimes(target, 160)
    const { page } = await visit()
    await openView(page, target.baseUrl, 'journal', { kind: 'accepted' })
    await page.getByText('10 older ones were dropped').waitFor()
    await page.evaluate('scrollTo(0, 600)')
    await page.waitForFunction('scrollY === 600')
    await page.getByRole('link', { name: 'Report card' }).click()
    await page.getByRole('heading', { name: 'Report card', exact: true }).waitFor()
    await page.goBack()
    await rows(page).first().waitFor()
    await page.waitForFunction('scrollY === 600')
    expect(await page.getByLabel('Only').inputValue()).toBe('accepted')
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('Page 2 stands still').waitFor()
    await page.getByRole('link', { name: 'Go to the newest' }).click()
    await page.getByText('Page 1 of 2').waitFor()
  })

  it('shows requests of all sandboxes with those of nobody on top, and what got no proper answer in red', async () => {
    const target = await overHttp()
    const { client, mock, baseUrl } = target
    const other = mock.sandbox()
    await client.send('GET', LIST, { headers: { Authorization: 'Bearer nobodys' } })
    await client.send('GET', LIST, { headers: { Authorization: `Bearer ${other.credentials.tokens.admin}` } })
    for (const kind of ['malformed', 'reset'] as const) {
      mock.defaultSandbox.faults.add({ kind, times: 1 })
      await client.get(LIST).catch(() => undefined)
    }
    const { page } = await visit()
    await openView(page, baseUrl, 'journal')
    await page.locator('#unattributed').getByText('1 request belongs to no sandbox').waitFor()
    expect(await rows(page).locator('.badge.is-bad').allInnerTexts()).toEqual(['no answer', '200 broken'])
    await page.getByLabel('Requests of').selectOption('all')
    await page.getByText('4 requests', { exact: true }).waitFor()
    await expect.poll(() => keysOf(page)).toEqual(['unattributed-1', 'default-2', 'default-1', `${other.id}-1`])
  })

  it('folds, colours and keeps a body, writes out what hides in it, and asserts it', async () => {
    const target = await overHttp()
    const userList = Array.from({ length: 30 }, (_, at) => ({
      firstname: at === 0 ? 'evil\u202elive' : `User ${at}`,
      phone: `1866000${1000 + at}`,
    }))
    const body = JSON.stringify({ userList })
    await target.client.signed('POST', paths.create, { body })
    const { page } = await visit({ width: 1440 })
    await openView(page, target.baseUrl, 'journal', { id: 'default-1' })
    const shown = page.getByRole('region', { name: 'Request: Body', exact: true })
    expect(await shown.innerText()).toContain('evil\\u202elive')
    expect(await shown.locator('.j-name').first().innerText()).toBe('"userList"')
    await shown.getByText('10 more').click()
    expect(await shown.innerText()).toContain('18660001029')
    await page.getByRole('button', { name: 'Copy Request: Body' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    expect(await clipboard(page)).toBe(body)
    await page.getByText('Copy as', { exact: true }).click()
    await button(page, 'Copy as verify body').click()
    await expect.poll(() => clipboard(page)).toContain('"exactly": 1')
    const verified = await fetch(`${target.baseUrl}/__admin/sandboxes/default/requests/verify`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: await clipboard(page),
    })
    expect(await verified.json()).toMatchObject({ pass: true, actual: 1 })
  })
})

describeInChromium('a request of the journal', (visit) => {
  it('is sent again as it was, edited, and copied in every language with a fresh signature', async () => {
    const target = await overHttp()
    await target.client.signed('GET', `${paths.query}?taskId=1`)
    target.mock.defaultSandbox.clock.advance('P1D')
    const { page, errors } = await visit({ width: 1440 })
    await openView(page, target.baseUrl, 'journal', { id: 'default-1' })
    await button(page, 'Send again').click()
    await page.getByRole('article', { name: 'Request default-2' }).waitFor()
    expect(await detail(page).innerText()).toContain('13000309')

    await page.getByText('Edit and send').click()
    await page.getByLabel('Path and query').fill(LIST)
    await page.getByLabel(/^As/).selectOption('deptAdmin')
    await button(page, 'Send it').click()
    await page.getByRole('article', { name: 'Request default-3' }).waitFor()
    expect(await detail(page).locator('.summary').innerText()).toContain('listUsers')
    expect(await detail(page).locator('.summary').innerText()).toContain('200')

    await openView(page, target.baseUrl, 'journal', { id: 'default-1' })
    await page.getByRole('article', { name: 'Request default-1' }).waitFor()
    await button(page, 'Copy as curl').click()
    await expect.poll(() => clipboard(page)).toMatch(/^curl [\s\S]*20260417T080000Z/)
    for (const [language, sign] of [
      ['Node', 'fetch('],
      ['Python', 'import'],
      ['Java', 'HttpRequest'],
      ['Go', 'package main'],
      ['HTTPie', 'http'],
    ] as const) {
      await page.getByText('Copy as', { exact: true }).click()
      await button(page, `Copy as ${language}`).click()
      await expect.poll(() => clipboard(page), { message: language }).toContain(sign)
      expect(await clipboard(page), language).toContain('20260417T080000Z')
      await page.locator('h1').click()
    }
    const [har] = await Promise.all([page.waitForEvent('download'), button(page, 'Export HAR').click()])
    expect(har.suggestedFilename()).toBe('default.har')
    const [log] = await Promise.all([page.waitForEvent('download'), button(page, 'Export the log').click()])
    expect(log.suggestedFilename()).toBe('default.log.json')
    expect(errors).toEqual([])
  })

  it('leads to its task, its finding to the requests, and what was never met to a scenario', async () => {
    const target = await overHttp()
    const body = JSON.stringify({ userList: [{ firstname: 'A', phone: '18660001234' }] })
    const { json } = await target.client.signed('POST', paths.create, { body })
    for (let at = 0; at < 3; at += 1) await target.client.signed('GET', `${paths.query}?taskId=${json.data}`)
    const { page } = await visit()
    await openView(page, target.baseUrl, 'journal', { id: 'default-2' })
    expect(
      await detail(page)
        .getByRole('link', { name: /query-batch/ })
        .getAttribute('href'),
    ).toMatch(/docs.*#op-query/)
    await detail(page).getByRole('link', { name: json.data }).click()
    await page.getByRole('heading', { name: json.data }).waitFor()
    await openView(page, target.baseUrl, 'report')
    await page.getByRole('link', { name: 'all of them in the journal' }).first().click()
    await page.getByText('These are the requests that prove').waitFor()
    expect((await keysOf(page)).length).toBeGreaterThan(1)
    await openView(page, target.baseUrl, 'report')
    await page.locator('details', { hasText: 'Situations' }).locator('summary').click()
    await page.getByRole('link', { name: 'scenario throttled shows it' }).first().click()
    await page.getByLabel('Scenario of default').waitFor()
    expect(await page.getByLabel('Scenario of default').inputValue()).toBe('throttled')
  })
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

interface Wrong {
  readonly appId?: string
  readonly secret?: string
  readonly date?: string
  readonly body?: string
  readonly text?: (canonical: string) => string
}

/** A signer written from scratch, as a client would, with one deviation. */
async function sign({ baseUrl, mock }: Target, { appId, secret, date = formatXDate(NOW), body = '{}', text }: Wrong) {
  const { credentials } = mock
  const { host } = new URL(baseUrl)
  const names = 'host;x-date;x-user-id'
  const headers = `host:${host}\nx-date:${date}\nx-user-id:${credentials.userId}\n\n${names}`
  const canonical = `POST\n${paths.create}/\n\n${headers}\n${sha256(body)}`
  const built = text?.(canonical) ?? canonical
  const signature = createHmac('sha256', secret ?? credentials.appSecret)
    .update(`HMAC-SHA256\n${sha256(built)}`)
    .digest('hex')
  await fetch(baseUrl + paths.create, {
    method: 'POST',
    body: '{}',
    headers: {
      'X-Date': date,
      'X-User-Id': credentials.userId,
      Authorization: `HMAC-SHA256 AppId=${appId ?? credentials.appId},SignedHeaders=${names},Signature=${signature}`,
    },
  })
  return built
}

describeInChromium('"my signature is wrong"', (visit) => {
  it.each([
    ['an unknown AppId', { appId: 'f'.repeat(64) }, /AppId/],
    ['the hash of another body', { body: '{ }' }, /body/i],
    ['a wrong secret', { secret: 'koodrive-mock-app-secret\n' }, /secret/i],
    ['an old date', { date: formatXDate(NOW - 3_600_000) }, /X-Date|clock/i],
  ] as readonly [string, Wrong, RegExp][])(
    'is solved in three clicks from the start page: %s',
    async (_, wrong, told) => {
      const target = await overHttp()
      await sign(target, wrong)
      const { page } = await visit()
      await page.goto(`${target.baseUrl}/__admin/console`)
      await page.getByRole('link', { name: 'Journal', exact: true }).click()
      if (wrong.appId !== undefined) await page.getByRole('link', { name: 'Show them' }).click()
      await page.getByRole('link', { name: 'createBatchProvisioningTask' }).click()
      await page.locator('#signature .mistake').first().waitFor()
      expect(await page.locator('#signature').innerText()).toMatch(told)
      expect(await page.locator('#signature .mistake dd').last().innerText()).not.toBe('')
      expect(await page.locator('#signature .claim .differs').count()).toBe(1)
      const signature = await page.locator('#signature').innerText()
      if (wrong.appId === undefined)
        for (const part of ['String to sign', 'Expected']) expect(signature).toContain(part)
      if (wrong.secret !== undefined) expect(signature).toContain('Client and server have the same')
      const sentence = await page.locator('#signature .mistake dd').first().innerText()
      expect(signature.split(sentence).length - 1, sentence).toBe(1)
    },
  )

  it('is solved in three clicks when no table knows the mistake: one compares what one has built', async () => {
    const target = await overHttp()
    const own = await sign(target, { text: (canonical) => canonical.replace('\nx-user-id', '\u200b\nx-user-id') })
    const { page } = await visit()
    await page.goto(`${target.baseUrl}/__admin/console`)
    await page.getByRole('link', { name: 'Journal', exact: true }).click()
    await page.getByRole('link', { name: 'createBatchProvisioningTask' }).click()
    await page.getByLabel('Compare your own').fill(own)
    await button(page, 'Compare').click()
    await page.locator('#compared .verdict').waitFor()
    const told = await page.locator('#compared').innerText()
    expect(told).toContain('(header x-date)')
    expect(told).toContain('\\u200b')
    expect(told).toContain('AppSecret and HMAC are right')
  })
})

describeInChromium('the console', (visit) => {
  it('lists the newest sandbox first, opens the one that was made, finds by name', async () => {
    const target = await overHttp()
    for (let at = 0; at < 120; at += 1) target.mock.sandbox()
    const { page } = await visit()
    await openView(page, target.baseUrl, 'sandboxes')
    expect(await page.locator('tbody tr').first().innerText()).toContain('sandbox-120')
    await button(page, 'New sandbox').click()
    await page.getByRole('heading', { name: 'Credentials of sandbox-121' }).waitFor()
    expect(await page.locator('select[name=sandbox]').inputValue()).toContain('sandbox-121')
    await page.locator('[data-search]').fill('box-99')
    await page.keyboard.press('Enter')
    await page.getByText('1 sandbox', { exact: true }).waitFor()
    expect(await page.locator('tbody tr').innerText()).toContain('sandbox-99')
  })

  it('says that it is paused, that the mock is gone, and how to enter the token after all', async () => {
    const target = await overHttp()
    await callTimes(target, 1)
    const { page } = await visit({ width: 1440 })
    await openView(page, target.baseUrl, 'journal', { id: 'default-1' })
    await page.getByText('connected', { exact: true }).waitFor()
    await button(page, 'Live').click()
    await page.getByText('paused since').waitFor()
    await target.mock.close()
    await button(page, 'Send again').click()
    await page.getByText('The mock does not answer; nothing was done.').waitFor()

    const locked = await overHttp({ control: { token: 'a-control-token' } })
    await page.goto(`${locked.baseUrl}/__admin/console`)
    await page.locator('#token').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'The console needs the control token' }).waitFor()
    await button(page, 'Enter the token').click()
    await page.locator('#token').fill('a-control-token')
    await button(page, 'Use this token').click()
    await page.getByRole('heading', { name: 'Credentials of default' }).waitFor()
  })

  it('breaks no id and no phone at any width', async () => {
    const target = await overHttp()
    const body = JSON.stringify({ userList: [{ firstname: 'A', phone: '18660001234' }] })
    const { json } = await target.client.signed('POST', paths.create, { body })
    const { page } = await visit()
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      for (const [view, params] of [
        ['tasks', {}],
        ['task', { id: json.data }],
        ['directory', {}],
        ['journal', {}],
      ] as const) {
        await openView(page, target.baseUrl, view, params)
        const tallest = await page.evaluate(
          "Math.max(...[...document.querySelectorAll('tbody tr')].map((row) => row.getBoundingClientRect().height))",
        )
        expect(tallest, `${view} at ${width}`).toBeLessThan(120)
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBeLessThanOrEqual(0)
      }
    }
  })
})
