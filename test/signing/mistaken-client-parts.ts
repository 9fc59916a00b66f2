import { createHash } from 'node:crypto'
import { type Pairs, type Sent, type Steps, sha256 } from './mistaken-signer.ts'

/** A client that makes one mistake: what it sends, how it signs, and what it does to the headers afterwards. */
export interface MistakenClient {
  readonly steps?: Partial<Steps>
  readonly send?: Partial<Omit<Sent, 'headers'>> & { readonly headers?: Pairs }
  /** Headers in place of the usual ones, by name; undefined leaves one out. */
  readonly replace?: Readonly<Record<string, string | undefined>>
  readonly signed?: string[]
  readonly after?: (headers: Pairs) => Pairs
  /** An AppSecret in place of the usual one, for mistakes that show only with some secrets. */
  readonly appSecret?: string
}

export const LIST = '/koodrive/ose/v1/userList'
const CREATE = '/koodrive/ose/v1/user/batchRegister/create'
export const list = (rest: string) => ({ method: 'GET', target: `${LIST}?${rest}`, body: '' })
export const create = (body: string | Buffer) => ({ method: 'POST', target: CREATE, body })
export const path = (target: string) => ({ method: 'GET', target, body: '' })
export const users = [{ firstname: 'Ann', phone: '13900000001', email: 'a/b@example.org', surname: 'O<&>' }]
export const compact = JSON.stringify({ userList: users })
export const chinese = JSON.stringify({ userList: [{ firstname: '李雷', phone: '13900000001' }] })
export const chineseEscaped = chinese.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
export const python = compact.replaceAll('":', '": ').replaceAll(',"', ', "')
export const jackson = `{
  "userList" : [ {
    "firstname" : "Ann",
    "phone" : "13900000001",
    "email" : "a/b@example.org",
    "surname" : "O<&>"
  } ]
}`
export const pretty = JSON.stringify({ userList: users }, null, 2)
export const bodyAs = (text: (body: string) => string): Partial<Steps> => ({ payload: (body) => sha256(text(body)) })
const replaced = (headers: Pairs, name: string, value: (before: string) => string | undefined): Pairs =>
  headers.flatMap(([key, before]): Pairs => {
    if (key.toLowerCase() !== name) return [[key, before]]
    const after = value(before)
    return after === undefined ? [] : [[key, after]]
  })
export const authorization = (value: (before: string) => string | undefined) => (headers: Pairs) =>
  replaced(headers, 'authorization', value)
export const twice =
  (name: string) =>
  (headers: Pairs): Pairs =>
    headers.flatMap((pair) => (pair[0].toLowerCase() === name ? [pair, pair] : [pair]))
export const valueAs = (name: string, text: (value: string) => string): Partial<Steps> => ({
  value: (key, value) => (key === name ? text(value) : value.trim()),
})
export const lines = (change: (all: string[]) => string[] | string): Partial<Steps> => ({
  canonical: ({ method, path: second, query: third, lines: headers, list: names, payload }) => {
    const all = change([method, second, third, ...headers, '', names, payload])
    return typeof all === 'string' ? all : all.join('\n')
  },
})
export const digest = (algorithm: string, data: string | Buffer) => createHash(algorithm).update(data).digest()
