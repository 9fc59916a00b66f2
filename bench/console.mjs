// How quick the console is with much in it, and what it costs while requests come in: `npm run build && node
// bench/console.mjs [--seconds 20] [--many 10000]`. Needs a Chromium (CHROMIUM names it) and a quiet machine. Ends with 1 when a bound is missed.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { sign } from '../dist/signing/index.js'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, many: { type: 'string', default: '10000' } },
})
const SECONDS = Number(values.seconds)
const NOW = '2026-04-16T08:00:00Z'
const API = '/koodrive/ose/v1'
const PER_SECOND = 100
const MANY = Number(values.many)
const AT_ONCE = 16
const CORE = '% of a core'
/** Ticks of `/proc` in a second. */
const TICKS = 100
/** Words that few requests have, all of them in the path, none, all of them in the body of the answer, and one in its id. */
const WORDS = ['offset=77', 'limit=20', 'nothing', 'userList total', 'default-500']
const ROUNDS = 5

/**
 * In the page: a promise of the milliseconds from the next key to the moment when the view of another address has been
 * painted. What carries keys to the browser and answers back takes longer than the search, and is no part of it.
 */
const KEY_TO_ROWS = `globalThis.keyToRows = new Promise((resolve) => {
  const main = document.getElementById('main')
  const { hash } = location
  let from = 0
  addEventListener('keydown', ({ timeStamp }) => { from = timeStamp }, { capture: true, once: true })
  const observer = new MutationObserver(() => {
    if (location.hash === hash || main.dataset.hash !== location.hash) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now() - from)
      port2.postMessage('painted')
    })
  })
  observer.observe(main, { attributes: true, attributeFilter: ['data-hash'] })
}), undefined`
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

const mock = spawn(process.execPath, [main, 'serve', '--port', '0', '--now', NOW, '--log-level', 'silent'])
const url = await readyUrl(mock)
const server = await chromium.launchServer({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
const browser = await chromium.connect(server.wsEndpoint())
const results = []

try {
  const credentials = await control('GET', 'sandboxes/default')
  const call = caller(credentials)
  await call('GET', `${API}/userList?offset=0&limit=1`)
  await repeat(999, (at) => call('GET', `${API}/userList?offset=${at % 150}&limit=20`))
  await measureSearch()
  await repeat(MANY, (at) =>
    call('POST', `${API}/user/batchRegister/create`, {
      userList: [{ firstname: `User ${at}`, phone: `186${String(10_000_000 + at)}` }],
    }),
  )
  await measurePaint(`${MANY} tasks`, 'tasks')
  await repeat(MANY - 1, () => control('POST', 'sandboxes', { users: 5 }))
  await measurePaint(`${MANY} sandboxes`, 'sandboxes')
  await measureLive(call)
} finally {
  await browser.close()
  await server.close()
  mock.kill('SIGTERM')
}
console.log(results.map((line) => `| ${line.join(' | ')} |`).join('\n'))
process.exitCode = results.some(([, , , holds]) => holds === 'NO') ? 1 : 0

async function readyUrl({ stdout }) {
  for await (const line of createInterface(stdout)) {
    const [, found] = /ready on (\S+)/.exec(line) ?? []
    if (found !== undefined) return found
  }
  throw new Error('The mock did not start.')
}

async function control(method, path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/__admin/${path}`, { method, headers, body: body && JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Calls the service as a client with the credentials of a sandbox. The clock stands still: one date is good for all. */
function caller({ appId, appSecret, userId }) {
  return async (method, target, content) => {
    const body = content && JSON.stringify(content)
    const headers = {
      'X-Date': '20260416T080000Z',
      'X-User-Id': userId,
      ...(body && { 'Content-Type': 'application/json' }),
    }
    const signed = sign({ method, url: url + target, headers, body }, { appId, appSecret })
    const sent = signed.headers.filter(([name]) => name !== 'Host')
    const response = await fetch(url + target, { method, headers: Object.fromEntries(sent), body })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${method} ${target}: ${response.status}`)
  }
}

async function repeat(times, act) {
  let at = 0
  const worker = async () => {
    while (at < times) await act(at++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function judge(what, value, bound, unit) {
  results.push([what, `${value.toFixed(1)} ${unit}`, `< ${bound} ${unit}`, value < bound ? 'yes' : 'NO'])
  console.error(results.at(-1).join('  '))
}

/** What a result must be seen beside. */
function note(what, value, unit) {
  results.push([what, `${value.toFixed(1)} ${unit}`, '', ''])
  console.error(results.at(-1).join('  '))
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

/** From the key to the rows, as somebody who searches sees it. */
async function measureSearch() {
  const page = await browser.newPage()
  await page.goto(`${url}/__admin/console#/journal`)
  await page.locator('table.journal tbody tr').first().waitFor()
  const times = new Map(WORDS.map((wanted) => [wanted, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const wanted of WORDS) {
      await page.locator('[data-search]').fill(wanted)
      await page.evaluate(KEY_TO_ROWS)
      await page.keyboard.press('Enter')
      times.get(wanted).push(await page.evaluate('keyToRows'))
    }
  }
  await page.close()
  for (const [wanted, took] of times)
    judge(`search in 1,000 requests for "${wanted}", key to rows`, median(took), 100, 'ms')
}

/** From the address to the rows, in a new tab. */
async function measurePaint(what, view) {
  const times = []
  for (let round = 0; round < 5; round += 1) {
    const page = await browser.newPage()
    const started = performance.now()
    await page.goto(`${url}/__admin/console#/${view}`, { waitUntil: 'commit' })
    await page.locator('main .view tbody tr').first().waitFor()
    times.push(performance.now() - started)
    if (round === 0) console.error(`${view}: ${await page.evaluate('document.querySelectorAll("*").length')} elements`)
    await page.close()
  }
  judge(`first paint with ${what}`, median(times), 500, 'ms')
}

/** CPU of the mock and of the browser while requests come in: with no console open, and what an open journal adds to it. */
async function measureLive(call) {
  const alone = await load(call)
  const page = await browser.newPage()
  let updates = 0
  page.on('response', (response) => {
    if (response.url().includes('/views/')) updates += 1
  })
  await page.goto(`${url}/__admin/console#/journal`)
  await page.locator('#connection[data-state=connected]').waitFor()
  await page.locator('table.journal tbody tr').first().waitFor()
  updates = 0
  const watched = await load(call)
  await page.close()
  const live = `${PER_SECOND} requests/s`
  const [ofMock, ofBrowser] = ['mock', 'browser'].map((side) => 100 * (watched[side] - alone[side]))
  note(`${live} without a console, the mock`, 100 * alone.mock, CORE)
  note(`${live} without a console, the browser`, 100 * alone.browser, CORE)
  note(`updates of the journal at ${live}`, updates / SECONDS, '/s')
  judge(`an open journal at ${live}, added to the mock`, ofMock, 10, CORE)
  judge(`an open journal at ${live}, added to the browser`, ofBrowser, 10, CORE)
  judge(`an open journal at ${live}, added to both together`, ofMock + ofBrowser, 10, CORE)
}

/** Sends at a steady pace; gives the part of a core that each side took. */
async function load(call) {
  const sides = { mock: mock.pid, browser: server.process().pid }
  const before = new Map(
    Object.values(sides)
      .flatMap(familyOf)
      .map((pid) => [pid, cpuSeconds(pid)]),
  )
  const started = performance.now()
  const sent = []
  for (let at = 0; at < SECONDS * PER_SECOND; at += 1) {
    await sleep(Math.max(0, started + (1000 * at) / PER_SECOND - performance.now()))
    sent.push(call('GET', `${API}/userList?offset=${at % 150}&limit=20`))
  }
  await Promise.all(sent)
  const seconds = (performance.now() - started) / 1000
  // Of a process that came meanwhile all counts; one that has gone, such as that of a page that was closed, is over.
  const taken = (pid) => cpuSeconds(pid) - (before.get(pid) ?? 0)
  const part = (root) => familyOf(root).reduce((sum, pid) => sum + taken(pid), 0) / seconds
  return { mock: part(sides.mock), browser: part(sides.browser) }
}

function fieldsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return []
  }
}

function cpuSeconds(pid) {
  const fields = fieldsOf(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS
}

/** A process and all its descendants. */
function familyOf(root) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => [Number(pid), Number(fieldsOf(pid)[1])])
  const family = [root]
  for (const one of family) family.push(...parents.filter(([, parent]) => parent === one).map(([pid]) => pid))
  return family
}
