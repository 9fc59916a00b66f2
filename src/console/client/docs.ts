import { byId, restoreTheme, toggleTheme } from './page.ts'
import { keepExample } from './samples.ts'
import { startViewer } from './viewer.ts'

/** Addresses of operations, `#op-listUsers`, which other pages link to. */
const OPERATION = /^#op-(\w+)$/

restoreTheme()
byId('theme').addEventListener('click', toggleTheme)
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault()
  byId('main').focus()
})
document.querySelector('#language')?.addEventListener('click', ({ currentTarget }) => {
  if (currentTarget instanceof HTMLAnchorElement) currentTarget.hash = location.hash
})
keepExample()
void startViewer().then(() => {
  window.addEventListener('hashchange', openAddress)
  // A link to where one is already changes no address.
  for (const link of document.querySelectorAll('a[data-operation]')) link.addEventListener('click', openLater)
  openAddress()
})

function openLater(): void {
  setTimeout(openAddress)
}

/** Opens the operation that the address names; other addresses are left to the browser. */
function openAddress(): void {
  const [, operationId] = OPERATION.exec(location.hash) ?? []
  if (operationId === undefined) return
  const block = document.querySelector<HTMLElement>(`#viewer [id$="-${operationId}"]`)
  if (block === null) return
  const button = block.querySelector<HTMLElement>('.opblock-summary-control')
  if (!block.classList.contains('is-open')) button?.click()
  block.scrollIntoView()
  button?.focus({ preventScroll: true })
}
