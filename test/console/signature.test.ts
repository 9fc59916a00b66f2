import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { formatXDate } from '../../src/signing/index.ts'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { NOW, overHttp, type Target } from '../support/targets.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

interface Signer {
  readonly path?: string
  readonly query?: string
  readonly gap?: string
  readonly stringToSign?: (canonical: string) => string
}

/** A signer written from scratch, as a client would: each mistake is one deviation from it. */
async function callWith({ baseUrl, mock, client }: Target, signer: Signer) {
  const { appId, appSecret, userId } = mock.credentials
  const date = formatXDate(NOW)
  const { path = `${paths.query}/`, query = 'cursor=0&taskId=1', gap = '\n' } = signer
  const headers = `host:${new URL(baseUrl).host}\nx-date:${date}\nx-user-id:${userId}\n${gap}`
  const canonical = `GET\n${path}\n${query}\n${headers}host;x-date;x-user-id\n${sha256('')}`
  const text = signer.stringToSign?.(canonical) ?? `HMAC-SHA256\n${sha256(canonical)}`
  const signature = createHmac('sha256', appSecret).update(text).digest('hex')
  return client.send('GET', `${paths.query}?taskId=1&cursor=0`, {
    headers: {
      Host: new URL(baseUrl).host,
      'X-Date': date,
      'X-User-Id': userId,
      Authorization: `HMAC-SHA256 AppId=${appId},SignedHeaders=host;x-date;x-user-id,Signature=${signature}`,
    },
  })
}

const mistakes: readonly (Signer & {
  readonly title: string
  readonly cure: RegExp
  readonly own: string
  readonly right: string
})[] = [
  { title: 'the path has no slash at its end', path: paths.query, cure: /slash/i, own: '', right: '/' },
  {
    title: 'the query is not sorted',
    query: 'taskId=1&cursor=0',
    cure: /sort/i,
    own: 'taskId=1&cursor=0',
    right: 'cursor=0&taskId=1',
  },
  { title: 'the empty line is missing', gap: '', cure: /empty line|line feed/i, own: '', right: '(empty line)' },
]

describeInChromium('a wrong signature', (visit) => {
  it('is accepted once nothing is wrong: the signer of this test knows the rules', async () => {
    expect((await callWith(await overHttp(), {})).json.code).toBe(13000309)
  })

  it.each(mistakes)(
    'can be understood and cured from the page alone when $title',
    async ({ cure, own, right, ...signer }) => {
      const target = await overHttp()
      expect((await callWith(target, signer)).status).toBe(401)
      const { page } = await visit()
      await openView(page, target.baseUrl, 'journal')
      await page.getByRole('link', { name: 'queryBatchProvisioning' }).click()
      await page.getByRole('heading', { name: 'Signature' }).waitFor()
      const told = await page.locator('.mistake', { hasText: 'Cure' }).locator('dd').last().innerText()
      expect(told).toMatch(cure)

      const differing = page.locator('.diff .differs')
      expect(await differing.count()).toBe(1)
      expect(await differing.getByText('differs').count()).toBe(1)
      expect((await differing.locator('del').allInnerTexts()).join('')).toBe(own)
      expect((await differing.locator('ins').allInnerTexts()).join('')).toBe(right)
      expect(await page.locator('.diff').getByRole('columnheader').allInnerTexts()).toEqual([
        'What the client signed',
        'What the server expects',
      ])
    },
  )

  it('is compared below each other on a phone, where nothing has to be scrolled sideways', async () => {
    const target = await overHttp()
    await callWith(target, { query: 'taskId=1&cursor=0' })
    const { page } = await visit()
    await page.setViewportSize({ width: 390, height: 900 })
    await openView(page, target.baseUrl, 'exchange', { id: 'default-1' })
    const table = page.locator('section.scroll', { has: page.locator('table.diff') })
    const [content = 0, room = 0] = await table.evaluate((section) => [section.scrollWidth, section.clientWidth])
    expect(content).toBeLessThanOrEqual(room)
    const [left, right] = await table.locator('.differs td').all()
    expect((await left?.boundingBox())?.x).toBe((await right?.boundingBox())?.x)
    expect(await table.getByText('host:', { exact: false }).locator('visible=true').count()).toBe(1)
  })

  it('that nothing known explains is laid beside what the server expects', async () => {
    const target = await overHttp()
    await callWith(target, { stringToSign: () => 'something else altogether' })
    const { page } = await visit()
    await openView(page, target.baseUrl, 'exchange', { id: 'default-1' })
    expect(await page.locator('#server-canonical').innerText()).toContain(`GET\n${paths.query}/\ncursor=0&taskId=1`)
    expect(await page.locator('#signature .stacked').innerText()).toContain('host;x-date;x-user-id')
    expect(await page.locator('main').innerHTML()).not.toContain(target.mock.credentials.appSecret)
  })
})
