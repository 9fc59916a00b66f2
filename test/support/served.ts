import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { vi } from 'vitest'
import { root } from './source-files.ts'

/** A mock in a process of its own. */
export interface Served {
  readonly url: string
  /** Everything printed until it was ready. */
  readonly banner: string
  readonly stop: () => Promise<void>
}

/** Starts the command line of the build, or another program that prints the same ready line. */
export function serve(
  args: readonly string[],
  program = process.execPath,
  options: SpawnOptions = {},
): Promise<Served> {
  const all = program === process.execPath ? [`${root}dist/cli/main.js`, ...args] : args
  const child = spawn(program, all, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let text = ''
    const collect = (chunk: Buffer): void => {
      text += chunk.toString()
      const url = /ready on (http:\/\/\S+)/.exec(text)?.[1]
      if (url !== undefined) resolve({ url, banner: text, stop: () => stop(child) })
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The mock ended with ${code} before it was ready:\n${text}`)))
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** Whether a mock answers there. */
export const isServed = (url: string): Promise<boolean> =>
  fetch(`${url}/__admin/health`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Waits until no mock answers there any more. */
export const whenGone = (url: string): Promise<unknown> =>
  vi.waitUntil(async () => !(await isServed(url)), { timeout: 10_000 })
