// Attacks a server for a while: node attack.mjs KIND URL SECONDS SEED. The same seed sends the same bytes. Prints what was
// done as JSON. Runs as a process of its own, so that its work does not slow down whoever measures.
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import { setPriority } from 'node:os'
import tls from 'node:tls'

// Attackers have machines of their own: they must not take this one from the server and from those it serves.
setPriority(19)
const [kind, url, seconds, seed] = process.argv.slice(2)
const { hostname, port, protocol } = new URL(url)
const isTls = protocol === 'https:'
const until = performance.now() + Number(seconds) * 1000
const isOver = () => performance.now() >= until
const count = { sent: 0, answered: 0, failed: 0, serverErrors: [] }

// Mulberry32: small, and the same everywhere.
let state = Number(seed) >>> 0
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0
  let t = state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const int = (max) => Math.floor(random() * max)
const pick = (all) => all[int(all.length)]
const bytes = (length) => Buffer.from(Array.from({ length }, () => int(256)))

const BASE = '/koodrive/ose/v1'
const token = 'Authorization: Bearer mock-admin-token'

// ---- values for bodies
const names = [
  'userList',
  'firstname',
  'phone',
  'curDeptId',
  'faults',
  'kind',
  'latency',
  'delay',
  'ms',
  'scenario',
  'readings',
  'commands',
  'version',
  'config',
  'credentials',
  'where',
  'count',
  'matches',
  'regex',
  'operation',
  'by',
  'now',
  'frozen',
  'rate',
  'batch',
  'rules',
  'rows',
  'every',
  'directory',
  'users',
  'departments',
  'name',
  'seed',
  'speed',
  'method',
  'url',
  'headers',
  'body',
  'appSecret',
  '__proto__',
  'constructor',
  'toString',
  '',
]
const scalar = () =>
  pick([
    () => int(1000) - 500,
    () => 1e308,
    () => -1,
    () => 0.1,
    () => 2 ** 53 + 2,
    () => '',
    () => 'PT1H',
    () => 'P999999999D',
    () => '2026-04-16T08:00:00Z',
    () => 'duplicates',
    () => null,
    () => true,
    () => 'a'.repeat(int(3000)),
    () => '(a+)+$',
    () => '\u0000\u001b[2J\u202e',
    () => '张三',
    () => '\ud800',
    () => bytes(12).toString('latin1'),
    () => 'GET',
    () => `${BASE}/userList?offset=0&limit=1`,
    () => 'http://127.0.0.1/',
    () => 'malformed',
    () => 'latency',
  ])()
const value = (depth = 0) => {
  const roll = random()
  if (depth > 4 || roll < 0.4) return scalar()
  if (roll < 0.6) return Array.from({ length: int(4) }, () => value(depth + 1))
  return Object.fromEntries(Array.from({ length: int(5) }, () => [pick(names), value(depth + 1)]))
}
const text = () => {
  const json = JSON.stringify(value())
  const roll = random()
  if (roll < 0.7) return json
  if (roll < 0.8) return json.slice(0, int(json.length))
  if (roll < 0.85) return '['.repeat(int(5000))
  if (roll < 0.9) return `{"userList":[${'{},'.repeat(int(3000))}{}]}`
  return json.replace(/\d+/g, () => '9'.repeat(int(400)))
}

// ---- connections
/** The connection below TLS: only that can be reset. */
const below = new WeakMap()
const open = (alpn = ['http/1.1']) =>
  new Promise((resolve, reject) => {
    const plain = net.connect({ host: hostname, port }, () => isTls || resolve(plain))
    const socket = isTls
      ? tls.connect({ socket: plain, rejectUnauthorized: false, ALPNProtocols: alpn }, () => resolve(socket))
      : plain
    below.set(socket, plain)
    for (const one of new Set([plain, socket])) {
      one.on('error', reject)
      one.on('error', () => undefined)
    }
  })
const leave = (socket) =>
  pick([() => below.get(socket).resetAndDestroy(), () => socket.destroy(), () => socket.end()])()
/** Sends bytes, hears up to `waitMs` what comes, and leaves in some way. */
async function talk(socket, data, waitMs, alwaysLeave = leave) {
  let heard = ''
  socket.on('data', (chunk) => {
    if (heard.length < 4000) heard += chunk.toString('latin1')
  })
  socket.write(data, () => undefined)
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.once('data', () => setTimeout(resolve, 1))
  })
  alwaysLeave(socket)
  if (heard !== '') count.answered += 1
  if (/^HTTP\/1\.1 500/.test(heard) && !heard.includes('X-Mock-Fault'))
    count.serverErrors.push({ sent: data.toString('latin1').slice(0, 400), heard: heard.slice(0, 400) })
}

const requests = () => [
  `GET ${BASE}/userList?offset=0&limit=${int(200)} HTTP/1.1\r\nHost: a\r\n${token}\r\n\r\n`,
  `GET ${BASE}/space/userList?offset=${int(9)}&limit=10&keyWord=${'x'.repeat(int(50))} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer mock-app-token\r\n\r\n`,
  `POST ${BASE}/users/batchimport/preverify HTTP/1.1\r\nHost: a\r\n${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n`,
  `POST ${BASE}/user/batchRegister/create HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n{"userList":`,
  'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://b/koodrive/ose/v1/userList HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n',
]
/** A request with some of its bytes changed, doubled, left out or put in. */
function mutated(data) {
  let all = Buffer.from(data, 'latin1')
  for (let n = int(4); n > 0; n -= 1) {
    const at = int(all.length + 1)
    const part = pick([
      () => bytes(int(8)),
      () =>
        Buffer.from(
          pick([
            '\r\n',
            '\0',
            ' ',
            ':',
            '\t',
            '%',
            '?',
            'Content-Length: 5\r\n',
            'Transfer-Encoding: chunked\r\n',
            '\u00ff',
          ]),
        ),
      () => all.subarray(at, at + int(40)),
    ])()
    all = Buffer.concat([all.subarray(0, at), part, all.subarray(at + (random() < 0.5 ? part.length : 0))])
  }
  return random() < 0.2 ? all.subarray(0, int(all.length)) : all
}

const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream >>> 0, 5)
  return Buffer.concat([head, payload])
}
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const frames = () =>
  Buffer.concat([
    random() < 0.9 ? PREFACE : bytes(24),
    random() < 0.9 ? frame(4, 0, 0, Buffer.alloc(0)) : Buffer.alloc(0),
    ...Array.from({ length: 1 + int(12) }, () =>
      frame(int(12), int(256), pick([0, 1, 2, 3, 5, int(2 ** 31)]), bytes(int(64))),
    ),
  ])

const routes = [
  '/health',
  '/sandboxes',
  '/sandboxes/default',
  '/sandboxes/default/clock',
  '/sandboxes/default/clock/advance',
  '/sandboxes/default/faults',
  '/sandboxes/default/scenario',
  '/sandboxes/default/readings',
  '/sandboxes/default/requests',
  '/sandboxes/default/requests/verify',
  '/sandboxes/default/tokens',
  '/sandboxes/default/log',
  '/sandboxes/default/tasks',
  '/sandboxes/default/reset',
  '/signature/diagnose',
  '/signature/sign',
  '/metrics',
  '/console',
  '/console/views/journal',
  '/console/views/exchange',
  '/control.openapi.json',
  '/sandboxes/default/report-card',
  '/sandboxes/default/coverage',
  '/sandboxes/default/requests.har',
]

/** One call by HTTP/1.1, its answer read to the end. */
const call = (method, path, headers, body) =>
  new Promise((resolve) => {
    const { request } = isTls ? https : http
    const options = { hostname, port, method, path, headers, agent: false, timeout: 10_000, rejectUnauthorized: false }
    const outgoing = request(options, (response) => {
      let size = 0
      let start = ''
      response.on('data', (chunk) => {
        size += chunk.length
        if (start.length < 300) start += chunk
        if (size > 4_000_000) response.destroy()
      })
      response.on('close', () => {
        count.answered += 1
        if (response.statusCode === 500 && response.headers['x-mock-fault'] === undefined)
          count.serverErrors.push({ method, path, body: String(body).slice(0, 500), start })
        resolve()
      })
      response.on('error', () => undefined)
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
    })
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', () => {
      count.failed += 1
      resolve()
    })
    outgoing.end(body)
  })
const json = { 'Content-Type': 'application/json' }

const wrong = {
  Authorization: `HMAC-SHA256 AppId=${'0123456789abcdef'.repeat(4)},SignedHeaders=host;x-date;x-user-id,Signature=${'0'.repeat(64)}`,
  'X-User-Id': '1505084218764547200',
}
const xDate = () => `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`

/** Bodies of nearly 12 MiB: whole, and of as many parts as there is room for. */
const LARGE = 11.9 * 2 ** 20
const filled = (start, part, end) => start + part.repeat((LARGE - start.length - end.length) / part.length) + end
const bigBodies = [
  () => filled('{"userList":[{}', ',{}', ']}'),
  () => filled('{"userList":[{"phone":"1","firstname":"a"}', ',{"phone":"1","firstname":"a"}', ']}'),
  () => filled('{"curDeptId":1,"a":[0', ',0', ']}'),
  () => filled('{"curDeptId":1,"a":"', '张', '"}').slice(0, LARGE / 3),
  () => filled('{"curDeptId":1', `,"${'k'.repeat(5)}":{"a":[]}`, '}'),
  () => filled('[', '[],', '[]]'),
  () => filled('', 'x', ''),
]

/** An endless or slow sender or reader, for as long as the attack takes or the server lets it. */
async function hold(start) {
  const socket = await open()
  let isGone = false
  socket.once('close', () => {
    isGone = true
  })
  start(socket)
  while (!isGone && !isOver()) await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
}

const attacks = {
  bytes: async () => talk(await open(), mutated(pick(requests())), 20),
  frames: async () => talk(await open(['h2']), frames(), 20),
  bodies: () =>
    call(
      'POST',
      `${BASE}${pick(['/users/batchimport/preverify', '/user/batchRegister/create', '/userList', '/space/userList'])}`,
      { ...json, Authorization: 'Bearer mock-admin-token' },
      text(),
    ),
  control: () =>
    call(
      pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
      `/__admin${pick(routes)}${random() < 0.2 ? `?${encodeURIComponent(String(scalar()).toWellFormed?.() ?? 'x')}=${int(9)}` : ''}`,
      json,
      text(),
    ),
  signatures: () =>
    call('GET', `${BASE}/user/batchRegister/get?taskId=${int(10 ** 9)}&q=${'x'.repeat(random() < 0.1 ? 8000 : 10)}`, {
      ...wrong,
      'X-Date': xDate(),
    }),
  aborts: async () => talk(await open(), requests()[int(4)], int(4)),
  targets: () =>
    call('GET', `${BASE}/userList?offset=0&limit=100&keyWord=${bytes(3000).toString('hex')}`, {
      Authorization: 'Bearer mock-admin-token',
    }),
  slow: () =>
    hold((socket) => {
      socket.pause()
      socket.write(
        `GET ${BASE}/userList?offset=0&limit=100 HTTP/1.1\r\nHost: a\r\n${token}\r\n\r\n`.repeat(50),
        () => undefined,
      )
    }),
  endless: () =>
    hold((socket) => {
      socket.resume()
      socket.write(
        `POST ${pick([`${BASE}/user/batchRegister/create`, `${BASE}/users/batchimport/preverify`, '/__admin/sandboxes'])} HTTP/1.1\r\nHost: 127.0.0.1\r\n${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      )
      const chunk = Buffer.alloc(32_768, 0x61)
      const more = () => {
        while (
          !socket.destroyed &&
          !isOver() &&
          socket.write(Buffer.concat([Buffer.from('8000\r\n'), chunk, Buffer.from('\r\n')]))
        );
      }
      socket.on('drain', () => setTimeout(more, 2))
      more()
    }),
  big: () =>
    call(
      'POST',
      `${BASE}${pick(['/users/batchimport/preverify', '/user/batchRegister/create'])}`,
      { ...json, Authorization: 'Bearer mock-admin-token' },
      pick(bigBodies)(),
    ),
  streams: () =>
    new Promise((resolve) => {
      const session = http2.connect(url, { rejectUnauthorized: false })
      session.on('error', () => resolve())
      session.on('close', () => resolve())
      for (let n = 0; n < 20; n += 1) {
        const stream = session.request({
          ':path': `${BASE}/userList?offset=0&limit=10`,
          authorization: 'Bearer mock-admin-token',
        })
        stream.on('error', () => undefined)
        if (random() < 0.5) stream.close(8)
        else stream.resume()
      }
      setTimeout(() => session.destroy(), int(30))
    }),
}

const AT_LEAST = 4
const attack = attacks[kind]
const lanes = { slow: 20, endless: 4, signatures: 4, big: 1 }[kind] ?? 4
process.on('uncaughtException', () => {
  count.failed += 1
})
await Promise.all(
  Array.from({ length: lanes }, async () => {
    // On a busy machine the time may be over before anything was sent.
    while (!isOver() || count.sent < AT_LEAST) {
      count.sent += 1
      await Promise.resolve(attack()).catch(() => {
        count.failed += 1
      })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }),
)
count.serverErrors = count.serverErrors.slice(0, 3)
process.stdout.write(JSON.stringify(count))
process.exit(0)
