import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { account, type Organisation } from './independent-organisation.ts'

/** What stands before the independent server and behind it: who is let in, what refusals look like, how answers leave. */
export class Refused extends Error {
  readonly status: number
  readonly code: number
  constructor(status: number, code: number, msg: string) {
    super(msg)
    this.status = status
    this.code = code
  }
}
export const badParameter = () => new Refused(400, 13000102, 'A parameter is not in order.')
export const unknown = () => new Refused(400, 13000309, 'No such thing.')
const denied = () => new Refused(401, 13009901, 'Who are you?')

/** The same refusals where codes are of its own. */
export const ownCodes: Readonly<Record<number, readonly [status: number, code: number]>> = {
  13000102: [422, 9001],
  13000309: [400, 9002],
  13009901: [400, 9003],
}

/** Sends an answer by way of the gateway. */
export function deliver({ manners }: Organisation, response: ServerResponse, status: number, body: object): void {
  const { gateway, isTalkative, clockMs } = manners
  const text = JSON.stringify(isTalkative ? talked(body) : body)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    server: 'independent',
    date: new Date(Date.now() + clockMs).toUTCString(),
  }
  if (gateway === 'headers') {
    Object.assign(headers, { via: '1.1 gateway', 'x-request-id': 'abc', 'x-hw-trace': 'on', 'set-cookie': 'lb=7' })
  }
  if (gateway === 'gzip') {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' })
    return void response.end(gzipSync(text))
  }
  response.writeHead(status, headers)
  if (gateway === 'chunks') for (const piece of text.match(/[\s\S]{1,100}/gu) ?? []) response.write(piece)
  else response.write(gateway === 'mark' ? `\uFEFF${text}` : text)
  response.end()
}

/** The same with further fields in every object. */
function talked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(talked)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.entries(value).map(([key, one]) => [key, talked(one)])
  return { ...Object.fromEntries(inner), 'x-further': { of: ['many', 1, null] } }
}

export function checkSignature(world: Organisation, request: IncomingMessage, raw: Buffer): void {
  if (world.manners.letsAnySignatureIn) return
  const [, appId, list, signature] =
    /^HMAC-SHA256 AppId=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? []
  const date = String(request.headers['x-date'] ?? '')
  const user = String(request.headers['x-user-id'] ?? '')
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  if (appId !== account.appId || list === undefined || y === undefined) throw denied()
  const at = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s))
  const now = Date.now() + world.manners.clockMs
  if (now - at > 901_000 || at > now) throw denied()
  const signed = list.split(';')
  if (!signed.includes('x-date') || !signed.includes('x-user-id')) throw denied()
  const { signsAbsentHeaders, knowsEveryCaller } = world.manners
  // HTTP/2 calls the host :authority.
  const signedValue = (name: string) =>
    String(request.headers[name] ?? (name === 'host' ? request.headers[':authority'] : undefined) ?? '')
  const isAbsent = (name: string) => name !== 'host' && request.headers[name] === undefined
  if (!signsAbsentHeaders && signed.some(isAbsent)) throw denied()
  if (user === '' || date === '') throw denied()
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const sorted = query.split('&').filter(Boolean).sort().join('&')
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  const lines = [...signed].sort().map((name) => `${name}:${signedValue(name).trim()}\n`)
  const canonical = [
    request.method,
    `${path.replace(/\/$/, '')}/`,
    sorted,
    lines.join(''),
    signed.join(';'),
    hash(raw),
  ].join('\n')
  const right = createHmac('sha256', account.appSecret)
    .update(`HMAC-SHA256\n${hash(canonical)}`)
    .digest('hex')
  if (right !== signature) throw denied()
  if (!knowsEveryCaller && !world.people.some(({ userId }) => userId === user)) throw denied()
}

export function checkToken({ manners }: Organisation, request: IncomingMessage): void {
  const { authorization = '' } = request.headers
  const printed = request.url?.includes('/space/') ? /^Bearer (\S+)$/ : /^Bearer\+(\S+)$/
  const token = (manners.spellsTokensByPage ? printed : manners.token).exec(authorization)?.[1]
  if (token !== account.accessToken && token !== account.appAccessToken) throw denied()
}
