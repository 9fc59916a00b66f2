import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Linux counts processor time in ticks of a hundredth of a second. */
const MS_PER_TICK = 10
const START_LIMIT_MS = 90_000

/** One request by hand. */
export function once(port, { method, url, headers, body }, agent = false) {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path: url,
      headers: headers.flat(),
      agent,
      timeout: 30_000,
    })
    outgoing.on('response', (incoming) => {
      const chunks = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, text: Buffer.concat(chunks).toString() }),
      )
    })
    outgoing.on('error', reject)
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 30 s')))
    outgoing.end(body)
  })
}

/** Starts a server, on one core when `cpu` is given, and waits for its first 200 to `probe`. */
export async function start({ name, command, port, cwd }, probe, cpu) {
  const [file, ...args] = cpu === undefined ? command : ['taskset', '-c', cpu, ...command]
  const startedAt = performance.now()
  const child = spawn(file, args, { cwd, detached: true, stdio: 'ignore' })
  let ended
  child.once('exit', (code, signal) => {
    ended = code ?? signal
  })
  child.once('error', (error) => {
    ended = error.message
  })
  const stop = () => end(child, () => ended !== undefined)
  for (;;) {
    const answer = await once(port, probe).catch(() => undefined)
    const ms = performance.now() - startedAt
    if (ended !== undefined) throw new Error(`${name} ended (${ended}) before it answered.`)
    if (answer?.status === 200) return { pid: child.pid, ms, stop }
    if (ms > START_LIMIT_MS) {
      await stop()
      throw new Error(
        `${name} gave no 200 within ${START_LIMIT_MS / 1000} s; the last answer was ${answer?.status}: ${answer?.text.slice(0, 200)}`,
      )
    }
    await sleep(3)
  }
}

/** Ends a process with everything it started. */
async function end(child, hasEnded) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    if (hasEnded()) break
    try {
      process.kill(-child.pid, signal)
    } catch {
      break
    }
    for (let waited = 0; waited < 2000 && !hasEnded(); waited += 20) await sleep(20)
  }
}

const statusOf = (pid) => readFileSync(`/proc/${pid}/status`, 'utf8')

/** The processes that a process has started, by its id. */
function childrenOf() {
  const children = new Map()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(/^PPid:\s+(\d+)/m.exec(statusOf(entry))?.[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
    } catch {
      // It has ended meanwhile.
    }
  }
  return children
}

/** Resident memory of a process and its children, in MB. */
export function residentMb(pid) {
  const children = childrenOf()
  const sum = (one) => {
    let kb = 0
    try {
      kb = Number(/^VmRSS:\s+(\d+)/m.exec(statusOf(one))?.[1] ?? 0)
    } catch {
      // It has ended meanwhile.
    }
    return kb / 1024 + (children.get(one) ?? []).reduce((total, child) => total + sum(child), 0)
  }
  return sum(pid)
}

/** User, system, and those of children that have ended. */
function ticksOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number)
}

/** Processor time that a process has taken, in milliseconds: unlike a rate, it does not suffer from a busy machine. */
export function cpuMs(pid) {
  const [user, system] = ticksOf(pid)
  return (user + system) * MS_PER_TICK
}

/** Processor time that a process and its children have taken, in milliseconds. */
export function treeCpuMs(pid) {
  const all = [pid, ...(childrenOf().get(pid) ?? [])]
  const ended = ticksOf(pid)[2] + ticksOf(pid)[3]
  return all.reduce((sum, one) => {
    try {
      return sum + cpuMs(one)
    } catch {
      return sum
    }
  }, ended * MS_PER_TICK)
}

/** Files and sockets that a process holds open. */
export const openFiles = (pid) => readdirSync(`/proc/${pid}/fd`).length
