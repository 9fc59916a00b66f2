// Takes the pictures of the READMEs, or with a folder as argument pictures of every view in both themes, both languages
// and three widths into it. Needs `npm run build` before and a Chromium; CHROMIUM names it when it is not at
// /usr/bin/chromium. Chinese needs a font that has it, such as Debian's fonts-wqy-microhei.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createMock } from '../dist/index.js'
import { formatXDate, sign } from '../dist/signing/index.js'

const NOW = Date.UTC(2026, 3, 16, 8)
const API = '/koodrive/ose/v1'
const [, , wanted] = process.argv
const folder = wanted ?? fileURLToPath(new URL('../docs/images', import.meta.url))
const themes = ['light', 'dark']
const languages = ['en-US', 'zh-CN']
const widths = [390, 1024, 1440]
/** Longer pages are cut off: what repeats itself further down shows nothing new. */
const MAX_HEIGHT = 2400

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

const control = async (method, path, body) => {
  const response = await fetch(`${url}/__admin/sandboxes/default/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  return response.json()
}
const advance = (by) => control('POST', 'clock/advance', { by })

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
  await control('POST', 'faults', { kind: 'error', operation: 'listUserSpaces', status: 503, times: 2 })
  await call('GET', `${API}/space/userList?offset=0&limit=10`)
  await call('GET', `${API}/userList?offset=0&limit=10`, undefined, (target) => target.replace('&limit=10', ''))
  return taskId
}

/** Views by their names in the files: what the address says, and what is done on the page before the picture. */
async function viewsOf(taskId) {
  const { requests } = await control('GET', 'requests?limit=1')
  const { rows } = await control('GET', `tasks/${taskId}`)
  const refused = { id: requests[0].requestId }
  return {
    sandboxes: ['sandboxes'],
    tasks: ['tasks'],
    task: ['task', { id: taskId }],
    journal: ['journal'],
    'journal-open': ['journal', refused],
    exchange: ['exchange', refused],
    clock: ['clock'],
    fault: ['clock', { kind: 'error', operation: 'listUsers', times: '1', preview: '1' }],
    scenario: ['clock', { preview: 'throttled', edit: '1' }],
    readings: ['readings'],
    directory: ['directory'],
    user: ['user', { id: rows.find(({ userId }) => userId !== undefined).userId }],
    report: ['report'],
    sign: [
      'sign',
      {},
      async (page) => {
        await page.locator('form.stack button[type=submit]').click()
        await page.locator('#signed').waitFor()
      },
    ],
  }
}

/** A page of a mock in which something has happened, without the moving parts of a page that is being built. */
async function openConsole(page, language, [view, params = {}, prepare]) {
  const hash = `#/${view}?${new URLSearchParams(params)}`
  await page.goto(`${url}/__admin/console?lang=${language}${hash}`)
  // The view before this one stays until this one is there.
  await page.locator(`main[data-hash="${hash}"] .view`).waitFor()
  await page.locator('#connection[data-state=connected]').waitFor()
  await prepare?.(page)
}

async function openDocs(page, language) {
  await page.goto(`${url}/__admin/docs?lang=${language}#op-createBatchProvisioningTask`)
  await page.locator('#viewer .opblock.is-open').waitFor()
}

/** The page in both themes and all widths, as long as it is. */
async function takeAll(page, name) {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      const height = Math.min(MAX_HEIGHT, await page.evaluate('document.documentElement.scrollHeight'))
      await page.setViewportSize({ width, height: Math.max(900, height) })
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png` })
    }
  }
}

async function takeEveryView(browser, views) {
  for (const language of languages) {
    const page = await browser.newPage({ locale: language })
    for (const [name, view] of Object.entries(views)) {
      await openConsole(page, language, view)
      await takeAll(page, `${name}-${language}`)
    }
    await openDocs(page, language)
    await takeAll(page, `docs-${language}`)
    await page.close()
  }
}

async function takeThoseOfReadme(browser, views) {
  for (const [name, colorScheme, height, language, ending] of [
    ['task', 'dark', 760, 'en-US', ''],
    ['exchange', 'light', 1090, 'en-US', ''],
    ['exchange', 'light', 1090, 'zh-CN', '.zh-CN'],
  ]) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height }, locale: language })
    await openConsole(page, language, views[name])
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}${ending}.png` })
    await page.close()
  }
}

const views = await viewsOf(await play())
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
await (wanted === undefined ? takeThoseOfReadme(browser, views) : takeEveryView(browser, views))
await browser.close()
await mock.close()
