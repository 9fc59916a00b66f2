import { run } from './judge.ts'

/** Runs a module in a Node process of its own, in the folder of the package, and gives what it printed. */
export const runModule = (source: string, timeoutMs = 15_000): Promise<string> =>
  run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', source], { timeout: timeoutMs })
