/** The viewer leaves controls without a name and lists without items. */
export function nameControls(viewer: HTMLElement, fallback: string): void {
  for (const control of viewer.querySelectorAll('select, input, textarea, .json-schema-2020-12-accordion')) {
    if (!isNamed(viewer, control)) control.setAttribute('aria-label', nameOf(control) || fallback)
  }
  for (const list of viewer.querySelectorAll('.json-schema-2020-12-keyword__children')) {
    list.setAttribute('role', 'presentation')
    for (const item of list.querySelectorAll(':scope > li')) item.setAttribute('role', 'presentation')
  }
  for (const block of viewer.querySelectorAll('pre')) block.tabIndex = 0
}

function isNamed(viewer: HTMLElement, control: Element): boolean {
  if (control.hasAttribute('aria-label') || control.closest('label') !== null) return true
  if (control instanceof HTMLButtonElement && control.textContent.trim() !== '') return true
  return control.id !== '' && viewer.querySelector(`label[for="${CSS.escape(control.id)}"]`) !== null
}

function nameOf(control: Element): string {
  const row = control.closest('tr')?.querySelector('.parameter__name, .response-col_status')
  const described = row?.textContent?.replace('*', '').trim()
  return described || control.getAttribute('placeholder') || ''
}

/** The viewer speaks English only: its own words are replaced in place, those of the document are left alone. */
export function translateWords(viewer: HTMLElement, words: Readonly<Record<string, string>>): void {
  if (Object.keys(words).length === 0) return
  const texts = document.createTreeWalker(viewer, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const written = node.nodeValue ?? ''
    const word = written.trim()
    if (Object.hasOwn(words, word) && node.parentElement?.closest('pre, code, textarea, option') == null) {
      node.nodeValue = written.replace(word, words[word] ?? word)
    }
  }
}
