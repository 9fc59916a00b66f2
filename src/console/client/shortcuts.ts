import { byId, toggleTheme } from './page.ts'
import { addressOf } from './router.ts'

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
    const field = document.querySelector<HTMLElement>(
      'main [data-search], main form[data-navigate]:not(.picker) :is(input:not([type=hidden]), select)',
    )
    field?.focus()
  } else if (key === 'j') return step(1)
  else if (key === 'k') return step(-1)
  else if (key === 'Enter') return openChosen()
  else if (key === 'Escape') return closeDetail()
  else return false
  return true
}

const rows = (): HTMLTableRowElement[] => [...document.querySelectorAll<HTMLTableRowElement>('main .desk tr[data-key]')]

/** Goes to the next or the previous request; the history keeps the list, not every step. */
function step(by: 1 | -1): boolean {
  const all = rows()
  const at = all.findIndex((row) => row.classList.contains('is-chosen'))
  const row = all[at < 0 ? 0 : at + by]
  const link = row?.querySelector<HTMLAnchorElement>('th a')
  if (row === undefined || link === null || link === undefined) return false
  for (const other of all) other.classList.toggle('is-chosen', other === row)
  row.scrollIntoView({ block: 'nearest' })
  link.focus({ preventScroll: true })
  location.replace(link.hash)
  return true
}

/** Enter on a link follows it; anywhere else it goes into the request that was chosen. */
function openChosen(): boolean {
  if (document.activeElement instanceof HTMLElement && document.activeElement.closest('a, button, summary') !== null) {
    const row = document.activeElement.closest('.desk tr.is-chosen')
    if (row === null) return false
  }
  const heading = document.querySelector<HTMLElement>('main .detail h2')
  heading?.focus()
  return heading !== null
}

function closeDetail(): boolean {
  const link = document.querySelector<HTMLAnchorElement>('main .detail [data-close]')
  link?.click()
  return link !== null
}
