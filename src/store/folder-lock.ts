import { createHash } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { StoreError } from './database.ts'

/** Bytes that the path of a socket may have on every system. */
const SOCKET_PATH_MAX = 100

/**
 * Keeps a folder for this process: it listens on a socket there as long as it lives. The system takes the socket away with the
 * process, however that ends, so no lock is ever left behind; a file with a process id would be, and containers share ids.
 *
 * @returns what gives the folder back.
 * @throws StoreError when another process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketOf(resolve(folder))
  const server = createServer((socket) => socket.end())
  server.unref()
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await listens(server, path)) {
      return () => new Promise((done) => server.close(() => done()))
    }
    if (await isAnswered(path)) break
    // Left by a process that is gone: Windows takes it away itself.
    if (process.platform !== 'win32') unlinkSync(path)
  }
  throw new StoreError(
    'refused',
    `The folder ${folder} is in use by another koodrive-mock. Stop that one, choose another folder, or share a store in PostgreSQL: --store postgres://…`,
  )
}

function socketOf(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\koodrive-mock-${name}`
  const inside = join(folder, 'in-use.sock')
  return Buffer.byteLength(inside) <= SOCKET_PATH_MAX ? inside : join(tmpdir(), `koodrive-mock-${name}.sock`)
}

const listens = (server: Server, path: string): Promise<boolean> =>
  new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)))
    server.listen(path, () => {
      server.removeAllListeners('error')
      done(true)
    })
  })

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
