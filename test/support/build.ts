import { execFileSync } from 'node:child_process'

/** Builds once before the tests: those of the command line run what a user runs. */
export function setup(): void {
  const root = new URL('../..', import.meta.url).pathname
  execFileSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: 'inherit' })
}
