import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect } from 'vitest'
import { createTestClient, paths } from '../support/client.ts'
import { freePort } from '../support/free-port.ts'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { describePostgres, newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

const CHAOS_MS = 1000 * Number(process.env['KOODRIVE_CHAOS_SECONDS'] ?? 60)

interface Replica {
  readonly url: string
  child: ChildProcess
}

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function startReplica(store: string, port: number): Promise<Replica> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const args = ['--port', String(port), '--store', store, '--now', '2026-04-16T08:00:00Z', '--log-level', 'silent']
    const child = spawn(process.execPath, [`${root}dist/cli/main.js`, ...args], {
      env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    let text = ''
    const isReady = await new Promise<boolean>((done) => {
      child.stdout?.on('data', (chunk) => {
        text += chunk
        if (/ready on \S+\n/.test(text)) done(true)
      })
      child.once('exit', () => done(false))
    })
    // It ends when its database is away at the start; whoever runs it starts it again.
    if (isReady) return { url: `http://127.0.0.1:${port}`, child }
  }
  throw new Error('It does not start.')
}

const ended = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code))
    child.kill(signal)
  })

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

const credentials = {
  appId: '0123456789abcdef'.repeat(4),
  appSecret: 'koodrive-mock-app-secret',
  userId: '1505084218764547200',
  tokens: { admin: 'mock-admin-token', deptAdmin: '', user: '', app: '' },
}
const clientOf = (url: string) => createTestClient(url, fetch, credentials, () => NOW)
const body = (phone: number) =>
  JSON.stringify({ userList: [{ firstname: 'A', phone: `137${String(phone).padStart(8, '0')}` }] })

async function read(url: string, path: string, method = 'GET', given?: unknown): Promise<any> {
  const headers = { 'Content-Type': 'application/json' }
  const init = given === undefined ? {} : { headers, body: JSON.stringify(given) }
  const response = await fetch(`${url}/__admin/sandboxes/default${path}`, { method, ...init })
  return response.json()
}

describe('kill -9 of a mock with a folder', () => {
  slowJudge(
    'loses nothing that was answered, and it starts again without repair',
    async () => {
      const folder = newFolder()
      const port = await freePort()
      let replica = await startReplica(folder, port)
      const made: string[] = []
      for (let round = 0; round < 2; round += 1) {
        const client = clientOf(replica.url)
        const before = made.length
        const calls = Array.from({ length: 40 }, async (_, index) => {
          const reply = await client
            .signed('POST', paths.create, { body: body(100 * round + index) })
            .catch(() => undefined)
          if (reply?.status === 200) made.push(reply.json.data)
          if (made.length >= before + 10) replica.child.kill('SIGKILL')
        })
        await Promise.all(calls)
        replica.child.kill('SIGKILL')
        replica = await startReplica(folder, port)
        const { tasks } = await read(replica.url, '/tasks')
        expect(tasks.map(({ taskId }: { taskId: string }) => taskId)).toEqual(expect.arrayContaining(made))
      }
      expect(made.length).toBeGreaterThanOrEqual(20)
      expect(await ended(replica.child, 'SIGTERM')).toBe(0)
    },
    5,
  )
})

describePostgres(
  'two processes on one database',
  (server) => {
    slowJudge(
      'are restarted one after the other under load, and clients see answers only',
      async () => {
        const store = await server().createDatabase()
        const ports = [await freePort(), await freePort()]
        const replicas = await Promise.all(ports.map((port) => startReplica(store, port)))
        let isOver = false
        let retried = 0
        const statuses: Record<number, number> = {}
        const made: string[] = []
        const load = async (lane: number) => {
          for (let number = 0; !isOver; number += 1) {
            for (let attempt = 0; ; attempt += 1) {
              const { url } = replicas[(number + attempt) % 2] as Replica
              const isList = number % 2 === 0
              const call = isList
                ? clientOf(url).get(`${paths.users}?offset=0&limit=10`)
                : clientOf(url).signed('POST', paths.create, { body: body(100_000 * lane + number) })
              const reply = await call.catch(() => undefined)
              if (reply === undefined) {
                retried += 1
                continue
              }
              statuses[reply.status] = (statuses[reply.status] ?? 0) + 1
              if (!isList) made.push(reply.json.data)
              break
            }
          }
        }
        const loads = [1, 2, 3].map(load)
        for (const [index, port] of ports.entries()) {
          await pause(500)
          expect(await ended((replicas[index] as Replica).child, 'SIGTERM')).toBe(0)
          replicas[index] = await startReplica(store, port)
        }
        await pause(500)
        isOver = true
        await Promise.all(loads)
        expect(Object.keys(statuses)).toEqual(['200'])
        expect(made.length).toBeGreaterThan(20)
        process.stderr.write(`rolling restart: ${JSON.stringify(statuses)}, ${retried} connections retried\n`)
        const { tasks } = await read((replicas[0] as Replica).url, '/tasks')
        expect(tasks.map(({ taskId }: { taskId: string }) => taskId)).toEqual(expect.arrayContaining(made))
        expect(tasks.length - 1, 'nothing twice: a connection is retried only before its call was taken').toBe(
          made.length,
        )
      },
      3,
    )

    slowJudge(
      'keep what they answered through random ends of either and of the database',
      async () => {
        const store = await server().createDatabase()
        const ports = [await freePort(), await freePort()]
        const replicas = await Promise.all(ports.map((port) => startReplica(store, port)))
        let isOver = false
        const made = new Map<string, number>()
        const seen: Record<string, number> = {}
        const load = async (lane: number) => {
          for (let number = 0; !isOver; number += 1) {
            const { url } = replicas[(lane + number) % 2] as Replica
            // Every phone is asked for by all.
            const phone = number % 50
            const reply = await clientOf(url)
              .signed('POST', paths.create, { body: body(phone) })
              .catch(() => undefined)
            const status = String(reply?.status ?? 'cut')
            seen[status] = (seen[status] ?? 0) + 1
            if (reply?.status === 200) made.set(reply.json.data, phone)
            else await pause(20)
          }
        }
        const loads = [0, 1, 2, 3].map(load)
        for (let round = 0, since = performance.now(); performance.now() - since < CHAOS_MS; round += 1) {
          await pause(400 + ((round * 7919) % 1300))
          if (round % 5 === 4) {
            await server().kill()
            await pause((round * 331) % 700)
            await server().start()
          } else {
            const index = (round * 31) % 2
            await ended((replicas[index] as Replica).child, 'SIGKILL')
            replicas[index] = await startReplica(store, ports[index] as number)
          }
        }
        isOver = true
        await Promise.all(loads)
        process.stderr.write(`chaos: ${JSON.stringify(seen)}\n`)
        expect(Object.keys(seen).filter((status) => !['200', '503', 'cut'].includes(status))).toEqual([])
        expect(made.size).toBeGreaterThan(50)
        const { url } = replicas[0] as Replica
        expect(await read(url, '/clock/advance', 'POST', { by: 'PT1H' })).toMatchObject({ now: '2026-04-16T09:00:00Z' })
        const lists = await Promise.all(replicas.map((replica) => read(replica.url, '/tasks')))
        expect(lists[1], 'both replicas say the same').toEqual(lists[0])
        const tasks = new Map<string, any>(lists[0].tasks.map((task: any) => [task.taskId, task]))
        expect(
          [...made.keys()].filter((id) => !tasks.has(id)),
          'every task that was acknowledged exists',
        ).toEqual([])
        let provisioned = 0
        for (const id of made.keys()) {
          const { successCount, failCount, skipCount, totalCount } = tasks.get(id)
          expect(successCount + failCount + skipCount).toBe(totalCount)
        }
        for (const [, task] of tasks) provisioned += task.totalCount === 1 ? task.successCount : 0
        expect(provisioned, 'no phone has two users').toBe(50)
        const [count, next] = (
          await server().sql(
            store,
            `SELECT (SELECT count(*) FROM koodrive_mock_commands c WHERE c.incarnation = s.incarnation), s.sequence
           FROM koodrive_mock_sandboxes s WHERE id = 'default'`,
          )
        ).split('|')
        expect(count, 'no sequence has a gap').toBe(next)
      },
      5,
    )
  },
  true,
)
