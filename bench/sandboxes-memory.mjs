// Prints what a server of 200 sandboxes takes after 1,000 pages of 100 users each: `node bench/sandboxes-memory.mjs`, with
// `--store memory|folder|postgres|postgres://…`, `--sandboxes N`, `--pages N`, `--node-option=FLAG` and flags of `serve`
// behind `--`. The limit of the manifests holds when "most" stays below it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { openPlace } from './store-places.mjs'

const { values, positionals } = parseArgs({
  options: {
    store: { type: 'string', default: 'memory' },
    sandboxes: { type: 'string', default: '200' },
    pages: { type: 'string', default: '1000' },
    'node-option': { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
})
const SANDBOXES = Number(values.sandboxes)
const PAGES = Number(values.pages)
const CLIENTS = 8
const main = new URL('../dist/cli/main.js', import.meta.url).pathname

const place = await openPlace(values.store)
const store = await place.newStore()
const flags = [
  '--port',
  '0',
  '--log-level',
  'silent',
  ...(store === undefined ? [] : ['--store', store]),
  ...positionals,
]
const child = spawn(process.execPath, [...values['node-option'], main, ...flags], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise((resolve, reject) => {
  child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
  child.stdout.on('data', (chunk) => {
    const ready = /ready on (\S+)/.exec(chunk)
    if (ready) resolve(ready[1])
  })
})

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
const call = (method, path, headers = {}, body = undefined) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url + path, { method, headers, agent }, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      incoming.on('end', () =>
        incoming.statusCode < 300 ? resolve(text) : reject(new Error(`${incoming.statusCode} ${text}`)),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const status = () => readFileSync(`/proc/${child.pid}/status`, 'utf8')
const mib = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status())?.[1]) / 1024)

const users = PAGES * 100
const sandboxes = []
for (let made = 0; made < SANDBOXES; made += 1) {
  sandboxes.push(JSON.parse(await call('POST', '/__admin/sandboxes', {}, JSON.stringify({ users }))))
}
console.log(`${place.name}, ${SANDBOXES} sandboxes of ${users} users: ${mib('VmRSS')} MiB, most ${mib('VmHWM')} MiB`)

const pages = (function* () {
  for (let page = 0; page < PAGES; page += 1) for (const sandbox of sandboxes) yield [sandbox, page]
})()
let done = 0
const client = async () => {
  for (const [{ tokens }, page] of pages) {
    await call('GET', `/koodrive/ose/v1/userList?offset=${page * 100}&limit=100`, {
      Authorization: `Bearer ${tokens.admin}`,
    })
    done += 1
  }
}
const progress = setInterval(() => console.log(`… ${done} pages: ${mib('VmRSS')} MiB`), 15_000)
await Promise.all(Array.from({ length: CLIENTS }, client))
clearInterval(progress)
console.log(`after ${SANDBOXES * PAGES} pages: ${mib('VmRSS')} MiB, most ${mib('VmHWM')} MiB`)
agent.destroy()
child.removeAllListeners('exit')
const ended = new Promise((resolve) => child.once('exit', resolve))
child.kill('SIGTERM')
await ended
await place.close()
