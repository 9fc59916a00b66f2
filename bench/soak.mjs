import { setTimeout as sleep } from 'node:timers/promises'
import { MOCK, mockCommand, root } from './contestants.mjs'
import { generator, load } from './load.mjs'
import { once, openFiles, residentMb, start } from './processes.mjs'
import { finishedTask } from './rounds.mjs'
import { median, show } from './statistics.mjs'
import { adminRequest, pollRequest, repeatedCreates, requestsOf } from './workloads.mjs'

const PORT = 4391
const STEPS = 12
const WARM_STEPS = 2
/** Memory of the last third may be this much of that of the first. */
const MEMORY_TOLERANCE = 1.1
/** A median of milliseconds on a machine that does other things too. */
const LATENCY_TOLERANCE = 1.5
const MAX_JOURNAL = 1000
/** The sandbox `default`, and the one whose task is polled. */
const SANDBOXES = 2
/** Readers of the event stream that come and go in each step. */
const READERS = 8

/**
 * Loads the mock with all workloads mixed for some time and looks after every step whether errors, memory, latency,
 * journal, sockets and listeners stay within their bounds: the result as Markdown, and whether all of it holds.
 */
export async function soak({ soakSeconds, conns, serverCpu, loadCpu }) {
  const server = { name: MOCK, command: mockCommand(PORT, '--max-journal', String(MAX_JOURNAL)), port: PORT, cwd: root }
  const { pid, stop } = await start(server, requestsOf('d', PORT)[0], serverCpu)
  try {
    const mixed = await prepare()
    const secs = Math.max(1, Math.round(soakSeconds / STEPS))
    await load(PORT, mixed(), { secs: WARM_STEPS * secs, conns, loadCpu })
    await readEvents()
    await sleep(500)
    const filesBefore = openFiles(pid)
    const steps = []
    for (let step = 1; step <= STEPS; step += 1) {
      const run = await load(PORT, mixed(), { secs, conns, loadCpu })
      await readEvents()
      const found = { ...run, at: step * secs, memoryMb: residentMb(pid) }
      steps.push(found)
      console.error(cellsOf(found).join('  '))
    }
    await sleep(500)
    const verdicts = judge(steps, filesBefore, openFiles(pid), await metrics())
    return { text: report(steps, verdicts, { secs, conns }), holds: verdicts.every(({ holds }) => holds) }
  } finally {
    await stop()
  }
}

/**
 * Fills what is meant to fill up: the journal, the rows of finished tasks, the log, the directory. Gives the requests
 * of all workloads, signed anew for each step: pages and polls often, creates seldom. The task that is polled is in a
 * sandbox of its own: where creates keep coming, the oldest finished tasks make room for newer ones within seconds.
 */
async function prepare() {
  for (let round = 0; round < 3; round += 1) for (const create of repeatedCreates(PORT)) await once(PORT, create)
  const credentials = JSON.parse((await once(PORT, adminRequest(PORT, 'POST', 'sandboxes', '{}'))).text)
  const taskId = await finishedTask(PORT, 1000, credentials)
  return () => {
    const [page] = requestsOf('a', PORT)
    const [space] = requestsOf('d', PORT)
    const poll = pollRequest(PORT, taskId, credentials)
    return repeatedCreates(PORT).flatMap((create) => [create, page, space, poll, page, space, poll])
  }
}

/** Opens event streams, reads from each, and cuts them off as a browser does that is closed. */
async function readEvents() {
  const cut = new AbortController()
  const url = `http://127.0.0.1:${PORT}/__admin/events`
  const streams = await Promise.all(Array.from({ length: READERS }, () => fetch(url, { signal: cut.signal })))
  await Promise.all(streams.map(({ body }) => body.getReader().read()))
  cut.abort()
}

const metrics = async () => (await once(PORT, adminRequest(PORT, 'GET', 'metrics'))).text

/** What is held to what: two figures, the bound of the second, and whether it keeps to it. */
function judge(steps, filesBefore, filesAfter, text) {
  const third = STEPS / 3
  const thirds = (of) => [median(steps.slice(0, third).map(of)), median(steps.slice(-third).map(of))]
  const [memoryFirst, memoryLast] = thirds(({ memoryMb }) => memoryMb)
  const [latencyFirst, latencyLast] = thirds(({ p50Ms }) => p50Ms)
  const errors = steps.reduce((sum, step) => sum + step.errors, 0)
  const entries = Number(/journal_entries (\d+)/.exec(text)?.[1])
  const listeners = Number(/event_listeners (\d+)/.exec(text)?.[1])
  return [
    verdict('refused or broken requests', undefined, errors, 0),
    verdict('memory MB, first and last third', memoryFirst, memoryLast, MEMORY_TOLERANCE * memoryFirst),
    verdict('median ms, first and last third', latencyFirst, latencyLast, LATENCY_TOLERANCE * latencyFirst, 1),
    verdict('exchanges in the journals', undefined, entries, SANDBOXES * MAX_JOURNAL),
    verdict('files and sockets open, before and after', filesBefore, filesAfter, filesBefore),
    verdict('readers of the event stream', undefined, listeners, 0),
  ]
}

const verdict = (what, before, after, bound, digits = 0) => ({
  holds: after <= bound,
  cells: [what, ...[before, after, bound].map((number) => show(number, digits))],
})

const cellsOf = ({ at, perSecond, p50Ms, p99Ms, memoryMb, errors }) => [
  show(at),
  show(perSecond),
  show(p50Ms, 1),
  show(p99Ms, 1),
  show(memoryMb),
  show(errors),
]

function report(steps, verdicts, { secs, conns }) {
  const pages = `Every workload mixed, of seven requests one create of 1,000 users, two pages of 100 users, two polls of a task of 1,000 rows and two of one user space; Node ${process.version}, ${generator}, ${conns} connections, ${STEPS} steps of ${secs} s after ${WARM_STEPS * secs} s of warm-up. ${READERS} readers of the event stream come and go in each step.`
  return [
    '## Soak',
    pages,
    table(['s', 'answers/s', 'p50 ms', 'p99 ms', 'memory MB', 'errors'], steps.map(cellsOf), '---:'),
    table(
      ['what', 'before', 'after', 'at most', 'holds'],
      verdicts.map(({ cells, holds }) => [...cells, holds ? 'yes' : '**no**']),
      '---',
    ),
  ].join('\n\n')
}

const table = (head, rows, align) =>
  [head, head.map((_, column) => (column === 0 ? align : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
