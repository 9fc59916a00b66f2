import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from './database.ts'

/** Begins the names of databases that are being made; what was left there by a process that was ended is thrown away. */
const DRAFT = 'data-'

/** A database that fails is made again by whoever opens it, and says why. */
const PROGRAM = `
  const { url, ...options } = JSON.parse(process.argv[1])
  const { PGlite } = await import(url)
  await (await PGlite.create(options)).close()`

/** What PGlite needs to make a database. */
interface NewDatabase {
  /** Of PGlite. */
  readonly url: string
  readonly startParams: readonly string[]
  readonly initDbStartParams: readonly string[]
}

/**
 * Makes the database of a new folder in a process of its own: that takes 700 MB, and WebAssembly gives none of it back
 * before its process ends. Where no process can be started, nothing is made.
 *
 * @throws StoreError when the system ended that process.
 */
export async function makeDatabase(folder: string, dataDir: string, database: NewDatabase): Promise<void> {
  for (const name of readdirSync(folder)) if (name.startsWith(DRAFT)) rmSync(join(folder, name), { recursive: true })
  const draft = mkdtempSync(join(folder, DRAFT))
  const argument = JSON.stringify({ ...database, dataDir: draft })
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, '--', argument], { stdio: 'ignore' })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const how = await new Promise<number | string | null>((done) => {
    child.once('error', () => done(null))
    child.once('exit', (code, signal) => done(signal ?? code))
  })
  process.off('exit', end)
  if (how === 0) return renameSync(draft, dataDir)
  rmSync(draft, { recursive: true, force: true })
  if (typeof how === 'string') {
    throw new StoreError(
      'refused',
      `The folder ${folder} has no database yet, and the process that was making it was ended by ${how}. That takes 700 MB of memory for some seconds: make the folder where there is so much and copy it there, or use PostgreSQL.`,
    )
  }
}
