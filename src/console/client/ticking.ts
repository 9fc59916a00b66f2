/** Swedish writes dates as ISO 8601 does. */
const written = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })

/** Lets the clocks on the page go on between two views: the mock says what time it is and how fast it runs. */
export function startTicking(): void {
  const bases = new WeakMap<HTMLElement, { readonly from: string; readonly at: number }>()
  setInterval(() => {
    for (const clock of document.querySelectorAll<HTMLElement>('[data-ticks]')) {
      const { ticks = '0', rate = '0' } = clock.dataset
      const known = bases.get(clock)
      if (known?.from !== ticks) bases.set(clock, { from: ticks, at: performance.now() })
      else if (rate !== '0') {
        const now = Number(ticks) + (performance.now() - known.at) * Number(rate)
        const text = `${written.format(now)} UTC`
        if (clock.textContent !== text) clock.textContent = text
      }
    }
  }, 250)
}
