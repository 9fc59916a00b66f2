// What a store costs: the workloads, polls, growth and recovery in memory, PGlite and PostgreSQL, in one run.
import { Agent } from 'node:http'
import { createMock } from '../dist/index.js'
import { generator, load } from './load.mjs'
import { cpuMs, once } from './processes.mjs'
import { finishedTask } from './rounds.mjs'
import { median, show } from './statistics.mjs'
import { openPlace, startOn } from './store-places.mjs'
import { adminRequest, createRequest, pollRequest, pollUrl, requestsOf, workloads } from './workloads.mjs'

/** A team: one sandbox is one order of calls, so that many are served side by side. */
const SANDBOXES = 8
const CREATES = 50
const SAMPLES = 41
const TASKS = [1, 10, 100, 1000, 10_000]
const MANY = [1, 10, 100, 1000]
const COMMANDS = 100_000

/** What is asked for, in this order: pages before creates, which make their memory and their journals large. */
const titles = {
  a: workloads.a.title,
  d: workloads.d.title,
  poll: 'poll of a task of 5 rows',
  c: workloads.c.title,
  one: 'signed create of one user',
  b: workloads.b.title,
}
/** What a core of a replica has to do on PostgreSQL. */
const aims = { a: 1000, one: 400 }

export async function measureStores(options) {
  const results = []
  for (const name of options.stores) {
    const place = await openPlace(name)
    try {
      const runs = []
      for (const replicas of place.replicas) runs.push(await measureWorkloads(place, replicas, options))
      results.push({
        name: place.name,
        runs,
        growth: await measureGrowth(place, options),
        recovery: await measureRecovery(place),
      })
    } finally {
      await place.close()
    }
  }
  return report(results, options)
}

async function measureWorkloads(place, replicas, { serverCpu, loadCpu, secs, warm, conns }) {
  const store = await place.newStore()
  const cpu = replicas === 1 ? serverCpu : undefined
  const servers = []
  try {
    for (let port = 4391; servers.length < replicas; port += 1) servers.push(await startOn(store, { port, cpu }))
    const team = await makeSandboxes(servers[0].port, SANDBOXES)
    const found = {}
    for (const key of Object.keys(titles)) {
      const requests = await Promise.all(servers.map(({ port }) => teamRequests(key, port, team)))
      const run = (seconds) =>
        Promise.all(
          servers.map(({ port }, index) =>
            load(port, requests[index], { secs: seconds, conns: Math.ceil(conns / replicas), loadCpu }),
          ),
        )
      if (warm > 0) await run(warm)
      const before = { own: sum(servers.map(({ pid }) => cpuMs(pid))), database: place.cpuMs() }
      const results = await run(secs)
      const answers = sum(results.map((result) => result.answers))
      found[key] = {
        perSecond: sum(results.map(({ perSecond }) => perSecond)),
        p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
        errors: sum(results.map(({ errors }) => errors)),
        ownUs: (1000 * (sum(servers.map(({ pid }) => cpuMs(pid))) - before.own)) / answers,
        databaseUs: (1000 * (place.cpuMs() - before.database)) / answers,
      }
      console.error(`${place.name} × ${replicas} (${key}) ${JSON.stringify(found[key])}`)
    }
    return { replicas, found, memoryMb: Math.max(...servers.map(({ memoryMb }) => memoryMb())) }
  } finally {
    for (const { stop } of servers) await stop()
  }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

async function makeSandboxes(port, count) {
  const made = []
  for (let index = 0; index < count; index += 1) {
    made.push(await ask(port, adminRequest(port, 'POST', 'sandboxes', '{}')))
  }
  return made
}

/** The requests of a workload, from one sandbox of the team after the other. */
async function teamRequests(key, port, team) {
  if (key === 'b' || key === 'one') {
    const size = key === 'b' ? 1000 : 1
    return Array.from({ length: CREATES * SANDBOXES }, (_, index) => createRequest(port, size, team[index % SANDBOXES]))
  }
  return Promise.all(
    team.map(async (credentials) => {
      if (key === 'poll') {
        const { data } = await ask(port, createRequest(port, 5, credentials))
        return pollRequest(port, data, credentials)
      }
      if (key !== 'c') return requestsOf(key, port, undefined, credentials)[0]
      const taskId = await finishedTask(port, 1000, credentials)
      return requestsOf('c', port, pollUrl(taskId), credentials)[0]
    }),
  )
}

async function ask(port, request, agent) {
  const { status, text } = await once(port, request, agent)
  if (status >= 300) throw new Error(`${request.method} ${request.url} answered ${status}: ${text.slice(0, 200)}`)
  return JSON.parse(text)
}

/** Milliseconds of the median call, one after the other on one connection, after as many that warm up. */
async function timed(port, request) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times = []
  for (let sample = 0; sample < 2 * SAMPLES; sample += 1) {
    const startedAt = performance.now()
    await ask(port, request, agent)
    times.push(performance.now() - startedAt)
  }
  agent.destroy()
  return median(times.slice(SAMPLES))
}

/** Does something so many times, some at once. */
async function times(count, work, atOnce = 16) {
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await work(next++)
    }),
  )
}

/** How a poll fares beside tasks that run, and beside other sandboxes. */
async function measureGrowth(place, { serverCpu }) {
  const server = await startOn(await place.newStore(), { cpu: serverCpu, flags: ['--speed', '0.01'] })
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const { port } = server
  try {
    const byTasks = []
    let made = 0
    for (const size of TASKS) {
      let taskId
      await times(size - made, async () => {
        taskId = (await ask(port, createRequest(port, 5), agent)).data
      })
      made = size
      byTasks.push({ size, pollMs: await timed(port, pollRequest(port, taskId)), memoryMb: server.memoryMb() })
    }
    const bySandboxes = []
    let there = 0
    for (const size of MANY) {
      let last
      await times(size - there, async () => {
        const credentials = await ask(port, adminRequest(port, 'POST', 'sandboxes', '{}'), agent)
        last = { credentials, ...(await ask(port, createRequest(port, 5, credentials), agent)) }
      })
      there = size
      const poll = pollRequest(port, last.data, last.credentials)
      bySandboxes.push({ size, pollMs: await timed(port, poll), memoryMb: server.memoryMb() })
    }
    console.error(JSON.stringify({ byTasks, bySandboxes }))
    return { byTasks, bySandboxes }
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** Seconds from the start of a process to its first answer, from an empty store and from one with many commands. */
async function measureRecovery(place) {
  const store = await place.newStore()
  if (store === undefined) return undefined
  const first = await startOn(store)
  await first.stop()
  const again = await startOn(store)
  await again.stop()
  const mock = createMock({ store })
  await mock.fetch('http://mock/__admin/sandboxes/default')
  const sandbox = mock.world.get('default')
  for (let row = 0; row < COMMANDS; row += 1) {
    const phone = `0086139${String(row).padStart(8, '0')}`
    sandbox.execute('create-task', { userId: mock.credentials.userId, rows: [{ phone, name: `Person ${row}` }] })
  }
  await mock.close()
  const { ms, memoryMb, stop } = await startOn(store)
  const found = { newMs: first.ms, emptyMs: again.ms, fullMs: ms, memoryMb: memoryMb() }
  await stop()
  console.error(`${place.name} ${JSON.stringify(found)}`)
  return found
}

function report(results, { secs, warm, conns }) {
  const runs = results.flatMap(({ name, runs }) => runs.map((run) => ({ ...run, name })))
  const replicas = (count) => (count === 1 ? 'one replica' : `${count} replicas`)
  const workloadRows = Object.entries(titles).flatMap(([key, title]) =>
    runs.map(({ name, replicas: count, found }) => {
      const { perSecond, p99Ms, ownUs, databaseUs, errors } = found[key]
      const database = databaseUs > 0 ? show(databaseUs) : '–'
      return `| ${title} | ${name}, ${replicas(count)} | ${show(perSecond)} | ${show(p99Ms, 1)} | ${show(ownUs)} | ${database} | ${show(1e6 / ownUs)} | ${errors} |`
    }),
  )
  const aimRows = Object.entries(aims).flatMap(([key, aim]) =>
    runs
      .filter(({ name }) => name === 'PostgreSQL')
      .map(({ replicas: count, found }) => {
        const rate = 1e6 / found[key].ownUs
        return `| ${titles[key]}, ${replicas(count)} | ${show(aim)} | ${show(rate)} | ${rate >= aim ? 'yes' : 'no'} |`
      }),
  )
  const growth = (by, sizes) => [
    `| ${by} | ${results.map(({ name }) => `${name}, ms | MB`).join(' | ')} |`,
    `|---:|${results.map(() => '---:|---:|').join('')}`,
    ...sizes.map((size, index) => {
      const rows = results.map(({ growth }) => growth[by === 'tasks' ? 'byTasks' : 'bySandboxes'][index])
      return `| ${show(size)} | ${rows.map(({ pollMs, memoryMb }) => `${show(pollMs, 2)} | ${show(memoryMb)}`).join(' | ')} |`
    }),
  ]
  const recovered = results.filter(({ recovery }) => recovery !== undefined)
  return [
    '## Stores',
    `Node ${process.version}, ${process.platform}-${process.arch}. The same calls in memory, in a folder (PGlite) and in PostgreSQL, to ${SANDBOXES} sandboxes in turn; ${generator}, ${conns} connections, ${secs} s after ${warm} s of warm-up. One replica has a core; load and database share the other. Two replicas share both with them, so the rate is that of the machine; processor time per answer tells what further cores would bring.`,
    table(
      [
        'call',
        'store',
        'answers/s',
        'p99 ms',
        'CPU µs per answer',
        'of the database',
        'per replica core and second',
        'errors',
      ],
      workloadRows,
    ),
    `Memory afterwards: ${runs.map(({ name, replicas: count, memoryMb }) => `${name}, ${replicas(count)}, ${show(memoryMb)} MB`).join('; ')}.`,
    ...(aimRows.length === 0
      ? []
      : [table(['on PostgreSQL', 'at least, per replica core and second', 'measured', 'met'], aimRows)]),
    `A poll, one after the other on one connection, the median of ${SAMPLES}, beside tasks that run, and then beside other sandboxes. Memory is that of the process.`,
    growth('tasks', TASKS).join('\n'),
    growth('sandboxes', MANY).join('\n'),
    ...(recovered.length === 0
      ? []
      : [
          `Seconds from the start of a process to its first answer; the commands are those of one sandbox.`,
          table(
            ['store', 'new', 'empty', `${show(COMMANDS)} commands`, 'MB then'],
            recovered.map(
              ({ name, recovery: { newMs, emptyMs, fullMs, memoryMb } }) =>
                `| ${name} | ${show(newMs / 1000, 1)} | ${show(emptyMs / 1000, 1)} | ${show(fullMs / 1000, 1)} | ${show(memoryMb)} |`,
            ),
          ),
        ]),
  ].join('\n\n')
}

const table = (columns, rows) =>
  [
    `| ${columns.join(' | ')} |`,
    `|${columns.map((_, index) => (index < 2 ? '---|' : '---:|')).join('')}`,
    ...rows,
  ].join('\n')
