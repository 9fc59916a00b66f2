/** The element with this id; the shell has it or the page is broken. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no element #${id}.`)
  return element as E
}

/** A text of the page in its language: the server writes them into data attributes of the body. */
export function text(name: string, values: Readonly<Record<string, string>> = {}): string {
  const pattern = document.body.dataset[name] ?? ''
  return pattern.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
}

/** Says something to everybody: shown for a moment, read by screen readers. */
export function announce(message: string): void {
  const place = byId('announcer')
  place.textContent = message
  place.classList.add('is-shown')
  clearTimeout(hiding)
  hiding = setTimeout(() => place.classList.remove('is-shown'), 4000)
}

let hiding: ReturnType<typeof setTimeout> | undefined

const KEY = 'koodrive-mock theme'

const prefersDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches
const isDark = (): boolean =>
  (document.documentElement.dataset['theme'] ?? (prefersDark() ? 'dark' : 'light')) === 'dark'

/** Uses the theme that was chosen last; without a choice that of the system. */
export function restoreTheme(): void {
  const chosen = localStorage.getItem(KEY)
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset['theme'] = chosen
}

export function toggleTheme(): void {
  localStorage.setItem(KEY, isDark() ? 'light' : 'dark')
  restoreTheme()
}
