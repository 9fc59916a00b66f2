import { createHash, createHmac } from 'node:crypto'

export type Pairs = [name: string, value: string][]

/** What is sent. */
export interface Sent {
  readonly method: string
  readonly target: string
  readonly headers: Pairs
  readonly body: string | Buffer
}

/** How a client signs, step by step; written from the protocol, apart from the code under test. */
export interface Steps {
  method: (method: string) => string
  path: (path: string) => string
  query: (query: string) => string
  /** What becomes of the finished query. */
  queryEnds: (query: string) => string
  /** Names to sign, in the order of the lines. */
  names: (names: string[]) => string[]
  /** Names as the canonical request lists them. */
  list: (names: string[]) => string
  /** Names as the Authorization header lists them. */
  listed: (names: string[]) => string[]
  value: (name: string, value: string) => string
  line: (name: string, value: string) => string
  payload: (body: string) => string
  canonical: (parts: Parts) => string
  /** What becomes of the finished canonical request. */
  ends: (canonical: string) => string
  text: (canonical: string, date: string) => string | Buffer
  key: (secret: string, appId: string) => string | Buffer
  mac: (key: string | Buffer, text: string | Buffer) => Buffer
  written: (signature: Buffer) => string
  authorization: (fields: { appId: string; names: string; signature: string; secret: string }) => string
}

interface Parts {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly lines: string[]
  readonly list: string
  readonly payload: string
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** RFC 3986: everything but the unreserved characters. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

export type Parameter = [name: string, value: string | undefined]

export const parse = (query: string): Parameter[] =>
  query === ''
    ? []
    : query
        .split('&')
        .map((piece) => [
          piece.split('=')[0] ?? '',
          piece.includes('=') ? piece.slice(piece.indexOf('=') + 1) : undefined,
        ])

/** The canonical query; each step can be done otherwise. */
export const query =
  ({
    sort = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0),
    text = (raw: string) => encode(decodeURIComponent(raw)),
    join = ([name, value]: Parameter) => `${name}=${value ?? ''}`,
    keep = (_: Parameter, __: number, ___: Parameter[]): boolean => true,
    sorted = true,
  } = {}) =>
  (raw: string): string => {
    const parameters = parse(raw)
      .filter(keep)
      .map(([name, value]): Parameter => [text(name), value === undefined ? undefined : text(value)])
    if (sorted) parameters.sort(([a, x], [b, y]) => sort(a, b) || ((x ?? '') < (y ?? '') ? -1 : 1))
    return parameters.map(join).join('&')
  }

const canonical = ({ method, path, query: third, lines, list, payload }: Parts): string =>
  [method, path, third, ...lines, '', list, payload].join('\n')

/** The documented way. */
export const right: Steps = {
  method: (method) => method.toUpperCase(),
  path: (path) => (path.endsWith('/') ? path : `${path}/`),
  query: query(),
  queryEnds: (text) => text,
  names: (names) => [...names].sort(),
  list: (names) => names.join(';'),
  listed: (names) => names,
  value: (_, value) => value.trim(),
  line: (name, value) => `${name}:${value}`,
  payload: (body) => sha256(body),
  canonical,
  ends: (text) => text,
  text: (text) => `HMAC-SHA256\n${sha256(text)}`,
  key: (secret) => secret,
  mac: (key, text) => createHmac('sha256', key).update(text).digest(),
  written: (signature) => signature.toString('hex'),
  authorization: ({ appId, names, signature }) =>
    `HMAC-SHA256 AppId=${appId},SignedHeaders=${names},Signature=${signature}`,
}

export const hmac = right.mac

/** Signs what is sent in the way of some steps. */
export function signBy(
  steps: Partial<Steps>,
  sent: Sent,
  { appId, appSecret }: { appId: string; appSecret: string },
  signed = ['host', 'x-date', 'x-user-id'],
): Pairs {
  const s = { ...right, ...steps }
  const [path = '', ...rest] = sent.target.split('?')
  const names = s.names(signed)
  const of = (name: string) =>
    sent.headers
      .filter(([key]) => key.toLowerCase() === name.toLowerCase())
      .map(([, value]) => value)
      .join(', ')
  const text = s.canonical({
    method: s.method(sent.method),
    path: s.path(path),
    query: s.queryEnds(s.query(rest.join('?'))),
    lines: names.map((name) => s.line(name, s.value(name.toLowerCase(), of(name)))),
    list: s.list(names),
    payload: s.payload(typeof sent.body === 'string' ? sent.body : sent.body.toString('latin1')),
  })
  const signature = s.written(s.mac(s.key(appSecret, appId), s.text(s.ends(text), of('x-date'))))
  const authorization = s.authorization({ appId, names: s.listed(names).join(';'), signature, secret: appSecret })
  return [...sent.headers, ['Authorization', authorization]]
}
