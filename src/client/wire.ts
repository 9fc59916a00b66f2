import { toJson } from '../shared/json.ts'
import { formatXDate, sign } from '../signing/index.ts'
import type { Operation } from '../spec/operation.ts'
import { type ErrorEvidence, ParameterError } from './errors.ts'
import type { CallOptions, ClientOptions } from './options.ts'

/** What a call sends. */
export interface Call {
  readonly operation: Operation
  readonly params?: Readonly<Record<string, string>>
  /** Headers of the operation alone. */
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | readonly number[] | undefined>>
  readonly body?: unknown
  readonly options: CallOptions
}

const spellings = { blank: 'Bearer ', plus: 'Bearer+', bare: '' } as const

/** Makes the request of a call, with its proof of identity; `now` in epoch milliseconds by the clock of the service. */
export function toRequest(call: Call, client: ClientOptions, now: number, signal: AbortSignal): Request {
  const { operation, params = {}, query = {}, options } = call
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  )
  const base = client.baseUrl.replace(/\/+$/, '')
  const url = `${base}${path}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`
  const body = call.body === undefined ? undefined : toJson(call.body)
  const headers: [string, string][] = [
    ...Object.entries(call.headers ?? {}),
    ...(body === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
    ...(client.language === undefined ? [] : [['language', client.language] as [string, string]]),
    ...(options.traceId === undefined ? [] : [['X-Traceid', options.traceId] as [string, string]]),
  ]
  return new Request(url, {
    method: operation.method,
    headers: authorized(call, client, { url, headers, body, now }),
    redirect: 'manual',
    signal,
    ...(body !== undefined && { body }),
  })
}

interface Draft {
  readonly url: string
  readonly headers: readonly [string, string][]
  readonly body: string | undefined
  readonly now: number
}

function authorized(call: Call, client: ClientOptions, { url, headers, body, now }: Draft): [string, string][] {
  const { operation } = call
  if (operation.authentication === 'none') return [...headers]
  const token = operation.authentication === 'signature' ? undefined : tokenFor(operation, client)
  if (token !== undefined) {
    // createSession hands out a value that carries its scheme: it is sent as it is.
    const spelling = /^Bearer[+ ]/i.test(token) ? '' : spellings[client.bearerForm ?? 'blank']
    return [...headers, ['Authorization', `${spelling}${token}`]]
  }
  if (operation.authentication === 'optional-session') return [...headers]
  if (operation.authentication === 'session') {
    throw new ParameterError(`${operation.operationId} needs accessToken; createClient was given none.`, {
      operation: operation.operationId,
      evidence: evidenceOf(call),
    })
  }
  const { appId, appSecret, userId } = client
  if (!appId || !appSecret || !userId) {
    const needed = 'appId, appSecret and userId'
    const what = operation.authentication === 'token' ? `accessToken, or ${needed}` : needed
    throw new ParameterError(`${operation.operationId} needs ${what}; createClient was given less.`, {
      operation: operation.operationId,
      evidence: evidenceOf(call),
    })
  }
  const own: [string, string][] = [...headers, ['X-Date', formatXDate(now)], ['X-User-Id', userId]]
  const signed = sign({ method: operation.method, url, headers: own, body }, { appId, appSecret })
  return signed.headers.map(([name, value]) => [name, value])
}

const tokenFor = ({ operationId }: Operation, { accessToken, appAccessToken }: ClientOptions): string | undefined =>
  (operationId === 'listUserSpaces' ? (appAccessToken ?? accessToken) : (accessToken ?? appAccessToken)) || undefined

/** What an error tells of a call: the query and the body may hold personal data and stay out of it. */
export const evidenceOf = ({ operation: { method, path } }: Pick<Call, 'operation'>): ErrorEvidence => ({
  method,
  path,
})
