import { rootCertificates } from 'node:tls'
import type { Dispatcher, EnvHttpProxyAgent } from 'undici'

/** How to reach a service that is not simply there. */
export interface NetworkOptions {
  /** Certificates in PEM that are trusted besides those of Node. */
  readonly ca?: string | undefined
  /** Client certificate and its key, in PEM. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read, in either case. Default: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
}

type Fetch = (request: Request) => Promise<Response>

const VARIABLES = ['https_proxy', 'http_proxy', 'no_proxy'] as const

/** A setting of the environment, small letters first, as curl reads them. */
const settingOf = (environment: Readonly<Record<string, string | undefined>>, name: string): string =>
  environment[name] || environment[name.toUpperCase()] || ''

/**
 * A `fetch` that goes through the proxies of the environment, trusts further certificates and shows its own. Without any
 * of that it is the global one.
 *
 * @throws TypeError when a proxy is no URL, or only one of `cert` and `key` is given.
 * @example
 * const client = createClient({ baseUrl, appId, appSecret, userId, fetch: networkFetch({ ca: readFileSync('ca.pem', 'utf8') }) })
 */
export function networkFetch({ ca, cert, key, environment = process.env }: NetworkOptions = {}): Fetch {
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError('a client certificate needs both, certificate and key')
  }
  const [httpsProxy, httpProxy, noProxy] = VARIABLES.map((name) => settingOf(environment, name)) as [
    string,
    string,
    string,
  ]
  for (const [at, url] of [httpsProxy, httpProxy].entries()) {
    if (url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) continue
    throw new TypeError(
      `${VARIABLES[at]?.toUpperCase()} is not an http or https URL, such as http://proxy.example.com:3128`,
    )
  }
  const tls = { ...(ca !== undefined && { ca: [...rootCertificates, ca] }), ...(cert !== undefined && { cert, key }) }
  const isPlain = httpsProxy === '' && httpProxy === '' && Object.keys(tls).length === 0
  let h1: Promise<Way> | undefined
  let h2: Promise<Way> | undefined
  let isSettled = false
  const wayBy = (allowH2: boolean): Promise<Way> => makeWay({ httpsProxy, httpProxy, noProxy, tls, allowH2 })

  return async (request) => {
    const body = request.body === null ? undefined : new Uint8Array(await request.clone().arrayBuffer())
    const byHttp1 = async (): Promise<Response> => {
      if (isPlain) return fetch(request)
      h1 ??= wayBy(false)
      return (await h1)(request, body)
    }
    if (h2 !== undefined) return (await h2)(request, body)
    try {
      const response = await byHttp1()
      isSettled = true
      return response
    } catch (error) {
      // Some gateways speak HTTP/2 only. Nothing that could be sent twice is tried again.
      if (isSettled || !request.url.startsWith('https:') || request.method !== 'GET' || request.signal.aborted)
        throw error
      const response = await fetchByH2(request, body).catch(() => {
        throw error
      })
      isSettled = true
      return response
    }
  }

  async function fetchByH2(request: Request, body: Uint8Array | undefined): Promise<Response> {
    const way = wayBy(true)
    const response = await (await way)(request, body)
    h2 = way
    return response
  }
}

type Way = (request: Request, body: Uint8Array | undefined) => Promise<Response>

interface Route {
  readonly httpsProxy: string
  readonly httpProxy: string
  readonly noProxy: string
  readonly tls: object
  readonly allowH2: boolean
}

async function makeWay({ httpsProxy, httpProxy, noProxy, tls, allowH2 }: Route): Promise<Way> {
  const { EnvHttpProxyAgent, fetch } = await import('undici')
  const dispatcher = new EnvHttpProxyAgent({
    httpsProxy,
    httpProxy,
    noProxy,
    allowH2,
    // To an http target a proxy is asked for the URL: many refuse a tunnel to anything but port 443.
    proxyTunnel: false,
    connect: tls,
    requestTls: tls,
    proxyTls: 'ca' in tls ? { ca: tls.ca } : {},
  } as EnvHttpProxyAgent.Options)
  return async (request, body) => {
    const { url, method, headers, redirect, signal } = request
    const response = await fetch(url, {
      method,
      headers: [...headers],
      redirect: redirect as 'manual',
      signal,
      dispatcher: dispatcher as Dispatcher,
      ...(body !== undefined && { body }),
    })
    return response as unknown as Response
  }
}
