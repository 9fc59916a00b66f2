import { call } from './api.ts'
import { announce, byId, text } from './page.ts'
import { addressOf, show } from './router.ts'
import { sendSigned, showSigned } from './signing.ts'

/** Lets buttons and forms do what their data attributes say. One listener serves whatever views come later. */
export function startActions(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a') : null
    if (target !== null) void onClick(target, event)
  })
  document.addEventListener('submit', (event) => {
    const { target: form } = event
    if (!(form instanceof HTMLFormElement) || form.id === 'token-form' || form.method === 'dialog') return
    event.preventDefault()
    if (form.dataset['navigate'] !== undefined) navigate(form)
    else void send(form)
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLElement) || !('submits' in target.dataset)) return
    target.closest('form')?.requestSubmit()
  })
}

async function onClick(target: HTMLElement, event: Event): Promise<void> {
  const { copy, reveal, method, url, body, ask, done, goto: next, signedSend } = target.dataset
  if (target.classList.contains('skip')) {
    event.preventDefault()
    byId('main').focus()
  } else if (target instanceof HTMLAnchorElement && target.id === 'language') target.hash = location.hash
  else if (copy !== undefined) await copyText(copy)
  else if (reveal !== undefined) toggleSecret(target, reveal)
  else if (signedSend !== undefined) await sendSigned()
  else if (method !== undefined && url !== undefined) {
    if (ask !== undefined && !confirm(ask)) return
    await carryOut(method, url, body === undefined ? undefined : JSON.parse(body), done)
    if (next !== undefined) location.hash = next
  }
}

async function copyText(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value)
    announce(text('textCopied'))
  } catch {
    announce(text('textNotCopied'))
  }
}

function toggleSecret(button: HTMLElement, id: string): void {
  const secret = byId(id)
  const isShown = button.getAttribute('aria-pressed') === 'true'
  secret.textContent = isShown ? '••••••••' : (secret.dataset['secret'] ?? '')
  button.setAttribute('aria-pressed', String(!isShown))
}

function navigate(form: HTMLFormElement): void {
  const params = Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])),
  )
  location.hash = addressOf(form.dataset['navigate'] ?? '', params)
}

async function send(form: HTMLFormElement): Promise<void> {
  const { method = 'POST', url = '', done, output } = form.dataset
  const result = await carryOut(method, url, toBody(form), done)
  if (output !== undefined && result !== undefined) showSigned(await result.json())
}

/** The fields of a form as JSON; an empty field is left out, `data-type` says what is no text. */
function toBody(form: HTMLFormElement): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of form.elements) {
    if (
      !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
    )
      continue
    if (field.name === '' || field.value === '') continue
    body[field.name] = field.dataset['type'] === 'number' ? Number(field.value) : field.value
  }
  return body
}

async function carryOut(method: string, url: string, body: unknown, done?: string): Promise<Response | undefined> {
  try {
    const response = await call(method, url, body)
    if (done !== undefined) announce(done)
    await show()
    return response
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error))
    return undefined
  }
}
