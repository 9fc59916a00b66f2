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
