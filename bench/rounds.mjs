import { setTimeout as sleep } from 'node:timers/promises'
import { load } from './load.mjs'
import { cpuMs, once, residentMb, start } from './processes.mjs'
import { createRequest, pollRequest, pollUrl, requestsOf, workloads } from './workloads.mjs'

/** The request that tells whether a server is up. */
const probeOf = (port) => requestsOf('d', port)[0]

/** Starts every server some times, unpinned as a user starts it, in rotating order: milliseconds to the first answer. */
export async function measureStarts(servers, { starts }) {
  const times = new Map(servers.map(({ name }) => [name, []]))
  for (let round = 0; round < starts; round += 1) {
    for (const server of rotated(servers, round, starts)) {
      try {
        const { ms, stop } = await start(server, probeOf(server.port))
        times.get(server.name).push(ms)
        await stop()
      } catch (error) {
        console.error(error.message)
      }
    }
  }
  return times
}

/**
 * Measures every workload of every server, round by round. A server is started anew for each round; the order rotates,
 * so that what the machine does besides meets everybody alike.
 */
export async function measureRounds(servers, options) {
  const runs = new Map(servers.map(({ name }) => [name, { workloads: {}, memoryMb: [] }]))
  for (let round = 0; round < options.rounds; round += 1) {
    for (const server of rotated(servers, round, options.rounds)) {
      await oneRound(server, options, runs.get(server.name), `${round + 1}/${options.rounds}`).catch((error) =>
        console.error(error.message),
      )
    }
  }
  return runs
}

function rotated(items, round, rounds) {
  const by = Math.floor((round * items.length) / Math.max(1, rounds))
  return [...items.slice(by), ...items.slice(0, by)]
}

async function oneRound(server, options, found, label) {
  const { pid, stop } = await start(server, probeOf(server.port), options.serverCpu)
  try {
    const keys = options.workloads.filter((key) => (server.workloads ?? options.workloads).includes(key))
    const taskUrl = server.makesTask && keys.includes('c') ? pollUrl(await finishedTask(server.port)) : undefined
    // Memory is read after the pages, before batches fill it: (a) and (d) first, (b) last.
    for (const key of ['a', 'd', 'c', 'b'].filter((one) => keys.includes(one))) {
      const url = key === 'c' ? taskUrl : undefined
      const [first] = requestsOf(key, server.port, url)
      const { status, text } = await once(server.port, first)
      if (status !== 200) {
        console.error(`${server.name} (${key}) answered ${status}: ${text.slice(0, 200)}`)
        continue
      }
      if (options.warm > 0)
        await load(server.port, requestsOf(key, server.port, url), { ...options, secs: options.warm })
      const requests = requestsOf(key, server.port, url)
      const cpuBefore = cpuMs(pid)
      const run = await load(server.port, requests, options)
      run.cpuUs = (1000 * (cpuMs(pid) - cpuBefore)) / run.answers
      found.workloads[key] = [...(found.workloads[key] ?? []), { ...run, bytes: Buffer.byteLength(text) }]
      console.error(
        `[${label}] ${server.name} (${key}) ${run.perSecond.toFixed(0)}/s, ${run.cpuUs.toFixed(0)} µs of CPU, p99 ${run.p99Ms.toFixed(1)} ms, errors ${run.errors}`,
      )
      if (key === 'd') found.memoryMb.push(residentMb(pid))
    }
  } finally {
    await stop()
  }
}

/** Makes a task of 1,000 rows and waits until it is done. */
export async function finishedTask(port, size = 1000, credentials = undefined) {
  const { text } = await once(port, createRequest(port, size, credentials))
  const taskId = JSON.parse(text).data
  for (let poll = 0; poll < 100; poll += 1) {
    const answer = await once(port, pollRequest(port, taskId, credentials))
    if (/"status":"[23]"/.test(answer.text)) return taskId
    await sleep(100)
  }
  throw new Error(`Task ${taskId} did not finish within 10 s.`)
}

export const titleOf = (key) => `(${key}) ${workloads[key].title}`
