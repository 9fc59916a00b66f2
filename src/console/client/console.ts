import { startActions } from './actions.ts'
import { storedToken } from './api.ts'
import { listen } from './live.ts'
import { byId, text } from './page.ts'
import { currentSandbox, isPaused, refreshSoon, show, startRouter, wantsEvent } from './router.ts'
import { startShortcuts } from './shortcuts.ts'
import { restoreTheme, toggleTheme } from './theme.ts'
import { askForToken } from './token-dialog.ts'

let isStarted = false

restoreTheme()
byId('theme').addEventListener('click', toggleTheme)
startShortcuts()
startActions()
startLiveButton()
if (document.body.dataset['needsToken'] !== undefined && storedToken() === null) askForToken(start)
else start()

function start(): void {
  if (isStarted) return void show()
  isStarted = true
  startRouter(() => askForToken(() => void show()))
  void listen(
    ({ type, sandbox }) => {
      const concerns = sandbox === undefined || sandbox === currentSandbox() || wantsEvent('all')
      if (!isPaused() && concerns && wantsEvent(type)) refreshSoon()
    },
    (state) => {
      const sign = byId('connection')
      sign.dataset['state'] = state
      sign.textContent = text(state === 'connected' ? 'textConnected' : 'textBroken')
    },
  )
}

/** What moves by itself must be possible to stop (WCAG 2.2.2). */
function startLiveButton(): void {
  const button = byId('live')
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(isPaused()))
    if (!isPaused()) void show()
  })
}
