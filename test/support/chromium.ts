import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterEach, beforeAll, describe } from 'vitest'
import { once } from '../../src/spec/once.ts'
import { inCi, isRequired } from './judge.ts'
import { closeAll } from './targets.ts'

const PATHS = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = PATHS.find((path) => path !== undefined && existsSync(path))

/** Switches that keep the browser quiet: no window, no sandbox in a container, no call to anybody. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One browser for all files of a worker; each visit has a context of its own. It ends with the worker, whose pipe it reads. */
const theBrowser = once(() => chromium.launch({ executablePath: executablePath ?? '', args }))

/**
 * Shows what a test only passes for being quick: with KOODRIVE_TEST_SLOW=1 every page has a sixth of the processor, and what
 * it asks of the mock takes longer, each time by another amount.
 */
const isSlow = process.env['KOODRIVE_TEST_SLOW'] === '1'
const DELAYS_MS = [300, 0, 600, 150]

async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  let asked = 0
  await context.route(/\/__admin\/(?!console\/assets)/, async (route) => {
    asked += 1
    await setTimeout(DELAYS_MS[asked % DELAYS_MS.length])
    // The page may be gone, or may have asked for something else.
    await route.continue().catch(() => undefined)
  })
}

const missing = `no Chromium at ${PATHS.filter(Boolean).join(', ')}; install it (apt-get install chromium) or set CHROMIUM`

/** A page that keeps what went wrong on it. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Console errors, uncaught errors and violations of the Content-Security-Policy. */
  readonly errors: string[]
  /** Requests that left the host of the page. */
  readonly strays: string[]
}

/**
 * Runs tests in a real Chromium, which takes as much processor time as all other tests: where judges are required. Elsewhere
 * they are skipped, and say so. Beside other judges a browser may starve: a test that failed runs once more, and the report
 * says so. KOODRIVE_TEST_SLOW=1 finds the tests that need it, and forgives none.
 */
export function describeInChromium(title: string, body: (visit: (options?: VisitOptions) => Promise<Visit>) => void) {
  if (!isRequired) process.stderr.write(`skipped "${title}": ${inCi}\n`)
  else if (executablePath === undefined) throw new Error(missing)
  describe.skipIf(!isRequired)(title, { timeout: isSlow ? 300_000 : 120_000, retry: isSlow ? 0 : 1 }, () => {
    let browser: Browser
    const contexts: BrowserContext[] = []
    beforeAll(async () => {
      browser = await theBrowser()
    })
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()))
      await closeAll()
    })
    body(async (options) => {
      const visit = await open(browser, options)
      contexts.push(visit.context)
      return visit
    })
  })
}

export interface VisitOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly locale?: string
}

async function open(browser: Browser, { colorScheme = 'light', width = 1280, locale = 'en-US' }: VisitOptions = {}) {
  const context = await browser.newContext({ colorScheme, locale, viewport: { width, height: 900 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  if (isSlow) await slowDown(context, page)
  const errors: string[] = []
  const strays: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol !== 'data:' && hostname !== '127.0.0.1') strays.push(request.url())
  })
  return { page, context, errors, strays }
}

/** Opens a view of the console and waits until it is there. */
export async function openView(page: Page, baseUrl: string, view: string, params: Record<string, string> = {}) {
  const { href, hash } = new URL(`${baseUrl}/__admin/console#/${view}?${new URLSearchParams(params)}`)
  await page.goto(href)
  // A page that was open before shows the view that it comes from until the next one is there.
  await page.locator(`main[data-hash="${hash}"] .view`).waitFor()
}
