// Where the sandboxes of a measured mock are kept.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, whyNoPostgres } from '../test/support/postgres.mjs'
import { root } from './contestants.mjs'
import { residentMb, start, treeCpuMs } from './processes.mjs'
import { requestsOf } from './workloads.mjs'

export const PORTS = [4391, 4392]

/**
 * Opens what is named: `memory`, `folder` (PGlite), `postgres` (a server of its own, which waits for the disk as in
 * production), or the URL of a server that is there.
 */
export async function openPlace(name) {
  if (name === 'memory') {
    return { name: 'memory', replicas: [1], newStore: async () => undefined, cpuMs: () => 0, close: () => undefined }
  }
  if (name === 'folder') {
    const folder = mkdtempSync(join(tmpdir(), 'bench-stores-'))
    let made = 0
    return {
      name: 'PGlite',
      replicas: [1],
      newStore: async () => join(folder, String(++made)),
      cpuMs: () => 0,
      close: () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  if (/^postgres(ql)?:/.test(name)) {
    return { name: 'PostgreSQL', replicas: [1, 2], newStore: async () => name, cpuMs: () => 0, close: () => undefined }
  }
  if (name !== 'postgres')
    throw new Error(`--store "${name}" is none. Allowed: memory, folder, postgres, postgres://….`)
  if (whyNoPostgres !== undefined) throw new Error(whyNoPostgres)
  const server = await startPostgres({ durable: true })
  return {
    name: 'PostgreSQL',
    replicas: [1, 2],
    newStore: server.createDatabase,
    cpuMs: () => treeCpuMs(server.pid()),
    close: server.stop,
  }
}

/** Starts a mock on a store; one replica stays on a core. */
export async function startOn(store, { port = PORTS[0], cpu = undefined, flags = [] } = {}) {
  const args = ['serve', '--port', String(port), '--log-level', 'silent', ...flags]
  if (store !== undefined) args.push('--store', store)
  const command = [process.execPath, `${root}/dist/cli/main.js`, ...args]
  const started = await start({ name: 'koodrive-mock', command, port, cwd: root }, requestsOf('d', port)[0], cpu)
  return { ...started, port, memoryMb: () => residentMb(started.pid) }
}
