import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, linkSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { StoreError } from './database.ts'

/** Bytes that the path of a socket may have on every system. */
const SOCKET_PATH_MAX = 100
const NAME = 'in-use.sock'

/**
 * Keeps a folder for this process: it listens on a socket there as long as it lives. The system takes the socket away with the
 * process, however that ends, so no lock is ever left behind; a file with a process id would be, and containers share ids.
 *
 * @returns what gives the folder back.
 * @throws StoreError when another process has it, or when its path is too long for a socket.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const { path, release } = socketOf(resolve(folder))
  const server = createServer((socket) => socket.end())
  server.unref()
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (await listens(server, path)) {
        return () =>
          new Promise((done) =>
            server.close(() => {
              release()
              done()
            }),
          )
      }
      if (await isAnswered(path)) break
      // Left by a process that is gone: Windows takes it away itself.
      if (process.platform !== 'win32') unlinkSync(path)
    }
  } catch (error) {
    release()
    throw error
  }
  release()
  throw new StoreError(
    'refused',
    `The folder ${folder} is in use by another koodrive-mock. Stop that one, choose another folder, or share a store in PostgreSQL: --store postgres://…`,
  )
}

interface SocketPlace {
  readonly path: string
  /** Gives back what the path needs. */
  readonly release: () => void
}

/**
 * Where the socket of a folder is: in the folder, which is its user's alone. Never in the folder for temporary files, where
 * another user could take the name.
 */
function socketOf(folder: string): SocketPlace {
  const none = () => undefined
  if (process.platform === 'win32') return { path: pipeOf(folder), release: none }
  const inside = join(folder, NAME)
  if (Buffer.byteLength(inside) <= SOCKET_PATH_MAX) return { path: inside, release: none }
  if (process.platform !== 'linux') {
    const most = SOCKET_PATH_MAX - Buffer.byteLength(`/${NAME}`)
    throw new StoreError(
      'usage',
      `The path of the folder ${folder} is too long for a store: it takes at most ${most} bytes. Choose a shorter one.`,
    )
  }
  // The system knows an open folder by a short name too.
  const descriptor = openSync(folder, 'r')
  return { path: `/proc/self/fd/${descriptor}/${NAME}`, release: () => closeSync(descriptor) }
}

const PIPE_NAME = 'in-use.name'

/**
 * The named pipe of a folder on Windows, where all users share one list of names: none that another user could find out and
 * take before. It stands in the folder, which is its user's alone.
 */
export function pipeOf(folder: string): string {
  const file = join(folder, PIPE_NAME)
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}.tmp`
    writeFileSync(draft, randomBytes(16).toString('hex'), { mode: 0o600 })
    try {
      // Whole or not at all, and only the first of two processes.
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      unlinkSync(draft)
    }
  }
  return `\\\\.\\pipe\\koodrive-mock-${readFileSync(file, 'utf8').trim()}`
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
