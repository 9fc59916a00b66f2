// A client of KooDrive: signs, sends, repeats what is safe to repeat. Node 18 or later, no dependencies.
// Settings: ../README.md

import { execSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const BASE = '/koodrive/ose/v1'
const SIGNED_HEADERS = 'host;x-date;x-user-id'
const ATTEMPTS = 8
const REQUEST_TIMEOUT_MS = 30_000
export const FIRST_WAIT_MS = 200

/** Whether a request was turned away before it took effect: then it is safe to send it again, whatever it does. */
export const turnedAway = (answer) => answer.neverSent || answer.status === 429 || answer.retryAfterMs !== undefined

export const longer = (waitMs) => Math.min(waitMs * 1.5, 5000)

/** Ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached. */
export class Stop extends Error {
  constructor(exitCode, message) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A request went out and no usable answer came back: it may have taken effect or not. */
export class Lost extends Error {}

/** The service, as the settings describe it: those of the environment, unless others are given. */
export function connect(settings = process.env) {
  const setting = (name, fallback = '', pattern = /^/) => {
    const value = settings[`KOODRIVE_${name}`] || fallback
    if (!pattern.test(value)) throw new Stop(2, `KOODRIVE_${name} must match ${pattern}`)
    return value
  }
  return {
    setting,
    endpoint: setting('ENDPOINT', 'http://127.0.0.1:4010', /^https?:\/\/[^/?#@]+[^?#]*$/).replace(/\/+$/, ''),
    appId: setting('APP_ID', '0123456789abcdef'.repeat(4)),
    appSecret: setting('APP_SECRET', 'koodrive-mock-app-secret'),
    userId: setting('USER_ID', '1505084218764547200'),
    token: setting('ACCESS_TOKEN', 'mock-admin-token'),
    deptId: setting('DEPT_ID', '1575416580416769793', /^[1-9]\d{0,18}$/),
    deadline: performance.now() + 1000 * Number(setting('DEADLINE', '600', /^\d{1,6}$/)),
    clockOffset: 0, // the service's clock minus ours, in ms
  }
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex')

/** RFC 3986: encodeURIComponent leaves five characters alone that are not unreserved. Decoding avoids %2520. */
const encode = (raw) =>
  encodeURIComponent(decodeURIComponent(raw)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Truncated to seconds, never rounded up: a date later than the service's now is refused. */
export const xDate = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

export function authorization({ appId, appSecret, userId }, method, url, host, date, body) {
  const { pathname, search } = new URL(url)
  const path = pathname.split('/').map(encode).join('/')
  const pairs = search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name, ...value] = pair.split('=')
      return [encode(name), encode(value.join('='))]
    })
  const byCode = (a, b) => (a === b ? 0 : a < b ? -1 : 1)
  pairs.sort((a, b) => byCode(a[0], b[0]) || byCode(a[1], b[1]))
  const canonicalRequest = [
    method.toUpperCase(),
    path.endsWith('/') ? path : `${path}/`, // signed with a trailing slash, sent without
    pairs.map((pair) => pair.join('=')).join('&'),
    `host:${host.trim()}`,
    `x-date:${date.trim()}`,
    `x-user-id:${userId.trim()}`,
    '', // every header ends its own line and the block ends once more: an empty line
    SIGNED_HEADERS,
    sha256(body),
  ].join('\n')
  // Two lines: the date line of the vendor's SDK-HMAC-SHA256 does not exist here.
  const stringToSign = `HMAC-SHA256\n${sha256(canonicalRequest)}`
  const signature = createHmac('sha256', appSecret).update(stringToSign).digest('hex')
  return `HMAC-SHA256 AppId=${appId},SignedHeaders=${SIGNED_HEADERS},Signature=${signature}`
}

/** JSON.parse would round ids that come as numbers: integers of 16 digits and more become strings first. */
function parse(text) {
  const tokens = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
  try {
    return JSON.parse(text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)))
  } catch {
    return undefined
  }
}

/** Sends one request. Every outcome is an answer, a redirect too: a signature is good for one path only. */
export async function exchange(url, init) {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    const { status, headers } = response
    const json = parse(await response.text())
    const body = json && typeof json === 'object' ? json : undefined
    const diagnosis = headers.get('x-mock-diagnosis')
    // A gateway in front names them error_code and error_msg.
    const said = body ? `code ${body.code ?? body.error_code}: ${body.msg ?? body.error_msg}` : 'not a JSON object'
    const wait = headers.get('retry-after') ?? ''
    return {
      status,
      body,
      date: Date.parse(headers.get('date') ?? ''),
      location: headers.get('location') ?? '',
      text: `HTTP ${status}, ${said}${diagnosis ? `\nX-Mock-Diagnosis: ${diagnosis}` : ''}`,
      // `code` is a number in the examples of the reference and a string in its tables.
      ok: status === 200 && String(body?.code) === '0',
      mayPass: status === 429 || status >= 500 || (status === 200 && !body),
      retryAfterMs: [429, 503].includes(status) && /^\d+$/.test(wait) ? Number(wait) * 1000 : undefined,
    }
  } catch (error) {
    const { code, message } = error.cause ?? error
    const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)
    return { status: 0, text: `no answer: ${message || code}`, mayPass: true, neverSent }
  }
}

/** One operation. A failure that may pass (throttled, 5xx, no answer) is retried where that is safe. */
export async function call(
  service,
  method,
  path,
  { body = '', signed = false, anonymous = false, mayResend = () => true } = {},
) {
  const url = service.endpoint + BASE + path
  const { host } = new URL(url) // as on the wire: a default port is left out
  let wait = FIRST_WAIT_MS
  let attempt = 1
  let clockTaken = false
  let tokenRenewed = false
  while (true) {
    const sentAt = Date.now() + service.clockOffset
    const headers = { 'content-type': 'application/json' }
    if (signed) {
      headers['x-date'] = xDate(sentAt)
      headers['x-user-id'] = service.userId
      headers.authorization = authorization(service, method, url, host, xDate(sentAt), body)
    } else if (!anonymous) {
      // The pages print Bearer+T; a token that brings its own scheme is sent as it is.
      headers.authorization = service.token.startsWith('Bearer') ? service.token : `Bearer+${service.token}`
    }
    const answer = await exchange(url, { method, headers, body: body || undefined })
    if (answer.ok) return answer.body
    const failure = `${method} ${path.split('?')[0]}: ${answer.text}`
    // The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
    if (signed && !clockTaken && [400, 401, 403].includes(answer.status) && takeClock(service, answer, sentAt)) {
      clockTaken = true
    } else if (!signed && !anonymous && !tokenRenewed && answer.status === 401) {
      renewToken(service, failure)
      tokenRenewed = true
    } else if (!answer.mayPass) {
      throw new Stop(3, failure)
    } else if (!mayResend(answer)) {
      throw new Lost(failure)
    } else {
      const pause = Math.max(wait, answer.retryAfterMs ?? 0)
      if (attempt === ATTEMPTS || performance.now() + pause > service.deadline) {
        throw new Stop(3, `${failure}\nGiven up at attempt ${attempt}.`)
      }
      await sleep(pause)
      wait = longer(wait)
      attempt += 1
    }
  }
}

function takeClock(service, answer, sentAt) {
  const ahead = Math.floor(sentAt / 1000) - answer.date / 1000
  if (Number.isNaN(ahead) || (ahead <= 0 && ahead >= -5)) return false
  service.clockOffset = answer.date - Date.now()
  const seconds = ahead > 0 ? `+${ahead}` : ahead
  console.error(`our date was ${seconds} s from the service's; signing with its clock from now on`)
  return true
}

function renewToken(service, failure) {
  const advice = `${failure}\nThe access token is not accepted; it lives 20 minutes. Set a fresh one in \
KOODRIVE_ACCESS_TOKEN, or a command that prints one in KOODRIVE_TOKEN_COMMAND.`
  try {
    service.token = execSync(service.setting('TOKEN_COMMAND', 'exit 1'), { stdio: ['ignore', 'pipe', 'inherit'] })
      .toString()
      .trim()
  } catch {
    throw new Stop(3, advice)
  }
  if (!service.token) throw new Stop(3, advice)
}
