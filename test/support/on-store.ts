/**
 * With KOODRIVE_TEST_STORE=postgres or =folder, every mock that a test makes keeps its sandboxes in a store of its own: what holds in
 * memory must hold there too.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, vi } from 'vitest'
import type { MockOptions } from '../../src/mock/mock-options.ts'
import { type PostgresServer, startPostgres } from './postgres.mjs'

/** Mocks that one file of tests makes at most. */
const STORES = 800

/** Files share a process, and what is mocked in the first of them stays mocked so. */
const shared = globalThis as typeof globalThis & {
  server?: Promise<PostgresServer>
  firstFolder?: Promise<string>
  newStore?: () => string
}
const open: { close(): Promise<void> }[] = []

shared.newStore = process.env['KOODRIVE_TEST_STORE'] === 'postgres' ? await schemas() : await folders()

vi.mock('../../src/mock/create-mock.ts', async (load) => {
  const original = await load<typeof import('../../src/mock/create-mock.ts')>()
  const createMock = (options: MockOptions = {}) => {
    // A mock that begins with a snapshot keeps nothing in a store.
    const store = options.snapshot === undefined ? shared.newStore?.() : undefined
    const mock = original.createMock({ ...(store !== undefined && { store }), ...options })
    open.push(mock)
    return mock
  }
  return { ...original, createMock }
})

afterAll(async () => {
  for (const mock of open.splice(0)) await mock.close()
})

/** Schemas of one server: they are made quicker than databases. */
async function schemas(): Promise<() => string> {
  shared.server ??= startPostgres()
  const server = await shared.server
  const url = await server.createDatabase()
  const names = Array.from({ length: STORES }, (_, index) => `mock${index}`)
  await server.sql(url, names.map((name) => `CREATE SCHEMA ${name}`).join(';'))
  return () => {
    const name = names.pop()
    if (name === undefined) throw new Error(`A file of tests makes more than ${STORES} mocks.`)
    return `${url}&options=${encodeURIComponent(`-c search_path=${name}`)}`
  }
}

/** Folders with one engine behind them, which is started here and not within the time of a test. */
async function folders(): Promise<() => string> {
  shared.firstFolder ??= firstFolder()
  const first = await shared.firstFolder
  const root = mkdtempSync(join(tmpdir(), 'koodrive-mock-stores-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  let made = 0
  return () => {
    made += 1
    const folder = join(root, String(made))
    cpSync(first, folder, { recursive: true })
    return folder
  }
}

/** A folder that a mock has begun, to be copied. */
async function firstFolder(): Promise<string> {
  const { openStore } = await import('../../src/store/open-store.ts')
  const { LOG_VERSION } = await import('../../src/server/sandboxes/log-file.ts')
  const root = mkdtempSync(join(tmpdir(), 'koodrive-mock-stores-'))
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'first')
  await (await openStore(folder, LOG_VERSION)).close()
  rmSync(join(folder, 'data'), { recursive: true }) // The engine has nothing there.
  return folder
}
