import { forgetToken, storedToken, storeToken } from './api.ts'
import { byId, text } from './page.ts'

/** Asks for the control token; `onToken` runs when there is one. Whoever closes the dialog is told how to open it again. */
export function askForToken(onToken: () => void): void {
  const dialog = byId<HTMLDialogElement>('token-dialog')
  const field = byId<HTMLInputElement>('token')
  byId('token-wrong').hidden = storedToken() === null
  forgetToken()
  field.value = ''
  byId('token-form').onsubmit = (event) => {
    event.preventDefault()
    if (field.value.trim() === '') return
    storeToken(field.value.trim())
    field.value = ''
    dialog.close()
    onToken()
  }
  dialog.onclose = () => {
    if (storedToken() === null) showLocked(onToken)
  }
  if (!dialog.open) dialog.showModal()
}

function showLocked(onToken: () => void): void {
  const main = byId('main')
  const heading = document.createElement('h1')
  heading.tabIndex = -1
  heading.textContent = text('textLocked')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'is-main'
  button.textContent = text('textEnterToken')
  button.addEventListener('click', () => askForToken(onToken))
  main.replaceChildren(heading, button)
  main.removeAttribute('aria-busy')
  button.focus()
}
