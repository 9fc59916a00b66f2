import { execFileSync } from 'node:child_process'
import { isFresh } from '../../scripts/freshness.mjs'
import { root } from './source-files.ts'

/** Builds before the tests what changed since the last build: those of the command line run what a user runs. */
export function setup(): void {
  if (!isFresh()) execFileSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: 'inherit' })
}
