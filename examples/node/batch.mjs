// A batch of users: created, polled, and read row by row. Node 18 or later, no dependencies.

import { setTimeout as sleep } from 'node:timers/promises'
import { call, FIRST_WAIT_MS, Lost, longer, Stop, turnedAway } from './koodrive.mjs'

/**
 * The task id, and whether the batch was submitted twice.
 *
 * A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other lost
 * answer is ambiguous, and the phones cannot be looked up because the user list masks them. But the service skips a
 * phone that exists and names its userId (40000009). So the batch is submitted once more: whom the first attempt
 * provisioned comes back as skipped, and nobody is provisioned twice.
 */
export async function create(service, users, resubmitted = false) {
  const body = JSON.stringify({ userList: users })
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

export async function waitUntilDone(service, taskId) {
  for (let wait = FIRST_WAIT_MS, shown = ''; ; wait = longer(wait)) {
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
export async function resultRows(service, taskId) {
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
