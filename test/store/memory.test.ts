import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { newFolder } from '../support/stores.ts'

/** Starts a mock on a folder, and gives what it takes when it is ready, in MB. */
async function memoryOf(store: string): Promise<number> {
  const child = spawn(process.execPath, [`${root}dist/cli/main.js`, '--port', '0', '--store', store])
  await new Promise<void>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`it ended with ${code}`)))
    child.stdout.on('data', (chunk) => String(chunk).includes('ready on') && done())
  })
  const kb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1])
  child.removeAllListeners('exit')
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  return kb / 1024
}

slowJudge(
  'a store in a folder that is there takes less than 260 MB, the mock included',
  async () => {
    if (!existsSync('/proc/self/status')) return
    const store = newFolder()
    await memoryOf(store)
    expect(await memoryOf(store)).toBeLessThan(260)
  },
  5,
)
