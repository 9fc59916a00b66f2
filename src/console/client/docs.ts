import { CallError, call, PREFIX, storedToken } from './api.ts'
import { announce, byId, text } from './page.ts'
import { restoreTheme, toggleTheme } from './theme.ts'
import { askForToken } from './token-dialog.ts'

/** A request as the viewer is about to send it. */
interface ViewerRequest {
  url: string
  method: string
  headers: Record<string, string>
  body?: unknown
}

interface ViewerOptions {
  readonly spec: unknown
  readonly domNode: HTMLElement
  readonly [option: string]: unknown
}

declare global {
  interface Window {
    /** The viewer, a classic script that leaves one name behind. */
    SwaggerUIBundle?: (options: ViewerOptions) => unknown
  }
}

/** What the viewer hands to a plugin: its React, and its components by name. */
interface ViewerSystem {
  readonly React: { createElement(type: unknown, props: object | null, ...children: unknown[]): unknown }
}
interface LayoutProps {
  readonly getComponent: (name: string, isConnected?: boolean) => unknown
}

type Sampler = (schema: unknown, type: string, config: unknown, example: unknown) => unknown

/** Keeps an example that is text as it stands: parsing it would round ids beyond 2^53. */
const exactExamples = () => ({
  afterLoad(this: { fn: { getSampleSchema: Sampler } }): void {
    const { getSampleSchema } = this.fn
    this.fn.getSampleSchema = (schema, type, config, example) =>
      typeof example === 'string' ? example : getSampleSchema(schema, type, config, example)
  },
})

/** A layout of the operations alone: title, servers and credentials are the page's own. */
const operationsOnly = ({ React }: ViewerSystem) => ({
  components: {
    OperationsLayout: ({ getComponent }: LayoutProps) =>
      React.createElement(
        'div',
        { className: 'swagger-ui' },
        React.createElement(getComponent('SvgAssets'), null),
        React.createElement(getComponent('operations', true), null),
      ),
  },
})

/** Parts of the document that the page changes before it shows it. */
interface ShownDocument {
  servers: { url: string }[]
  paths: Record<string, Record<string, { parameters?: { name: string; required?: boolean }[] }>>
}

/** Headers that signing writes; the reader need not fill them in. */
const SIGNED = new Set(['X-Date', 'X-User-Id'])

restoreTheme()
byId('theme').addEventListener('click', toggleTheme)
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault()
  byId('main').focus()
})
void startViewer()

async function startViewer(): Promise<void> {
  await loadScript(`${PREFIX}/console/assets/swagger-ui.js`)
  const viewer = byId('viewer')
  window.SwaggerUIBundle?.({
    spec: ownDocument(),
    domNode: viewer,
    layout: 'OperationsLayout',
    plugins: [operationsOnly, exactExamples],
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    defaultModelRendering: 'model',
    defaultModelExpandDepth: 3,
    showExtensions: true,
    syntaxHighlight: { activated: false },
    tryItOutEnabled: true,
    supportedSubmitMethods: ['get', 'post'],
    validatorUrl: null,
    persistAuthorization: false,
    requestInterceptor: signRequest,
  })
  new MutationObserver(() => nameControls(viewer)).observe(viewer, { childList: true, subtree: true })
  nameControls(viewer)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-operation]')) {
    link.addEventListener('click', (event) => openOperation(event, link.dataset['operation'] ?? ''))
  }
}

function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error(`${address} cannot be loaded.`)))
    document.head.append(script)
  })
}

/** The document of the page with this server as the only one. */
function ownDocument(): ShownDocument {
  const shown = JSON.parse(byId('document').textContent ?? '') as ShownDocument
  shown.servers = [{ url: location.origin }]
  for (const path of Object.values(shown.paths)) {
    for (const { parameters = [] } of Object.values(path)) {
      for (const parameter of parameters) if (SIGNED.has(parameter.name)) parameter.required = false
    }
  }
  return shown
}

/** Signs what the viewer sends with the credentials of the chosen sandbox. */
async function signRequest(request: ViewerRequest): Promise<ViewerRequest> {
  const { method, url, headers, body } = request
  const further = Object.entries(headers).filter(([name]) => /^(?:x-traceid|language|x-date|x-user-id)$/i.test(name))
  const order = {
    sandbox: byId<HTMLInputElement>('sandbox').value,
    method,
    url,
    headers: Object.fromEntries(further),
    ...(typeof body === 'string' && { body }),
  }
  const signed = (await (await callWithToken(order)).json()) as { headers: [string, string][] }
  const own = signed.headers.filter(([name]) => name.toLowerCase() !== 'host')
  return { ...request, headers: { ...headers, ...Object.fromEntries(own) } }
}

async function callWithToken(order: unknown): Promise<Response> {
  if (document.body.dataset['needsToken'] !== undefined && storedToken() === null) await tokenGiven()
  try {
    return await call('POST', `${PREFIX}/signature/sign`, order)
  } catch (error) {
    if (error instanceof CallError && error.status === 401) {
      await tokenGiven()
      return callWithToken(order)
    }
    announce(error instanceof Error ? error.message : String(error))
    throw error
  }
}

const tokenGiven = (): Promise<void> => new Promise((resolve) => askForToken(resolve))

function openOperation(event: Event, operationId: string): void {
  event.preventDefault()
  const block = document.querySelector<HTMLElement>(`#viewer [id$="-${operationId}"]`)
  if (block === null) return
  const button = block.querySelector<HTMLElement>('.opblock-summary-control')
  if (!block.classList.contains('is-open')) button?.click()
  block.scrollIntoView()
  button?.focus({ preventScroll: true })
}

/** The viewer leaves controls without a name and lists without items. */
function nameControls(viewer: HTMLElement): void {
  for (const control of viewer.querySelectorAll('select, input, textarea, .json-schema-2020-12-accordion')) {
    if (!isNamed(viewer, control)) control.setAttribute('aria-label', nameOf(control))
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
  return described || control.getAttribute('placeholder') || text('textSelect')
}
