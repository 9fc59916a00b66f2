// Takes the two pictures of the README, or with a folder as argument pictures of every view in both themes into it. Needs
// `npm run build` before and a Chromium; CHROMIUM names it when it is not at /usr/bin/chromium.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createMock } from '../dist/index.js'
import { formatXDate, sign } from '../dist/signing/index.js'

const NOW = Date.UTC(2026, 3, 16, 8)
const API = '/koodrive/ose/v1'
const [, , wanted] = process.argv
const folder = wanted ?? fileURLToPath(new URL('../docs/images', import.meta.url))
const isWanted = (picture) => wanted !== undefined || ['task-dark', 'exchange-light'].includes(picture)

const mock = createMock({ now: NOW })
const { url } = await mock.listen({ port: 0 })
const { appId, appSecret, userId, tokens } = mock.credentials

/** Calls the mock as a client does; `deface` makes the mistake that a picture explains. */
async function call(method, target, body, deface = (signedTarget) => signedTarget) {
  const headers = { 'X-Date': formatXDate(NOW), 'X-User-Id': userId }
  const signed = sign({ method, url: deface(url + target), headers, body }, { appId, appSecret })
  const sent = signed.headers.filter(([name]) => name !== 'Host')
  const response = await fetch(url + target, { method, headers: Object.fromEntries(sent), body })
  return response.json()
}

const advance = (by) =>
  fetch(`${url}/__admin/sandboxes/default/clock/advance`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ by }),
  })

/** A working day of a client: two batches, polls, lists, a wrong token, a signature over another query. */
async function play() {
  const userList = Array.from({ length: 1000 }, (_, at) => ({
    firstname: `User ${at + 1}`,
    phone: at % 29 === 7 ? '19990000009' : at % 41 === 11 ? '19990000102' : `1866${String(1_000_000 + at)}`,
  }))
  const create = (rows) => call('POST', `${API}/user/batchRegister/create`, JSON.stringify({ userList: rows }))
  await create(userList.slice(0, 120))
  await advance('PT3S')
  const { data: taskId } = await create(userList.map((row) => ({ ...row, phone: row.phone.replace('1866', '1867') })))
  await advance('PT1.24S')
  for (let poll = 0; poll < 3; poll += 1) await call('GET', `${API}/user/batchRegister/get?taskId=${taskId}`)
  for (const offset of [0, 10]) {
    await fetch(`${url}${API}/userList?offset=${offset}&limit=10`, {
      headers: { Authorization: `Bearer ${tokens.admin}` },
    })
  }
  await fetch(`${url}${API}/space/userList?offset=0&limit=10`, { headers: { Authorization: 'Bearer expired-token' } })
  await call('GET', `${API}/userList?offset=0&limit=500`)
  await call('GET', `${API}/userList?offset=0&limit=10`, undefined, (target) => target.replace('&limit=10', ''))
  return taskId
}

const taskId = await play()
const { requests } = await (await fetch(`${url}/__admin/sandboxes/default/requests?limit=1`)).json()
const views = [
  ['sandboxes', {}],
  ['tasks', {}],
  ['task', { id: taskId }],
  ['journal', {}],
  ['exchange', { id: requests[0].requestId }],
  ['clock', {}],
  ['readings', {}],
  ['directory', {}],
  ['report', {}],
  ['sign', {}],
]

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 760 } })
  for (const [view, params] of views) {
    if (!isWanted(`${view}-${colorScheme}`)) continue
    await page.goto(`${url}/__admin/console#/${view}?${new URLSearchParams(params)}`)
    await page.locator(`main .view`).waitFor()
    await page.getByText('connected', { exact: true }).waitFor()
    await page.screenshot({ path: `${folder}/${view}-${colorScheme}.png` })
  }
  if (isWanted(`docs-${colorScheme}`)) {
    await page.goto(`${url}/__admin/docs`)
    await page.locator('#viewer .opblock').first().waitFor()
    await page.screenshot({ path: `${folder}/docs-${colorScheme}.png` })
  }
  await page.close()
}
await browser.close()
await mock.close()
