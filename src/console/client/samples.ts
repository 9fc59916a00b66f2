import { copyText } from './copy.ts'
import { byId, text } from './page.ts'
import { canCall, type SignOrder, signNow } from './sign.ts'

/** The request that a sample is of, as the reader has filled it in. */
export type RequestOf = () => SignOrder

const LANGUAGE_KEY = 'koodrive-mock sample language'

/** The languages in their order with their names, which the server writes into the page. */
const languages = (): [string, string][] => JSON.parse(byId('example-samples').dataset['languages'] ?? '[]')

/** Fills a place with the same request in every language: one at a time, signed when it is shown and when it is copied. */
export function showSamples(place: HTMLElement, requestOf: RequestOf, titled = true): void {
  if (place.childElementCount > 0) return
  const title = document.createElement('h4')
  title.textContent = text('textSamples')
  const tabs = document.createElement('div')
  tabs.className = 'buttons'
  const code = document.createElement('pre')
  code.tabIndex = 0
  const hint = document.createElement('p')
  hint.className = 'hint'
  const copy = document.createElement('button')
  copy.type = 'button'
  copy.className = 'copies'
  copy.textContent = text('textCopy')
  let chosen = sessionStorage.getItem(LANGUAGE_KEY) ?? 'curl'

  const write = async (): Promise<string | undefined> => {
    for (const tab of tabs.querySelectorAll('button')) {
      tab.setAttribute('aria-pressed', String(tab.dataset['language'] === chosen))
    }
    const order = orderOf(requestOf)
    if (typeof order === 'string') {
      hint.textContent = order
      return undefined
    }
    try {
      code.textContent = (await signNow(order)).samples[chosen] ?? ''
      hint.textContent = text('textFresh')
      return code.textContent
    } catch {
      // The reader has been told why.
      return undefined
    }
  }

  for (const [language, name] of languages()) {
    const tab = document.createElement('button')
    tab.type = 'button'
    tab.dataset['language'] = language
    tab.textContent = name
    tab.addEventListener('click', () => {
      chosen = language
      sessionStorage.setItem(LANGUAGE_KEY, language)
      void write()
    })
    tabs.append(tab)
  }
  copy.addEventListener('click', async () => {
    const sample = await write()
    if (sample !== undefined) await copyText(sample)
  })
  tabs.append(copy)
  place.append(...(titled ? [title] : []), tabs, code, hint)
  if (canCall()) void write()
}

/** The request, or in words what it lacks. */
function orderOf(requestOf: RequestOf): SignOrder | string {
  try {
    return requestOf()
  } catch (error) {
    return text('textFill', { what: error instanceof Error ? error.message : String(error) })
  }
}

/** The worked example of the chapter on authentication: each step shows its result for a request that is signed now. */
export function keepExample(): void {
  const button = byId('sign-example')
  const order: SignOrder = { method: 'GET', url: button.dataset['target'] ?? '/' }
  const sign = async (): Promise<void> => {
    const { headers, canonicalRequest, stringToSign, authorization } = await signNow(order)
    const named = headers.filter(([name]) => /^x-/i.test(name)).map(([name, value]) => `${name}: ${value}`)
    byId('docs-headers').textContent = [`GET ${order.url}`, ...named].join('\n')
    byId('docs-canonical').textContent = canonicalRequest ?? ''
    byId('docs-string').textContent = stringToSign ?? ''
    byId('docs-authorization').textContent = `Authorization: ${authorization ?? ''}`
    showSamples(byId('example-samples'), () => order, false)
  }
  button.addEventListener('click', () => void sign().catch(() => undefined))
  if (canCall()) void sign().catch(() => undefined)
}
