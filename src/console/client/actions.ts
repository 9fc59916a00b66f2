import { CallError, call } from './api.ts'
import { compareOwn } from './compare.ts'
import { copySigned, copyText } from './copy.ts'
import { toBody } from './form.ts'
import { announce, byId, text } from './page.ts'
import { changesOf, replay, sampleOf } from './replay.ts'
import { addressOf, goTo, show } from './router.ts'
import { sendSigned, showSigned } from './signing.ts'

/** Lets buttons and forms do what their data attributes say. One listener serves whatever views come later. */
export function startActions(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a') : null
    if (target !== null) void reported(() => onClick(target, event))
    closeMenus(event)
  })
  document.addEventListener('submit', (event) => {
    const { target: form } = event
    if (!(form instanceof HTMLFormElement) || form.id === 'token-form' || form.method === 'dialog') return
    event.preventDefault()
    void reported(() => onSubmit(form))
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    const form = target.closest('form')
    if ('submits' in target.dataset || form?.dataset['previews'] !== undefined) form?.requestSubmit()
  })
  document.addEventListener('input', ({ target }) => {
    const form = previewing(target)
    if (form !== null) holdBack(form)
  })
  // What was typed and taken back is no change.
  document.addEventListener('focusout', ({ target }) => {
    const form = previewing(target)
    if (form !== null && previewOf(form)?.hasAttribute(HELD)) form.requestSubmit()
  })
}

/** Says what went wrong in words of the console: a browser calls a mock that is gone "Failed to fetch". */
async function reported(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    announce(error instanceof CallError ? error.message : text('textUnreachable'))
  }
}

/** An update that nobody asked for leaves such an element as it is. */
const HELD = 'data-keep'

const previewing = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>('form[data-previews]') : null
const previewOf = (form: HTMLFormElement): HTMLElement | null => document.getElementById(form.dataset['previews'] ?? '')

/** A preview of what is no more in the form must not be acted upon until the next one is there. */
function holdBack(form: HTMLFormElement): void {
  const preview = previewOf(form)
  preview?.setAttribute(HELD, '')
  for (const button of preview?.querySelectorAll('button') ?? []) button.disabled = true
}

/** A menu closes when something else is clicked. */
function closeMenus({ target }: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (!(target instanceof Node) || !menu.contains(target)) menu.open = false
  }
}

async function onClick(target: HTMLElement, event: Event): Promise<void> {
  const { copy, reveal, method, url = '', body, ask, done = '', goto: next, download, replay: again } = target.dataset
  const {
    save: saves,
    saveField,
    copySample,
    copySigned: order,
    change,
    signedSend,
    refresh,
    file = '',
  } = target.dataset
  if (target.classList.contains('skip')) {
    event.preventDefault()
    byId('main').focus()
  } else if (target instanceof HTMLAnchorElement && target.id === 'language') target.hash = location.hash
  else if (copy !== undefined) await copyText(copy)
  else if (copySample !== undefined) await copyText(await sampleOf(url, copySample))
  else if (order !== undefined) await copySigned(order, change)
  else if (reveal !== undefined) toggleSecret(target, reveal)
  else if (signedSend !== undefined) await sendSigned()
  else if (refresh !== undefined) await show()
  else if (download !== undefined) save(await (await call('GET', download)).blob(), file)
  else if (saves !== undefined) save(new Blob([saves || byId<HTMLTextAreaElement>(saveField ?? '').value]), file)
  else if (again !== undefined) await replay(again, JSON.parse(body ?? '{}'), done)
  else if (method !== undefined && url !== '') {
    if (ask !== undefined && !confirm(ask)) return
    await carryOut(method, url, body === undefined ? undefined : JSON.parse(body), done)
    if (next !== undefined) location.hash = next
  }
}

async function onSubmit(form: HTMLFormElement): Promise<void> {
  const {
    method = 'POST',
    url = '',
    done = '',
    output,
    opens,
    goto: next,
    navigate,
    replay: again,
    compare,
  } = form.dataset
  previewOf(form)?.removeAttribute(HELD)
  if (navigate !== undefined) return go(form, navigate)
  if (again !== undefined) return replay(again, changesOf(form), done)
  if (compare !== undefined) return compareOwn(form)
  const response = await carryOut(method, url, toBody(form), done)
  const isRead = output !== undefined || opens !== undefined
  const result = isRead ? await response.json() : undefined
  if (output !== undefined) showSigned(result)
  if (opens !== undefined) location.hash = addressOf(opens, { sandbox: result.id })
  else if (next !== undefined) location.hash = next
}

/** Keeps bytes as a file. What the mock has is fetched, not linked to: a link carries no control token. */
function save(bytes: Blob, file: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = file
  link.click()
  URL.revokeObjectURL(link.href)
}

function toggleSecret(button: HTMLElement, id: string): void {
  const secret = byId(id)
  const isShown = button.getAttribute('aria-pressed') === 'true'
  secret.textContent = isShown ? (secret.dataset['covered'] ?? '••••••••') : (secret.dataset['secret'] ?? '')
  button.setAttribute('aria-pressed', String(!isShown))
}

function go(form: HTMLFormElement, view: string): void {
  const params = Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])),
  )
  goTo(view, params, !form.classList.contains('picker'))
}

async function carryOut(method: string, url: string, body: unknown, done: string): Promise<Response> {
  const response = await call(method, url, body)
  if (done !== '') announce(done)
  await show()
  return response
}
