import { setTimeout as sleep } from 'node:timers/promises'
import { MOCK, mockCommand, root } from './contestants.mjs'
import { load } from './load.mjs'
import { once, openFiles, residentMb, start } from './processes.mjs'
import { finishedTask } from './rounds.mjs'
import { median, show } from './statistics.mjs'
import { pollUrl, repeatedCreates, requestsOf } from './workloads.mjs'

const PORT = 4391
const STEPS = 12
/** The last third may take this much more than the first. */
const TOLERANCE = 1.1
const MAX_JOURNAL = 1000

/**
 * Loads the mock with all workloads mixed for some time and looks after every step. Whether memory, latency, journal
 * and sockets stayed within their bounds.
 */
export async function soak({ soakSeconds, conns, serverCpu, loadCpu }) {
  const server = { name: MOCK, command: mockCommand(PORT, '--max-journal', String(MAX_JOURNAL)), port: PORT, cwd: root }
  const { pid, stop } = await start(server, requestsOf('d', PORT)[0], serverCpu)
  try {
    await fill()
    const taskId = await finishedTask(PORT)
    const mixed = mix(taskId)
    const secs = Math.max(1, Math.round(soakSeconds / STEPS))
    await load(PORT, await mixed(), { secs: 2 * secs, conns, loadCpu })
    await sleep(200)
    const filesBefore = openFiles(pid)
    const steps = []
    for (let step = 0; step < STEPS; step += 1) {
      const run = await load(PORT, await mixed(), { secs, conns, loadCpu })
      steps.push({ ...run, memoryMb: residentMb(pid) })
      console.log(
        `${show((step + 1) * secs).padStart(5)} s  ${show(run.perSecond)} answers/s, p50 ${show(run.p50Ms, 1)} ms, p99 ${show(run.p99Ms, 1)} ms, ${show(steps.at(-1).memoryMb)} MB, errors ${run.errors}`,
      )
    }
    await sleep(500)
    return judge(steps, filesBefore, openFiles(pid), await metrics())
  } finally {
    await stop()
  }
}

/** Fills first what is meant to fill up: the journal, the rows of finished tasks, the log, the directory. */
async function fill() {
  for (let round = 0; round < 3; round += 1) for (const create of repeatedCreates(PORT)) await once(PORT, create)
  await finishedTask(PORT)
}

/** Requests of every workload, signed anew for each step: pages and polls often, creates seldom. */
function mix(taskId) {
  return async () => {
    const [page] = requestsOf('a', PORT)
    const [space] = requestsOf('d', PORT)
    const [poll] = requestsOf('c', PORT, pollUrl(await stillThere(taskId)))
    return repeatedCreates(PORT).flatMap((create) => [create, page, space, poll, page, space, poll])
  }
}

/** The oldest finished tasks make room for newer ones; a new one is made when this one has. */
async function stillThere(taskId) {
  const { status } = await once(PORT, requestsOf('c', PORT, pollUrl(taskId))[0])
  return status === 200 ? taskId : finishedTask(PORT)
}

const metrics = async () =>
  (await once(PORT, { method: 'GET', url: '/__admin/metrics', headers: [['Host', `127.0.0.1:${PORT}`]] })).text

function judge(steps, filesBefore, filesAfter, text) {
  const third = STEPS / 3
  const compare = (of) => [median(steps.slice(0, third).map(of)), median(steps.slice(-third).map(of))]
  const [memoryFirst, memoryLast] = compare(({ memoryMb }) => memoryMb)
  const [latencyFirst, latencyLast] = compare(({ p50Ms }) => p50Ms)
  const entries = Number(/journal_entries (\d+)/.exec(text)?.[1])
  const listeners = Number(/event_listeners (\d+)/.exec(text)?.[1])
  const verdicts = [
    [
      `memory: ${show(memoryFirst)} MB in the first third, ${show(memoryLast)} MB in the last`,
      memoryLast <= TOLERANCE * memoryFirst,
    ],
    [
      `latency: median ${show(latencyFirst, 1)} ms in the first third, ${show(latencyLast, 1)} ms in the last`,
      latencyLast <= 1.5 * latencyFirst,
    ],
    [`journal: ${entries} exchanges of at most ${MAX_JOURNAL}`, entries <= MAX_JOURNAL],
    [`files and sockets open: ${filesBefore} before, ${filesAfter} after`, filesAfter <= filesBefore],
    [`listeners of the event stream: ${listeners}`, listeners === 0],
  ]
  for (const [text, holds] of verdicts) console.log(`${holds ? 'ok  ' : 'FAIL'} ${text}`)
  return verdicts.every(([, holds]) => holds)
}
