import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** To take away what a package manager has installed, on a busy machine. */
const REMOVAL_TIMEOUT_MS = 120_000

/** An empty folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), REMOVAL_TIMEOUT_MS)
  return folder
}
