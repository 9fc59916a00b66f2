import { forgetToken, storedToken, storeToken } from './api.ts'
import { byId } from './page.ts'

/** Asks for the control token; `onToken` runs when there is one. */
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
  if (!dialog.open) dialog.showModal()
}
