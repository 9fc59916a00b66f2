#!/usr/bin/env node
// Provision users on KooDrive and wait until they exist. Node 18 or later, no dependencies.
// Configuration, steps and exit codes: ../README.md

import { execSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const USAGE = `usage: provision.mjs [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision.mjs sign METHOD URL [BODY]       prints an Authorization header`
const BASE = '/koodrive/ose/v1'
const DEFAULT_USERS = ['1204:1204:1884609076404', '1205:1205:1884609076405']
const SIGNED_HEADERS = 'host;x-date;x-user-id'
const USER_EXISTS = '40000009'
const ATTEMPTS = 8
const FIRST_WAIT_MS = 200
const GROWTH = 1.5
const LONGEST_WAIT_MS = 5000
const REQUEST_TIMEOUT_MS = 30_000

/** Ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached. */
class Stop extends Error {
  constructor(exitCode, message) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A request went out and no usable answer came back: it may have taken effect or not. */
class Lost extends Error {}

const setting = (name, fallback = '', pattern = /^/) => {
  const value = process.env[`KOODRIVE_${name}`] || fallback
  if (!pattern.test(value)) throw new Stop(2, `KOODRIVE_${name} must match ${pattern}`)
  return value
}

const config = () => ({
  endpoint: setting('ENDPOINT', 'http://127.0.0.1:4010', /^https?:\/\/[^/?#@]+[^?#]*$/).replace(/\/+$/, ''),
  appId: setting('APP_ID', '0123456789abcdef'.repeat(4)),
  appSecret: setting('APP_SECRET', 'koodrive-mock-app-secret'),
  userId: setting('USER_ID', '1505084218764547200'),
  token: setting('ACCESS_TOKEN', 'mock-admin-token'),
  deptId: setting('DEPT_ID', '1575416580416769793', /^[1-9]\d{0,18}$/),
  deadline: performance.now() + 1000 * Number(setting('DEADLINE', '600', /^\d{1,6}$/)),
  clockOffset: 0, // the service's clock minus ours, in ms
})

const sha256 = (data) => createHash('sha256').update(data).digest('hex')

/** RFC 3986: encodeURIComponent leaves five characters alone that are not unreserved. Decoding avoids %2520. */
const encode = (raw) =>
  encodeURIComponent(decodeURIComponent(raw)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Truncated to seconds, never rounded up: a date later than the service's now is refused. */
const xDate = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

function authorization({ appId, appSecret, userId }, method, url, host, date, body) {
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
async function exchange(url, init) {
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
async function call(service, method, path, { body = '', signed = false, mayResend = () => true } = {}) {
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
    } else {
      // The pages print Bearer+T; a token that brings its own scheme is sent as it is.
      headers.authorization = service.token.startsWith('Bearer') ? service.token : `Bearer+${service.token}`
    }
    const answer = await exchange(url, { method, headers, body: body || undefined })
    if (answer.ok) return answer.body
    const failure = `${method} ${path.split('?')[0]}: ${answer.text}`
    // The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
    if (signed && !clockTaken && [400, 401, 403].includes(answer.status) && takeClock(service, answer, sentAt)) {
      clockTaken = true
    } else if (!signed && !tokenRenewed && answer.status === 401) {
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
      wait = Math.min(wait * GROWTH, LONGEST_WAIT_MS)
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
    service.token = execSync(setting('TOKEN_COMMAND', 'exit 1'), { stdio: ['ignore', 'pipe', 'inherit'] })
      .toString()
      .trim()
  } catch {
    throw new Stop(3, advice)
  }
  if (!service.token) throw new Stop(3, advice)
}

/** The reason why a row would fail, or undefined, row by row. */
async function preverify(service, count) {
  const row = { targetDeptName: 'Dept', personalCapacity: 10, isAllocateCapacity: true }
  // The department id is beyond 2^53, where JSON.stringify would print a neighbour: its digits go in as text.
  const body = `{"curDeptId":${service.deptId},"users":${JSON.stringify(Array(count).fill(row))}}`
  const { data } = await call(service, 'POST', '/users/batchimport/preverify', { body })
  if (data.length !== count) throw new Stop(3, `preverify: ${count} rows sent, ${data.length} results`)
  // isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
  return data.map((result) => result.reason)
}

/**
 * The task id, and whether the batch was submitted twice.
 *
 * A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other lost
 * answer is ambiguous, and the phones cannot be looked up because the user list masks them. But the service skips a
 * phone that exists and names its userId (40000009). So the batch is submitted once more: whom the first attempt
 * provisioned comes back as skipped, and nobody is provisioned twice.
 */
async function create(service, users, resubmitted = false) {
  const body = JSON.stringify({ userList: users })
  const turnedAway = (answer) => answer.neverSent || answer.status === 429 || answer.retryAfterMs !== undefined
  try {
    const options = { body, signed: true, mayResend: turnedAway }
    const { data } = await call(service, 'POST', '/user/batchRegister/create', options)
    return { taskId: data.toString(), resubmitted }
  } catch (lost) {
    if (!(lost instanceof Lost)) throw lost
    const story = `${lost.message}\nThe task may exist or not.`
    if (resubmitted) throw new Stop(3, `${story} Run this again later.`)
    console.error(`${story} Submitting again: the service skips users that exist.`)
    await sleep(1000)
    return create(service, users, true)
  }
}

async function query(service, taskId, cursor, pageSize) {
  const parameters = new URLSearchParams({ taskId, cursor, pageSize })
  return (await call(service, 'GET', `/user/batchRegister/get?${parameters}`, { signed: true })).data
}

async function waitUntilDone(service, taskId) {
  for (let wait = FIRST_WAIT_MS, shown = ''; ; wait = Math.min(wait * GROWTH, LONGEST_WAIT_MS)) {
    const { status, totalCount, successCount, skipCount, failCount } = (await query(service, taskId, '0', 1)).taskInfo
    const counts = `(provisioned ${successCount}, skipped ${skipCount}, failed ${failCount})`
    if (counts !== shown) {
      const settled = Number(successCount) + Number(skipCount) + Number(failCount)
      console.error(`task ${taskId}: ${settled} of ${totalCount} ${counts}`)
      shown = counts
    }
    if (['2', '3'].includes(String(status))) return // done, failed
    if (performance.now() + wait > service.deadline) {
      console.error(`task ${taskId}: not done in time; the rows so far:`)
      return
    }
    await sleep(wait)
  }
}

/** All rows of the task, by phone. */
async function resultRows(service, taskId) {
  const rows = new Map()
  const seen = new Set()
  for (let cursor = '0'; cursor; ) {
    seen.add(cursor)
    const page = await query(service, taskId, cursor, 100)
    for (const row of page.registerList ?? []) rows.set(row.phone, [...(rows.get(row.phone) ?? []), row])
    cursor = String(page.nextPageCursor || page.nextCursor || '') // the reference uses both names
    if (seen.has(cursor)) throw new Stop(3, `task ${taskId}: cursor ${cursor} came twice`)
  }
  return rows
}

/** Ids of all users. Users may arrive meanwhile: rows shift and repeat, and `total` grows. */
async function listedIds(service) {
  const ids = new Set()
  for (let offset = 0, last = false; !last; ) {
    const { list, data, total } = await call(service, 'GET', `/userList?offset=${offset}&limit=100`)
    const users = list ?? data ?? []
    // The reference shows an organisation account as `userId` and KooDrive's own id as `id`: either may match.
    for (const user of users) ids.add(String(user.userId)).add(String(user.id))
    offset += users.length
    last = users.length === 0 || (total === undefined ? users.length < 100 : offset >= Number(total))
  }
  return ids
}

function outcome(row, resubmitted) {
  if (!row) return 'not processed'
  const code = String(row.code || '0')
  if (code === USER_EXISTS) {
    return resubmitted && row.userId ? 'skipped: already provisioned' : `skipped: ${row.reason ?? ''}`
  }
  return row.userId && code === '0' ? 'provisioned' : `failed: ${code} ${row.reason ?? ''}`
}

/** Prints the table and the sums; returns the exit code. */
function report(lines) {
  for (const { phone, text, userId } of [{ phone: 'phone', text: 'outcome', userId: 'userId' }, ...lines]) {
    console.log(`${phone.padEnd(16)}  ${text.padEnd(44)}  ${userId || '-'}`)
  }
  const provisioned = lines.filter(({ text }) => text === 'provisioned').length
  const skipped = lines.filter(({ text }) => text.startsWith('skipped')).length
  const failed = lines.length - provisioned - skipped
  console.log(`provisioned=${provisioned} skipped=${skipped} failed=${failed}`)
  return failed ? 1 : 0
}

async function provision(service, users) {
  const reasons = await preverify(service, users.length)
  if (reasons.some(Boolean)) {
    const text = (reason) => (reason ? `failed: pre-verification: ${reason}` : 'not processed')
    return report(users.map(({ phone }, index) => ({ phone, text: text(reasons[index]) })))
  }
  const { taskId, resubmitted } = await create(service, users)
  await waitUntilDone(service, taskId)
  const rows = await resultRows(service, taskId)
  const lines = users.map(({ phone }) => {
    const row = rows.get(phone)?.shift()
    return { phone, text: outcome(row, resubmitted), userId: row?.userId }
  })
  const exitCode = report(lines)

  const problems = [...rows.values()].flat().map(({ phone }) => `a row too many in the result: ${phone}`)
  const ids = await listedIds(service)
  for (const { text, userId } of lines) {
    const mustBeListed = ['provisioned', 'skipped: already provisioned'].includes(text)
    if (mustBeListed && !ids.has(String(userId))) problems.push(`provisioned, but not in the user list: ${userId}`)
  }
  for (const problem of problems) console.error(problem)
  return problems.length ? 1 : exitCode
}

function userFrom(argument) {
  const names = argument.split(':')
  if (names.length < 2 || names.length > 3 || names.includes('')) {
    throw new Stop(2, `${argument} is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE`)
  }
  const phone = names.pop()
  return { firstname: names[0], surname: names[1], phone } // JSON.stringify leaves an undefined surname out
}

async function main(args) {
  const service = config()
  if (args[0] === 'sign' && (args.length === 3 || args.length === 4)) {
    const [, method, url, body = ''] = args
    const host = setting('HOST_HEADER', new URL(url).host)
    console.log(authorization(service, method, url, host, setting('X_DATE', xDate(Date.now())), body))
    return 0
  }
  const users = (args.length ? args : DEFAULT_USERS).map(userFrom)
  if (users.length > 1000) throw new Stop(2, 'a batch takes 1000 users at most')
  return provision(service, users)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Stop) console.error(error.message)
  else console.error(`The service answered something the reference does not allow: ${error.message}`)
  if (error.exitCode === 2) console.error(USAGE)
  process.exitCode = error.exitCode ?? 3
}
