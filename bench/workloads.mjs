import { createMock } from '../dist/index.js'
import { formatXDate, sign } from '../dist/signing/index.js'
import { base, batch } from './payloads.mjs'

const own = createMock().credentials
/** Bodies of a create that are sent in turn. */
const BODIES = 200
/** Number of the first body that is repeated; fresh ones stay below. */
const REPEATED = 900_000

export const workloads = {
  a: { title: 'page of 100 users', method: 'GET', url: `${base}/userList?offset=0&limit=100` },
  b: { title: 'signed create of 1,000 users', method: 'POST', url: `${base}/user/batchRegister/create`, signed: true },
  c: {
    title: 'task answer of 1,000 rows',
    method: 'GET',
    url: `${base}/user/batchRegister/get?taskId=2400000000000000000&pageSize=1000`,
    signed: true,
  },
  d: { title: 'page of one user space', method: 'GET', url: `${base}/space/userList?offset=0&limit=1` },
}

let batches = 0
const templates = new Map()

/** The body with a number; its phones are its own. */
function batchOf(number, size) {
  const template = templates.get(size) ?? batch(0, size)
  templates.set(size, template)
  return template.replaceAll('"phone":"17000000', `"phone":"17${String(number).padStart(6, '0')}`)
}

/** A body whose phones no other body has. */
function freshBatch(size) {
  batches += 1
  return batchOf(batches, size)
}

const hostOf = (port) => `127.0.0.1:${port}`

const headersOf = (body) =>
  body === undefined
    ? []
    : [
        ['Content-Type', 'application/json'],
        ['Content-Length', String(Buffer.byteLength(body))],
      ]

/** A request to the control plane of the mock. */
export const adminRequest = (port, method, path, body) => ({
  method,
  url: `/__admin/${path}`,
  headers: [['Host', hostOf(port)], ...headersOf(body)],
  body,
})

/** A request as it goes over the wire; signed calls are signed now. */
export function toRequest(port, { method, url, signed }, { body, credentials = own } = {}) {
  const host = hostOf(port)
  const content = headersOf(body)
  if (!signed) {
    const authorization = ['Authorization', `Bearer+${(credentials.tokens ?? own.tokens).admin}`]
    return { method, url, headers: [['Host', host], authorization, ...content], body }
  }
  // Peers with a copy of the documented parameters ask for X-Date and X-User-Id too.
  const headers = [
    ['Host', host],
    ['X-Date', formatXDate(Date.now())],
    ['X-User-Id', credentials.userId ?? own.userId],
    ...content,
  ]
  const secret = { appId: credentials.appId ?? own.appId, appSecret: credentials.appSecret ?? own.appSecret }
  return { method, url, headers: sign({ method, url: `http://${host}${url}`, headers, body }, secret).headers, body }
}

/** The requests of a workload that are sent in turn. */
export function requestsOf(key, port, url = workloads[key].url, credentials = undefined) {
  const workload = { ...workloads[key], url }
  if (key !== 'b') return [toRequest(port, workload, { credentials })]
  return Array.from({ length: BODIES }, () => toRequest(port, workload, { body: freshBatch(1000) }))
}

/** Creates that provision the same people whenever they are made; only their signatures are new. */
export const repeatedCreates = (port) =>
  Array.from({ length: BODIES }, (_, number) =>
    toRequest(port, workloads.b, { body: batchOf(REPEATED + number, 1000) }),
  )

/** One request of a create with its own phones. */
export const createRequest = (port, size = 1000, credentials = undefined) =>
  toRequest(port, workloads.b, { body: freshBatch(size), credentials })

/** The request that polls a task. */
export const pollRequest = (port, taskId, credentials = undefined) =>
  toRequest(port, { ...workloads.c, url: pollUrl(taskId) }, { credentials })

export const pollUrl = (taskId) => `${base}/user/batchRegister/get?taskId=${taskId}&pageSize=1000`
