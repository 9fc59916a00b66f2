import { type ExecFileOptions, execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { it, type TestContext } from 'vitest'
import { root } from './source-files.ts'

/** CI sets it: there everything runs, and a missing tool is a failure. */
export const isRequired = process.env['KOODRIVE_REQUIRE_JUDGES'] === '1'

/** Why a test is skipped that only CI runs. */
export const inCi = 'slow or in need of a network; .ci/run runs it, and so does KOODRIVE_REQUIRE_JUDGES=1'

const MINUTES = 60_000

/** The program of this name, from the development dependencies or the PATH. */
export function findTool(name: string): string | undefined {
  const folders = [`${root}node_modules/.bin`, ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A test that needs a tool from elsewhere. Without the tool it is skipped and says so, or fails where judges are
 * required.
 */
export function judge(title: string, tool: string, body: (program: string) => Promise<void>, minutes = 2): void {
  it(title, { timeout: minutes * MINUTES }, async (context) => {
    const program = findTool(tool)
    if (program !== undefined) return body(program)
    const reason = `${tool} is not installed; .ci/run installs it`
    if (isRequired) throw new Error(`${reason}, and KOODRIVE_REQUIRE_JUDGES=1 asks for it.`)
    return skip(context, reason)
  })
}

/** A test that takes too much time, or a network, for every run; it runs where judges are required. */
export function slowJudge(title: string, body: () => Promise<void>, minutes = 2): void {
  it(title, { timeout: minutes * MINUTES }, async (context) => (isRequired ? body() : skip(context, inCi)))
}

/** How often a property is tried: some times in every run of the suite, and more where judges are required. */
export const runs = (some: number, more: number): number => (isRequired ? more : some)

/** Every nth row of a long table in every run of the suite, and all of them where judges are required. */
export const sample = <T>(rows: readonly T[], every: number): T[] =>
  rows.filter((_, at) => isRequired || at % every === 0)

/** Skips with a reason that every reporter shows. */
function skip(context: TestContext, reason: string): void {
  process.stderr.write(`skipped "${context.task.name}": ${reason}\n`)
  context.skip(reason)
}

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with everything it printed when it exits with anything but 0.
 */
export function run(program: string, args: readonly string[], options: ExecFileOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const all = { cwd: root, maxBuffer: 64 * 1024 * 1024, ...options, env: { ...process.env, ...options.env } }
    const child = execFile(program, [...args], { ...all, encoding: 'utf8' }, (error, out, err) => {
      if (error === null) resolve(`${out}${err}`)
      else reject(new Error(`${program} ${args.join(' ')} failed (${error.code}):\n${out}\n${err}`))
    })
    child.stdin?.end()
  })
}
