import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { root } from './source-files.ts'

/** How a command line ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the command line of the build with nothing of the environment but what is given; it ends with the test. */
function spawnCommand(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [`${root}dist/cli/main.js`, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

function collect(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

/** Runs a command line to its end. */
export const runToEnd = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  collect(spawnCommand(args, env))

/** A server of the command line. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  readonly url: string
  /** Everything printed so far. */
  readonly banner: () => string
}

/** Starts a server and waits for its ready line. */
export async function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = spawnCommand(args, env)
  const ended = collect(child)
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const ready = /^koodrive-mock .*ready on (https?:\S+)\n$/m.exec(text)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    child.on('close', () => ended.then(({ err }) => reject(new Error(`ended before it was ready: ${text}${err}`))))
  })
  return { child, ended, url, banner: () => text }
}
