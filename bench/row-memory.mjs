// Prints the bytes that a finished row of a task takes: `node --expose-gc row-memory.mjs`.
import { createMock } from '../dist/index.js'
import { createRequest, pollRequest } from './workloads.mjs'

const TASKS = 100
const mock = createMock({ speed: 1_000_000, maxJournal: 0 })

const call = ({ method, url, headers, body }) =>
  mock.fetch(new Request(`http://127.0.0.1:80${url}`, { method, headers, body }))

async function makeTasks(count) {
  for (let made = 0; made < count; made += 1) {
    const { data } = await (await call(createRequest(80))).json()
    await (await call(pollRequest(80, data))).text()
  }
}

const used = () => {
  for (let turn = 0; turn < 3; turn += 1) globalThis.gc()
  return process.memoryUsage().heapUsed
}

await makeTasks(TASKS / 10)
const before = used()
await makeTasks(TASKS)
console.log((used() - before) / (TASKS * 1000))
await mock.close()
