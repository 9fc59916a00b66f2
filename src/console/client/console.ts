import { startActions } from './actions.ts'
import { storedToken } from './api.ts'
import { type Connection, listen } from './live.ts'
import { byId, restoreTheme, text, toggleTheme } from './page.ts'
import { currentSandbox, isPaused, refreshSoon, show, startRouter, wantsEvent, wantsEvents } from './router.ts'
import { startShortcuts } from './shortcuts.ts'
import { askForToken } from './token-dialog.ts'

let isStarted = false

restoreTheme()
byId('theme').addEventListener('click', toggleTheme)
startShortcuts()
startActions()
startTicking()
startLiveButton()
if (document.body.dataset['needsToken'] !== undefined && storedToken() === null) askForToken(start)
else start()

function start(): void {
  if (isStarted) return void show()
  isStarted = true
  startRouter(() => askForToken(() => void show()))
  void listen(
    ({ type, sandbox }) => {
      const concerns = sandbox === undefined || sandbox === currentSandbox() || wantsEvent('all') || wantsEvent(sandbox)
      // Too much happened to tell it apart: it may concern any view.
      const isWanted = type === 'dropped' ? wantsEvents() : concerns && wantsEvent(type)
      if (!isPaused() && isWanted) refreshSoon()
    },
    (state) => {
      // What happened meanwhile was told to nobody.
      if (state === 'connected' && connection === 'broken' && !isPaused()) refreshSoon()
      connection = state
      showConnection()
    },
  )
}

let connection: Connection | undefined

/** The time of the reader's clock. */
const now = (): string => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' }).format()

/** A page that holds still says so, and since when. */
function showConnection(): void {
  const sign = byId('connection')
  const state = connection === 'connected' && isPaused() ? 'paused' : (connection ?? '')
  sign.dataset['state'] = state
  document.body.classList.toggle('is-paused', state === 'paused')
  document.body.classList.toggle('is-offline', state === 'broken')
  if (state === 'paused') sign.textContent = text('textPaused', { time: now() })
  else if (state !== '') sign.textContent = text(state === 'connected' ? 'textConnected' : 'textBroken')
}

/** What moves by itself must be possible to stop (WCAG 2.2.2). */
function startLiveButton(): void {
  const button = byId('live')
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(isPaused()))
    showConnection()
    if (!isPaused()) void show()
  })
}

/** Swedish writes dates as ISO 8601 does. */
const written = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })

/** Lets the clocks on the page go on between two views: the mock says what time it is and how fast it runs. */
function startTicking(): void {
  const bases = new WeakMap<HTMLElement, { readonly from: string; readonly at: number }>()
  setInterval(() => {
    for (const clock of document.querySelectorAll<HTMLElement>('[data-ticks]')) {
      const { ticks = '0', rate = '0' } = clock.dataset
      const known = bases.get(clock)
      if (known?.from !== ticks) bases.set(clock, { from: ticks, at: performance.now() })
      else if (rate !== '0') {
        const now = Number(ticks) + (performance.now() - known.at) * Number(rate)
        const text = `${written.format(now)} UTC`
        if (clock.textContent !== text) clock.textContent = text
      }
    }
  }, 250)
}
