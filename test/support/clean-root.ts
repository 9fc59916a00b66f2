import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { it } from 'vitest'

/** The user `node` of the official images. */
const USER = 1000
const MINUTE = 60_000

const canChangeRoot = process.platform === 'linux' && process.getuid?.() === 0

/** A test of a program in a root of its own. It is skipped, and says so, where the root cannot be changed. */
export function inCleanRoot(title: string, body: () => Promise<void>): void {
  it(title, { timeout: 2 * MINUTE }, async (context) => {
    if (canChangeRoot) return body()
    const reason = 'changing the root takes Linux and its superuser'
    process.stderr.write(`skipped "${title}": ${reason}\n`)
    return context.skip(reason)
  })
}

/** Puts Node, `env` and the libraries that both load into a root, as the base image would. */
function furnish(root: string): void {
  const programs = { '/usr/local/bin/node': process.execPath, '/usr/bin/env': '/usr/bin/env' }
  for (const [path, program] of Object.entries(programs)) {
    put(root, path, realpathSync(program))
    const libraries = execFileSync('ldd', [realpathSync(program)], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)
    for (const [, library = ''] of libraries) put(root, library, realpathSync(library))
  }
  chmodSync(root, 0o755)
}

function put(root: string, path: string, file: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  copyFileSync(file, join(root, path))
}

interface Running {
  readonly url: string
  /** Ends it with SIGTERM and gives its exit code. */
  readonly stop: () => Promise<number | null>
}

/** A command in a root with nothing of the environment but what the image sets and what is given. */
function inRoot(root: string, command: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const all = { PATH: '/usr/local/bin:/usr/bin', KOODRIVE_MOCK_HOST: '0.0.0.0', NODE_ENV: 'production', ...env }
  const settings = Object.entries(all).map(([name, value]) => `${name}=${value}`)
  const user = [`--userspec=${USER}:${USER}`, '--groups=']
  return spawn('chroot', [...user, root, '/usr/bin/env', '-i', ...settings, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts the mock in a root, and waits until it says that it is ready. */
export function startIn(
  root: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  furnish(root)
  const child = inRoot(root, ['/app/dist/cli/main.js', ...flags], env)
  return new Promise((resolve, reject) => {
    let text = ''
    const collect = (chunk: Buffer): void => {
      text += chunk.toString()
      const url = /ready on (http:\/\/\S+)/.exec(text)?.[1]
      if (url !== undefined) resolve({ url, stop: () => stop(child) })
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The mock ended with ${code}:\n${text}`)))
  })
}

/**
 * Runs a command in a root to its end.
 *
 * @throws Error when it exits with anything but 0.
 */
export function runIn(root: string, command: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const child = inRoot(root, command, env)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command.join(' ')} ended with ${code}`)),
    )
  })
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', (code) => resolve(code))
    child.kill('SIGTERM')
  })
}
