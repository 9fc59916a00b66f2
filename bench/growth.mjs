import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { MOCK, mockCommand, root } from './contestants.mjs'
import { base } from './payloads.mjs'
import { once, residentMb, start } from './processes.mjs'
import { finishedTask } from './rounds.mjs'
import { median, show } from './statistics.mjs'
import { chart } from './svg.mjs'
import { adminRequest, createRequest, pollRequest, requestsOf, toRequest } from './workloads.mjs'

const PORT = 4390
const SAMPLES = 41
const users = [200, 1000, 10_000, 100_000, 1_000_000]
const tasks = [1, 10, 100, 1000, 10_000]
const sandboxes = [1, 10, 100, 1000]

/** Measures how time and memory grow with users, tasks, sandboxes and a full journal; draws what it finds. */
export async function measureGrowth({ serverCpu }) {
  const byUsers = await eachSize(users, (size) =>
    withMock(serverCpu, ['--users', String(size)], (mock) => pages(mock, size)),
  )
  const byTasks = await eachSize(tasks, (size) =>
    withMock(serverCpu, ['--speed', '0.1'], (mock) => concurrentTasks(mock, size)),
  )
  const bySandboxes = await eachSize(sandboxes, (size) => withMock(serverCpu, [], (mock) => manySandboxes(mock, size)))
  const journal = await withMock(serverCpu, [], fullJournal)
  return [
    '## Growth',
    `Milliseconds for one call after another on one connection, the median of ${SAMPLES}; no call is answered from kept answers. Memory is that of the process after the calls.`,
    ...section('users', byUsers),
    ...section('tasks', byTasks),
    ...section('sandboxes', bySandboxes),
    `A page of 100 users takes ${show(journal.emptyMs, 2)} ms with an empty journal and ${show(journal.fullMs, 2)} ms with a full one (${journal.entries} exchanges); memory ${show(journal.emptyMb)} MB and ${show(journal.fullMb)} MB.`,
    `A stored task row takes ${show(rowBytes())} bytes, the user that it provisions included.`,
  ].join('\n\n')
}

async function eachSize(sizes, measure) {
  const found = []
  for (const size of sizes) {
    const row = { size, ...(await measure(size)) }
    found.push(row)
    console.error(JSON.stringify(row))
  }
  return found
}

async function withMock(cpu, flags, use) {
  const server = { name: MOCK, command: mockCommand(PORT, ...flags), port: PORT, cwd: root }
  const { pid, stop } = await start(server, requestsOf('d', PORT)[0], cpu)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = async (request) => {
    const answer = await once(PORT, request, agent)
    if (answer.status >= 300)
      throw new Error(`${request.method} ${request.url} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
    return answer
  }
  try {
    return await use({ call, memoryMb: () => residentMb(pid) })
  } finally {
    agent.destroy()
    await stop()
  }
}

/** Milliseconds of the median call, after as many calls that warm up. */
async function timed({ call }, request) {
  const times = []
  for (let sample = 0; sample < 2 * SAMPLES; sample += 1) {
    const next = request(sample)
    const startedAt = performance.now()
    await call(next)
    times.push(performance.now() - startedAt)
  }
  return median(times.slice(SAMPLES))
}

const admin = (...call) => adminRequest(PORT, ...call)
const list = (query) => toRequest(PORT, { method: 'GET', url: `${base}/userList?${query}` })

const get = (path) => toRequest(PORT, { method: 'GET', url: `${base}/${path}` })
const change = (method, path, body) =>
  toRequest(PORT, { method, url: `${base}/${path}` }, { body: body && JSON.stringify(body) })

async function pages(mock, size) {
  const { text } = await mock.call(list('offset=1&limit=100'))
  const { list: users } = JSON.parse(text)
  const { deptId } = users[0]
  const idOf = (sample) => users[sample].id
  // Every call asks for another number of users, so that none is answered from kept answers.
  const limit = (sample) => 18 + sample
  const first = await timed(mock, (sample) => list(`offset=0&limit=${limit(sample)}`))
  const last = await timed(mock, (sample) => list(`offset=${size - limit(sample)}&limit=${limit(sample)}`))
  const department = await timed(mock, (sample) => list(`offset=0&limit=${limit(sample)}&deptId=${deptId}`))
  const memoryMb = mock.memoryMb()
  const count = await timed(mock, () => get(`users/count?deptId=${deptId}`))
  const departmentList = await timed(mock, () => get(`departmentList?departmentId=${deptId}`))
  const one = await timed(mock, (sample) => get(`users/${idOf(sample)}`))
  const update = await timed(mock, (sample) => change('PUT', `users/${idOf(sample)}`, { deptId, status: sample % 2 }))
  const remove = await timed(mock, (sample) => change('DELETE', `users/${idOf(sample)}`))
  const search = await timed(mock, (sample) =>
    list(`offset=0&limit=${limit(sample)}&keyWord=an${'abcdefghij'[sample % 10]}`),
  )
  return {
    'first page': first,
    'last page': last,
    'department filter': department,
    'count of users': count,
    'department list': departmentList,
    'get a user': one,
    'update a user': update,
    'delete a user': remove,
    'keyword search': search,
    'memory MB': memoryMb,
    'memory MB with search': mock.memoryMb(),
  }
}

async function concurrentTasks(mock, size) {
  let taskId = ''
  for (let made = 0; made < size; made += 1) taskId = JSON.parse((await mock.call(createRequest(PORT, 5))).text).data
  const poll = await timed(mock, () => pollRequest(PORT, taskId))
  return { poll, 'memory MB': mock.memoryMb() }
}

async function manySandboxes(mock, size) {
  let credentials
  for (let made = 0; made < size; made += 1) {
    credentials = JSON.parse((await mock.call(admin('POST', 'sandboxes', '{"speed":0.1}'))).text)
    await mock.call(createRequest(PORT, 5, credentials))
  }
  const { data } = JSON.parse((await mock.call(createRequest(PORT, 5, credentials))).text)
  const poll = await timed(mock, () => pollRequest(PORT, data, credentials))
  return { poll, 'memory MB': mock.memoryMb() }
}

async function fullJournal(mock) {
  const page = (sample) => list(`offset=0&limit=${18 + sample}`)
  const emptyMs = await timed(mock, page)
  const emptyMb = mock.memoryMb()
  const taskId = await finishedTask(PORT)
  for (let call = 0; call < 1000; call += 1) await mock.call(pollRequest(PORT, taskId))
  const fullMs = await timed(mock, page)
  const metrics = (await mock.call(admin('GET', 'metrics'))).text
  return { emptyMs, emptyMb, fullMs, fullMb: mock.memoryMb(), entries: /journal_entries (\d+)/.exec(metrics)?.[1] }
}

/** Bytes of heap for a finished row, measured in a process of its own that can collect its garbage. */
const rowBytes = () =>
  Number(
    execFileSync(process.execPath, ['--expose-gc', new URL('row-memory.mjs', import.meta.url).pathname]).toString(),
  )

function section(name, rows) {
  const columns = Object.keys(rows[0]).filter((column) => column !== 'size')
  const line = (column) => ({ name: column, points: rows.map((row) => [row.size, row[column]]) })
  const isMemory = (column) => column.startsWith('memory')
  const images = [
    draw(`growth-${name}-time`, {
      title: `Time by number of ${name}`,
      xLabel: name,
      yLabel: 'milliseconds',
      lines: columns.filter((column) => !isMemory(column)).map(line),
    }),
    draw(`growth-${name}-memory`, {
      title: `Memory by number of ${name}`,
      xLabel: name,
      yLabel: 'megabytes',
      lines: columns.filter(isMemory).map(line),
    }),
  ]
  const table = [
    `| ${name} | ${columns.join(' | ')} |`,
    `|---:|${columns.map(() => '---:|').join('')}`,
    ...rows.map(
      (row) =>
        `| ${show(row.size)} | ${columns.map((column) => show(row[column], isMemory(column) ? 0 : 2)).join(' | ')} |`,
    ),
  ].join('\n')
  return [`### ${name}`, table, images.join('\n')]
}

function draw(file, what) {
  mkdirSync(`${root}/docs/images`, { recursive: true })
  writeFileSync(`${root}/docs/images/${file}.svg`, chart(what))
  return `![${what.title}](images/${file}.svg)`
}
