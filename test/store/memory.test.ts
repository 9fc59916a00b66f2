import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createMock } from '../../src/index.ts'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { newFolder } from '../support/stores.ts'

/** Starts a mock on a folder, and gives the most that it has taken when it is ready, in MB. */
async function memoryOf(store: string): Promise<number> {
  const child = spawn(process.execPath, [`${root}dist/cli/main.js`, '--port', '0', '--store', store])
  await new Promise<void>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`it ended with ${code}`)))
    child.stdout.on('data', (chunk) => String(chunk).includes('ready on') && done())
  })
  const kb = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1])
  child.removeAllListeners('exit')
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  return kb / 1024
}

slowJudge(
  'a store in a folder takes less than 240 MB, the mock included, and no more when the folder is new',
  async () => {
    if (!existsSync('/proc/self/status')) return
    const store = newFolder()
    expect(await memoryOf(store)).toBeLessThan(240)
    expect(readdirSync(store).sort()).toEqual(['data', 'koodrive-mock-store', 'whole'])
    expect(await memoryOf(store)).toBeLessThan(240)
  },
  5,
)

slowJudge(
  'the files of a folder grow no further when its journal is full',
  async () => {
    const store = newFolder()
    const mock = createMock({ store, maxJournalBytes: 200_000, users: 1000 })
    const tables = join(store, 'data')
    const bytes = () =>
      readdirSync(tables, { recursive: true, withFileTypes: true }).reduce(
        (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
        0,
      )
    const read = async (pages: number) => {
      for (let page = 0; page < pages; page += 1) {
        const reply = await mock.fetch('http://mock/koodrive/ose/v1/userList?offset=0&limit=100', {
          headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}` },
        })
        expect(reply.status).toBe(200)
      }
    }
    await read(150)
    const full = bytes()
    await read(300)
    expect(bytes() - full).toBeLessThan(600_000)
    await mock.close()
  },
  5,
)
