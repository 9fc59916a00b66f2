import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const hasWrk = spawnSync('wrk', ['-v']).error === undefined
/** The load generator of this run. */
export const generator = hasWrk ? 'wrk' : 'autocannon'

// Requests come ready-made from a file, each behind its length; the summary goes to stderr as JSON.
const LUA = `
local file, requests, count, at = assert(io.open(os.getenv("BENCH_REQUESTS"), "rb")), {}, 0, 0
while true do
  local length = file:read("*l")
  if not length then break end
  count = count + 1
  requests[count] = file:read(tonumber(length))
  file:read(1)
end
file:close()
request = function() at = at % count + 1; return requests[at] end
done = function(summary, latency)
  local e = summary.errors
  io.stderr:write(string.format('{"requests":%d,"us":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
end`

/** Loads a server from the other core: answers per second, latency in milliseconds, errors. */
export async function load(port, requests, { secs, conns, loadCpu }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return hasWrk
      ? await withWrk(folder, port, requests, secs, conns, loadCpu)
      : await withAutocannon(folder, port, requests, secs, conns, loadCpu)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function withWrk(folder, port, requests, secs, conns, cpu) {
  const file = join(folder, 'requests')
  writeFileSync(join(folder, 'load.lua'), LUA)
  writeFileSync(file, Buffer.concat(requests.map(onTheWire)))
  const args = [
    '-c',
    cpu,
    'wrk',
    '-t1',
    `-c${conns}`,
    `-d${secs}s`,
    '--timeout',
    '10s',
    '-s',
    join(folder, 'load.lua'),
    `http://127.0.0.1:${port}/`,
  ]
  const { stderr } = await run('taskset', args, { env: { ...process.env, BENCH_REQUESTS: file } })
  const { requests: answers, us, p50, p99, refused, broken } = JSON.parse(/\{.*\}/.exec(stderr)[0])
  return {
    answers,
    perSecond: (answers - refused) / (us / 1e6),
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    errors: refused + broken,
  }
}

function onTheWire({ method, url, headers, body = '' }) {
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bytes = Buffer.from(`${method} ${url} HTTP/1.1\r\n${head}\r\n${body}`)
  return Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes, Buffer.from('\n')])
}

async function withAutocannon(folder, port, requests, secs, conns, cpu) {
  const file = join(folder, 'load.json')
  const ready = requests.map(({ method, url, headers, body }) => ({
    method,
    path: url,
    headers: Object.fromEntries(headers),
    body,
  }))
  writeFileSync(
    file,
    JSON.stringify({ url: `http://127.0.0.1:${port}`, connections: conns, duration: secs, requests: ready }),
  )
  const worker = new URL('autocannon-load.mjs', import.meta.url).pathname
  const { stdout } = await run('taskset', ['-c', cpu, process.execPath, worker, file])
  return JSON.parse(stdout)
}
