/** Where the reader was on each page of this tab's history, by a number that the entry of the history carries. */
const places = new Map<number, number>()
const MOST = 200

let current = 0

const numberOf = (state: unknown): number | undefined =>
  typeof state === 'object' && state !== null && 'place' in state ? Number(state.place) : undefined

/** Remembers how far each page was scrolled. Pages are filled by a script, so the browser itself cannot. */
export function startScrollRestoration(): void {
  history.scrollRestoration = 'manual'
  enter()
  document.addEventListener('scroll', () => remember(), { passive: true })
}

function remember(): void {
  places.delete(current)
  places.set(current, scrollY)
  const [oldest] = places.keys()
  if (places.size > MOST && oldest !== undefined) places.delete(oldest)
}

/** Takes note of the entry of the history that the page is at; tells whether the reader came back to it. */
function enter(): boolean {
  const known = numberOf(history.state)
  if (known === current && current !== 0) return false
  if (known !== undefined) {
    current = known
    return true
  }
  current = performance.timeOrigin + performance.now()
  history.replaceState({ place: current }, '')
  return false
}

/** Scrolls to where the reader was when he comes back, to the top otherwise. */
export function restoreScrollPosition(): void {
  const to = enter() ? (places.get(current) ?? 0) : 0
  scrollTo(0, to)
}

/** The page has another address, and the reader stays where he is. */
export function keepScrollPosition(): void {
  enter()
  remember()
}
