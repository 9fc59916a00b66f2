import { byId } from './page.ts'
import { addressOf } from './router.ts'
import { toggleTheme } from './theme.ts'

const KEY = 'koodrive-mock shortcuts'

/** Single keys must be possible to switch off: speech input types them by accident (WCAG 2.1.4). */
const isOn = (): boolean => localStorage.getItem(KEY) !== 'off'

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.nodeName))

/** The keys of the console; the dialog that `?` opens lists them. */
export function startShortcuts(): void {
  const dialog = byId<HTMLDialogElement>('shortcuts')
  const box = byId<HTMLInputElement>('shortcuts-on')
  box.checked = isOn()
  box.addEventListener('change', () => localStorage.setItem(KEY, box.checked ? 'on' : 'off'))
  byId('shortcuts-open').addEventListener('click', () => dialog.showModal())
  document.addEventListener('keydown', (event) => {
    if (!isOn() || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('dialog[open]') !== null) return
    if (act(event.key, dialog)) event.preventDefault()
  })
}

function act(key: string, dialog: HTMLDialogElement): boolean {
  if (/^[1-9]$/.test(key)) {
    const link = document.querySelectorAll<HTMLAnchorElement>('nav a[data-view]')[Number(key) - 1]
    if (link === undefined) return false
    location.hash = addressOf(link.dataset['view'] ?? '')
  } else if (key === '?') dialog.showModal()
  else if (key === 't') toggleTheme()
  else if (key === 'p') byId('live').click()
  else if (key === '/') {
    const field = document.querySelector<HTMLElement>('main form[data-navigate] :is(input:not([type=hidden]), select)')
    field?.focus()
  } else return false
  return true
}
