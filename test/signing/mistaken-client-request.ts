import type { MistakenClient } from './mistaken-clients.ts'
import { type Pairs, type Sent, signBy } from './mistaken-signer.ts'

/** What a client sends, signed in its way. */
export function sentBy(
  { send = {}, replace = {}, steps = {}, signed, after, appSecret }: MistakenClient,
  credentials: { readonly appId: string; readonly appSecret: string },
  host: string,
) {
  const named = { Host: host, 'X-Date': '20260416T080000Z', 'X-User-Id': '1505084218764547200', ...replace }
  const headers = [
    ...Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ...(send.headers ?? []),
  ] as Pairs
  const request: Sent = {
    method: 'GET',
    target: '/koodrive/ose/v1/userList?offset=0&limit=10',
    body: '',
    ...send,
    headers,
  }
  const { path } = steps
  const placed = path === undefined ? steps : { ...steps, path: (text: string) => path(text).replace('HOST', host) }
  const secret = appSecret ?? credentials.appSecret
  const all = signBy(placed, request, { appId: credentials.appId, appSecret: secret }, signed)
  return { ...request, headers: after ? after(all) : all, appSecret: secret }
}
