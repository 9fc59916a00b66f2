// Loaded into a server before it starts (node --import): writes how long its event loop was kept busy to the file that STALLS
// names. A stall is counted in processor time, not by the clock: what else the machine does is not the server's fault.
import { writeFileSync } from 'node:fs'

const EVERY_MS = 5
const stalls = []
let before = process.cpuUsage()
let written = performance.now()

/** The stall that 99 of 100 clients find shorter, when they come at any moment, in milliseconds. */
function p99() {
  const longestFirst = [...stalls].sort((a, b) => b - a)
  let rest = longestFirst.reduce((sum, ms) => sum + ms, 0) / 100
  for (const ms of longestFirst) {
    rest -= ms
    if (rest < 0) return ms
  }
  return 0
}

function tick() {
  const now = process.cpuUsage()
  stalls.push((now.user + now.system - before.user - before.system) / 1000)
  if (performance.now() - written > 500) {
    const { rss } = process.memoryUsage()
    writeFileSync(process.env.STALLS, JSON.stringify({ p99: p99(), longest: Math.max(...stalls.slice(-1e5)), rss }))
    written = performance.now()
  }
  before = process.cpuUsage()
  setTimeout(tick, EVERY_MS).unref()
}
setTimeout(tick, EVERY_MS).unref()
