import { PREFIX } from './api.ts'
import { byId, text } from './page.ts'
import { type RequestOf, showSamples } from './samples.ts'
import { type SignOrder, signNow } from './sign.ts'
import { nameControls, translateWords } from './viewer-cures.ts'

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

/** A value of the store of the viewer. */
interface Stored {
  toJS(): unknown
}

/** What the viewer hands to a plugin: its React, its functions, and what its store says by now. */
interface ViewerSystem {
  readonly React: { createElement(type: unknown, props: object | null, ...children: unknown[]): unknown }
  readonly fn: { buildRequest(order: object): ViewerRequest }
  readonly specSelectors: {
    specJsonWithResolvedSubtrees(): Stored
    parameterValues(pathMethod: readonly [string, string], isXml: boolean): Stored
  }
  readonly oas3Selectors: { requestBodyValue(path: string, method: string): unknown }
}
interface LayoutProps {
  readonly getComponent: (name: string, isConnected?: boolean) => unknown
}
interface ResponsesProps {
  readonly path: string
  readonly method: string
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

/** Puts code samples of what the form holds above the answers of each operation. */
const samplesOfOperations = () => ({
  wrapComponents: {
    responses: (Original: unknown, system: ViewerSystem) => (props: ResponsesProps) => {
      const { React } = system
      const ref = (place: HTMLElement | null) => {
        if (place !== null) showSamples(place, requestIn(system, props))
      }
      return React.createElement(
        'div',
        null,
        React.createElement('div', { className: 'samples', ref }),
        React.createElement(Original, props),
      )
    },
  },
})

/** The request as the form of an operation has it; it throws what the form lacks. */
function requestIn(system: ViewerSystem, { path, method }: ResponsesProps): RequestOf {
  return () => {
    const spec = system.specSelectors.specJsonWithResolvedSubtrees().toJS() as ShownDocument
    const operation = spec.paths[path]?.[method]
    const body = system.oas3Selectors.requestBodyValue(path, method) ?? exampleOf(operation)
    const request = system.fn.buildRequest({
      spec,
      operationId: operation?.operationId,
      pathName: path,
      method,
      parameters: system.specSelectors.parameterValues([path, method], false).toJS(),
      requestContentType: 'application/json',
      responseContentType: 'application/json',
      ...(typeof body === 'string' && { requestBody: body }),
    })
    return orderOf({ ...request, method, body: typeof body === 'string' ? body : undefined })
  }
}

/** The body that the form begins with: it has none of its own until somebody writes. */
const exampleOf = (operation: ShownOperation | undefined): unknown =>
  Object.values(operation?.requestBody?.content['application/json']?.examples ?? {})[0]?.value

interface ShownOperation {
  readonly operationId?: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly examples?: Readonly<Record<string, { value?: unknown }>> }>>
  }
}

/** Parts of the document that the page changes or asks. */
interface ShownDocument {
  servers: { url: string }[]
  paths: Record<string, Record<string, ShownOperation>>
}

let callers: { readonly path: RegExp; readonly method: string; readonly as: string }[] = []

/** Starts the viewer; its operations are on the page when this is done. */
export async function startViewer(): Promise<void> {
  await loadScript(`${PREFIX}/console/assets/swagger-ui.js`)
  const viewer = byId('viewer')
  const words = JSON.parse(byId('words').textContent ?? '{}') as Record<string, string>
  const shown = ownDocument()
  callers = callersIn(shown)
  const isThere = new Promise<void>((resolve) => {
    new MutationObserver(() => {
      nameControls(viewer, text('textSelect'))
      translateWords(viewer, words)
      if (viewer.querySelector('.opblock') !== null) resolve()
    }).observe(viewer, { childList: true, subtree: true, characterData: true })
  })
  window.SwaggerUIBundle?.({
    spec: shown,
    domNode: viewer,
    layout: 'OperationsLayout',
    plugins: [operationsOnly, exactExamples, samplesOfOperations],
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    defaultModelRendering: 'model',
    defaultModelExpandDepth: 3,
    showExtensions: false,
    syntaxHighlight: { activated: false },
    tryItOutEnabled: true,
    supportedSubmitMethods: ['get', 'post', 'put', 'delete'],
    validatorUrl: null,
    persistAuthorization: false,
    requestInterceptor: signRequest,
  })
  await isThere
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
  return shown
}

/** Who makes a request of each operation: the application wherever it may, for it needs no sign-in. */
function callersIn({ paths }: ShownDocument): typeof callers {
  // Paths without parameters first: /users/count is no user.
  const sorted = Object.entries(paths).sort(([one], [other]) => one.split('{').length - other.split('{').length)
  return sorted.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security = [] }]) => ({
      path: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      method: method.toUpperCase(),
      as: security.some((one) => 'appSignature' in one)
        ? 'signature'
        : security.some((one) => 'accessToken' in one)
          ? 'admin'
          : 'nobody',
    })),
  )
}

/** What the reader wrote besides what the sign route writes itself. */
const OWN_HEADERS = /^(?:x-traceid|language|x-date|x-user-id|vc-session-id)$/i

function orderOf({ url, method, headers = {}, body }: ViewerRequest): SignOrder {
  const { pathname } = new URL(url, location.origin)
  const verb = method.toUpperCase()
  return {
    method: verb,
    url,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name, value]) => OWN_HEADERS.test(name) && value !== ''),
    ),
    as: callers.find((one) => one.method === verb && one.path.test(pathname))?.as ?? 'signature',
    ...(typeof body === 'string' && { body }),
  }
}

/** Signs what the viewer sends with the credentials of the chosen sandbox, now. */
async function signRequest(request: ViewerRequest): Promise<ViewerRequest> {
  const signed = await signNow(orderOf(request))
  const own = signed.headers.filter(([name]) => name.toLowerCase() !== 'host')
  return { ...request, headers: { ...request.headers, ...Object.fromEntries(own) } }
}
