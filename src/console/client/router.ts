import { CallError, call, PREFIX } from './api.ts'
import { morphChildren } from './morph.ts'
import { byId, text } from './page.ts'
import { keepScrollPosition, restoreScrollPosition, startScrollRestoration } from './scroll-positions.ts'

/** Where the reader is: a view and its parameters, as the hash of the address says. */
interface Place {
  readonly view: string
  readonly params: URLSearchParams
}

const START = 'sandboxes'
const DEFAULT_SANDBOX = 'default'
/** A view is not fetched again sooner than this after its last update: its reader takes in no more. */
const PAUSE_MS = 1000
/** Events that come together are one reason to fetch it. */
const TOGETHER_MS = 100
/** Nor sooner than this many times what it took: a dear view must not keep the mock busy. */
const PAUSE_FACTOR = 10

let sandbox = DEFAULT_SANDBOX
/** Address and view of what is on the page; empty when nothing is. */
let shown = ''
let shownView = ''
let loading: AbortController | undefined
let scheduled: ReturnType<typeof setTimeout> | undefined
let polling: ReturnType<typeof setTimeout> | undefined
let tookMs = 0
/** When the page was last brought up to date. */
let updatedAt = Number.NEGATIVE_INFINITY
/** Whether the reader has changed a filter or a draft of the view: what he types in meanwhile, and where he is, stays. */
let isRefining = false
let askForToken: () => void = () => undefined

export const isPaused = (): boolean => byId('live').getAttribute('aria-pressed') === 'false'

/** The sandbox that the reader looks at. */
export const currentSandbox = (): string => sandbox

function here(): Place {
  const [view = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const params = new URLSearchParams(query)
  sandbox = params.get('sandbox') ?? sandbox
  params.set('sandbox', sandbox)
  return { view: view === '' ? START : view, params }
}

/** Address of a view of the current sandbox. */
export function addressOf(view: string, params: Readonly<Record<string, string>> = {}): string {
  return `#/${view}?${new URLSearchParams({ sandbox, ...params })}`
}

/** Opens a view with other parameters. `isOwn`: a form of this very view asks for it. */
export function goTo(view: string, params: Readonly<Record<string, string>>, isOwn: boolean): void {
  const address = addressOf(view, params)
  if (address === location.hash) return void show()
  isRefining = isOwn && view === shownView
  location.hash = address
}

/** Opens an exchange where the reader is: beside the journal, or in the place of another exchange. */
export function showBeside(id: string): void {
  const { view, params } = here()
  params.set('id', id)
  params.delete('page')
  location.hash = `#/${view}?${params}`
}

/** Follows the hash from now on. `onToken` is called when the mock wants its control token. */
export function startRouter(onToken: () => void): void {
  askForToken = onToken
  startScrollRestoration()
  window.addEventListener('hashchange', () => {
    if (location.hash === '' || location.hash.startsWith('#/')) void show()
  })
  void show()
}

/** Fetches the view again soon; further calls until then add nothing. */
export function refreshSoon(): void {
  if (scheduled !== undefined) return
  scheduled = setTimeout(
    () => {
      scheduled = undefined
      void show('update')
    },
    Math.max(TOGETHER_MS, updatedAt + Math.max(PAUSE_MS, PAUSE_FACTOR * tookMs) - performance.now()),
  )
}

/** What the view on the page wants to be told of: names of events. */
const liveNames = (): string => main().querySelector<HTMLElement>('[data-live]')?.dataset['live'] ?? ''
export const wantsEvent = (type: string): boolean => liveNames().split(' ').includes(type)
export const wantsEvents = (): boolean => liveNames() !== ''

/** Parameters that choose what stands beside a list: with another one the list stays as it is. */
const BESIDE = 'id'

/** Whether two addresses name the same list. */
function isSameList(one: string, other: string): boolean {
  const without = (address: string): string => {
    const [view, query] = address.split('?')
    const params = new URLSearchParams(query)
    params.delete(BESIDE)
    params.sort()
    return `${view}?${params}`
  }
  return without(one) === without(other)
}

/**
 * Fetches the view that the address names and brings the page up to date. An `update` that the reader did not ask for leaves
 * rows where they are.
 */
export async function show(why: 'asked' | 'update' = 'asked'): Promise<void> {
  const { view, params } = here()
  const address = `${view}?${params}`
  const { hash } = location
  const isNew = address !== shown
  const isBeside = isNew && shownView === 'journal' && isSameList(address, shown)
  const isRefined = isNew && isRefining
  isRefining = false
  const top = main().querySelector<HTMLElement>('[data-top]')?.dataset['top']
  if (top !== undefined && (why === 'update' || isBeside)) params.set('top', top)
  if (why === 'update' && !isNew) params.set('have', versions().join())
  if (view === START && hasSeen(sandbox)) params.set('seen', '1')
  loading?.abort()
  clearTimeout(polling)
  const controller = new AbortController()
  loading = controller
  params.set('lang', document.documentElement.lang)
  const started = performance.now()
  updatedAt = started
  try {
    const known = (document.body.dataset['views'] ?? '').split(' ')
    // The address is anybody's: whatever it names besides a view could lead to an answer that is no page.
    if (!known.includes(view)) throw new CallError(404, text('textNoView', { view }))
    const response = await call('GET', `${PREFIX}/console/views/${view}?${params}`, undefined, controller.signal)
    if (!response.headers.get('content-type')?.startsWith('text/html')) throw new CallError(502, view)
    const html = await response.text()
    if (loading !== controller) return
    update(html, { isNew, isBeside, isRefined, view })
    updatedAt = performance.now()
    tookMs = updatedAt - started
    shown = address
    shownView = view
    main().dataset['hash'] = hash
  } catch (error) {
    if (loading !== controller) return
    fail(error, isNew)
  }
}

/** What the page has of a view: it is not sent again to an update. */
const versions = (): string[] =>
  Array.from(main().querySelectorAll<HTMLElement>('[data-version]'), ({ dataset }) => dataset['version'] ?? '')

const SEEN = 'koodrive-mock seen '

/** Whether a request of a sandbox was opened in this tab: the journal cannot know who has read it. */
const hasSeen = (id: string): boolean => sessionStorage.getItem(SEEN + id) !== null
const noteSeen = (id: string): void => sessionStorage.setItem(SEEN + id, '1')

const main = (): HTMLElement => byId('main')

interface Change {
  readonly isNew: boolean
  readonly isBeside: boolean
  readonly isRefined: boolean
  readonly view: string
}

function update(html: string, { isNew, isBeside, isRefined, view }: Change): void {
  const page = new DOMParser().parseFromString(html, 'text/html')
  if (isNew && !isBeside && !isRefined) main().replaceChildren(...page.body.childNodes)
  else morphChildren(main(), page.body)
  main().removeAttribute('aria-busy')
  if (main().querySelector('article.exchange') !== null) noteSeen(sandbox)
  markCurrent(view)
  const heading = main().querySelector<HTMLElement>('h1')
  document.title = `${heading?.dataset['title'] ?? heading?.textContent ?? ''} · koodrive-mock`
  if (isBeside) main().querySelector('.detail')?.scrollTo(0, 0)
  else if (isRefined) keepScrollPosition()
  else if (isNew && shown !== '') {
    heading?.focus({ preventScroll: true })
    restoreScrollPosition()
  }
  const pollMs = Number(main().querySelector<HTMLElement>('[data-poll]')?.dataset['poll'] ?? 0)
  if (pollMs > 0 && !isPaused()) polling = setTimeout(() => void show('update'), pollMs)
}

function markCurrent(view: string): void {
  const root = main().querySelector<HTMLElement>('[data-nav]')?.dataset['nav'] ?? view
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-view]')) {
    const { view: target = '' } = link.dataset
    link.href = addressOf(target)
    if (target !== root) link.removeAttribute('aria-current')
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'page')
      // On a narrow screen the navigation scrolls sideways.
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
  }
}

function fail(error: unknown, isNew: boolean): void {
  main().removeAttribute('aria-busy')
  if (error instanceof CallError && error.status === 401) {
    askForToken()
    return
  }
  if (!(error instanceof CallError) && !isNew) {
    refreshLater()
    return
  }
  const message = document.createElement('p')
  message.className = 'notice is-bad'
  message.setAttribute('role', 'alert')
  message.textContent = error instanceof CallError ? error.message : text('textOffline')
  const heading = document.createElement('h1')
  heading.tabIndex = -1
  heading.textContent = text('textFailed')
  main().replaceChildren(heading, message)
  shown = ''
  shownView = ''
  if (error instanceof CallError) sandbox = DEFAULT_SANDBOX
  else refreshLater()
}

function refreshLater(): void {
  polling = setTimeout(() => void show('update'), 2000)
}
