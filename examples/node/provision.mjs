#!/usr/bin/env node
// Provision users on KooDrive and wait until they exist. Node 18 or later, no dependencies.
// Configuration, steps and exit codes: ../README.md

import { create, resultRows, waitUntilDone } from './batch.mjs'
import { authorization, call, connect, Stop, xDate } from './koodrive.mjs'

const USAGE = `usage: provision.mjs [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision.mjs sign METHOD URL [BODY]       prints an Authorization header`
const DEFAULT_USERS = ['1204:1204:1884609076404', '1205:1205:1884609076405']
const USER_EXISTS = '40000009'

/** The reason why a row would fail, or undefined, row by row. */
async function preverify(service, count) {
  const row = { targetDeptName: 'Dept', personalCapacity: 10, isAllocateCapacity: true }
  // The department id is beyond 2^53, where JSON.stringify would print a neighbour: its digits go in as a string.
  const body = `{"curDeptId":${service.deptId},"users":${JSON.stringify(Array(count).fill(row))}}`
  const { data } = await call(service, 'POST', '/users/batchimport/preverify', { body })
  if (data.length !== count) throw new Stop(3, `preverify: ${count} rows sent, ${data.length} results`)
  // isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
  return data.map((result) => result.reason)
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
  const service = connect()
  if (args[0] === 'sign' && (args.length === 3 || args.length === 4)) {
    const [, method, url, body = ''] = args
    const host = service.setting('HOST_HEADER', new URL(url).host)
    console.log(authorization(service, method, url, host, service.setting('X_DATE', xDate(Date.now())), body))
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
