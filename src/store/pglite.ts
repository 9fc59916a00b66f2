import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { PGlite, PGliteOptions, Transaction } from '@electric-sql/pglite'
import { refusePlanted } from '../shared/files.ts'
import { type Database, damaged, isMissing, type Queries, type Row, StoreError } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { makeDatabase } from './new-folder.ts'

/** What tells that a folder is ours. */
const MARK = 'koodrive-mock-store'
/** What tells that the database was made to its end. */
const WHOLE = 'whole'
/** Its own cache takes 128 MB otherwise; the operating system keeps the files of one process in memory anyway. */
const SETTINGS = ['-c', 'shared_buffers=16MB']
const MARK_TEXT = 'A store of koodrive-mock (--store). The folder data is a database of PGlite; leave it alone.\n'
/** The type of bytes in PostgreSQL (`bytea`). PGlite would write and read them one by one. */
const BYTEA = 17
const BYTES = {
  serializers: {
    // Its protocol takes bytes as they are.
    [BYTEA]: (bytes: Uint8Array) => bytes as unknown as string,
  },
  parsers: { [BYTEA]: (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')) },
}

/**
 * Opens a folder as a database of this process.
 *
 * @throws StoreError when the folder is not ours, cannot be written, or is in use.
 */
export async function openPglite(folder: string): Promise<Database> {
  takeFolder(folder)
  const { PGlite } = await import('@electric-sql/pglite').catch((error: unknown) => {
    throw new StoreError(
      'refused',
      'A store in a folder needs the package @electric-sql/pglite: npm install @electric-sql/pglite',
      { cause: error },
    )
  })
  const unlock = await lockFolder(folder).catch((error: unknown) => {
    throw error instanceof StoreError ? error : cannotUse(folder, error)
  })
  try {
    const dataDir = join(folder, 'data')
    // It holds journals and credentials. A folder that was there may be open to others, and PGlite makes its files so.
    const whole = join(folder, WHOLE)
    // What was ended while the database was being made holds nothing, and could not be opened.
    const isNew = !existsSync(whole)
    if (isNew) rmSync(dataDir, { recursive: true, force: true })
    const url = import.meta.resolve('@electric-sql/pglite')
    const settings = { startParams: [...PGlite.defaultStartParams, ...SETTINGS], initDbStartParams: SETTINGS }
    const packed = await packedFiles(url, isNew)
    if (isNew && packed.loadDataDir === undefined) await makeDatabase(folder, dataDir, { url, ...settings })
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    chmodSync(dataDir, 0o700)
    const database = await PGlite.create({ dataDir, ...settings, ...BYTES, ...packed })
    writeFileSync(whole, '', { mode: 0o600 })
    return new Folder(database, folder, unlock)
  } catch (error) {
    await unlock()
    throw cannotUse(folder, error)
  }
}

/** In Node, but not in the types of Node. */
const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<unknown> } }

/**
 * Program and files of PGlite where the package has them compressed, as in the image (`scripts/image-packages.mjs`), and a
 * new database, which takes less memory than to make one.
 */
async function packedFiles(url: string, isNew: boolean): Promise<PGliteOptions> {
  const fileOf = (name: string) => fileURLToPath(new URL(name, url))
  const packed = (name: string) => readFileSync(fileOf(name))
  if (!existsSync(fileOf('pglite.wasm.gz'))) return {}
  return {
    pgliteWasmModule: (await WebAssembly.compile(new Uint8Array(gunzipSync(packed('pglite.wasm.gz'))))) as never,
    fsBundle: new Blob([new Uint8Array(gunzipSync(packed('pglite.data.gz')))]),
    ...(isNew ? { loadDataDir: new Blob([new Uint8Array(brotliDecompressSync(packed('new.tar.br')))]) } : {}),
  }
}

/** Makes the folder, or makes sure that it is ours. */
function takeFolder(folder: string): void {
  try {
    // One folder and none above it: in places such as /proc, Node would try to make all of them for ever.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    refusePlanted(folder)
    const names = readdirSync(folder)
    if (names.length === 0) writeFileSync(join(folder, MARK), MARK_TEXT, { mode: 0o600 })
    else if (!names.includes(MARK) || !readFileSync(join(folder, MARK), 'utf8').startsWith('A store of')) {
      throw new StoreError(
        'usage',
        `The folder ${folder} holds something else than a store of koodrive-mock. Choose an empty or a new folder.`,
      )
    }
    accessSync(folder, constants.W_OK)
  } catch (error) {
    if (error instanceof StoreError) throw error
    const { code } = error as NodeJS.ErrnoException
    if ((code === 'EEXIST' || code === 'ENOTDIR') && isOther(folder)) {
      throw new StoreError('usage', `${folder} is not a folder; a store takes a folder.`)
    }
    throw cannotUse(folder, error)
  }
}

/** Whether something else than a folder is there: a file, a device. */
const isOther = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory()

/** Numbers by which WebAssembly tells what the system said (WASI, `errno`); PGlite throws them without a message. */
const wasiCodes: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  29: 'EIO',
  44: 'ENOENT',
  51: 'ENOSPC',
  69: 'EROFS',
}

function cannotUse(folder: string, error: unknown): StoreError {
  const { errno = 0, message } = error as NodeJS.ErrnoException
  const code = (error as NodeJS.ErrnoException).code ?? wasiCodes[errno] ?? ''
  const why =
    {
      EACCES: 'this user may not write there',
      ENOENT: 'the folder above it does not exist, or takes no folders',
      ENOTDIR: 'something above it is not a folder',
      EROFS: 'the disk is read-only',
      ENOSPC: 'the disk is full',
      EDQUOT: 'the disk is full for this user',
      EIO: 'the disk fails',
    }[code] ?? (message === undefined ? `PGlite fails there (${errno})` : message.split('\n')[0])
  return new StoreError('refused', `The folder ${folder} cannot be used as a store: ${why}.`, { cause: error })
}

class Folder implements Database {
  readonly isExclusive = true
  readonly name: string
  readonly #database: PGlite
  readonly #unlock: () => Promise<void>

  constructor(database: PGlite, name: string, unlock: () => Promise<void>) {
    this.#database = database
    this.name = name
    this.#unlock = unlock
  }

  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    return this.#withStoreErrors(async () => (await this.#database.query<Row>(text, values as unknown[])).rows)
  }

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    /** What the work itself threw passes as it is. */
    let thrown: { readonly error: unknown } | undefined
    try {
      return await this.#database.transaction(async (transaction: Transaction) => {
        try {
          return await work({
            query: (text, values) =>
              this.#withStoreErrors(async () => (await transaction.query<Row>(text, values as unknown[])).rows),
          })
        } catch (error) {
          thrown = { error }
          throw error
        }
      })
    } catch (error) {
      if (thrown !== undefined) throw thrown.error
      throw this.#toStoreError(error)
    }
  }

  async close(): Promise<void> {
    await this.#database.close()
    await this.#unlock()
  }

  async #withStoreErrors<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#toStoreError(error)
    }
  }

  #toStoreError(error: unknown): StoreError {
    const { code = '', message = String(error) } = error as { code?: string; message?: string }
    if (isMissing(code)) return damaged(this.name, message)
    const kind = code === '23505' ? 'conflict' : /^(?!53|58)[0-9A-Z]{5}$/.test(code) ? 'damaged' : 'unavailable'
    return new StoreError(kind, `The store ${this.name}: ${message.split('\n')[0]}.`, { cause: error })
  }
}
