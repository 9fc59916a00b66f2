import { closeSync, fstatSync, fsyncSync, ftruncateSync } from 'node:fs'
import { PRIVATE, replaceFile, writeAll } from '../shared/files.ts'
import { type HarExchange, toHarEntry } from '../shared/har.ts'
import { version } from '../spec/version.ts'

/** Where exchanges are written to. */
export interface HarSink {
  /** Makes sure, before a call is made, that it can be written down. */
  readonly reserve?: () => void
  readonly add: (exchange: HarExchange) => void
  /** Why exchanges are missing; undefined when none is. */
  readonly failure?: () => RecordingFailure | undefined
  readonly close: () => void
}

/** The recording lost an exchange, or would lose the next one. The message says which file and why. */
export class RecordingFailure extends Error {
  override name = 'RecordingFailure' as const
  /** That of the file system. */
  readonly code: string

  constructor(file: string, code: string) {
    super(`the archive ${file} cannot be written (${code})`)
    this.code = code
  }
}

const FOOT = '\n]}}\n'
/** Spaces after the archive that a further exchange takes the place of: the disk has room for it before it is made. */
const ROOM = ' '.repeat(1024 * 1024)
const LEAST_ROOM = ROOM.length / 2

/**
 * An HTTP archive in a file, whole after every exchange: whoever ends the process early loses nothing. Room for an exchange
 * is taken before it is made; once the disk is full, `reserve` throws and the calls that could not be recorded are not made.
 *
 * @throws the error of the file system when the file cannot be written.
 */
export function openHarFile(file: string): HarSink {
  const head = `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'koodrive-mock', version })},"entries":[\n`
  // An archive of before stays as it was where the new one cannot begin.
  const descriptor = replaceFile(file, head + FOOT, PRIVATE)
  const isFile = fstatSync(descriptor).isFile()
  // What cannot be written in the middle, such as a pipe, takes no archive.
  if (!isFile) writeAll(descriptor, head + FOOT, 0)
  let end = Buffer.byteLength(head)
  let reserved = end + FOOT.length
  let count = 0
  let failure: RecordingFailure | undefined
  let isClosed = false

  const failed = (error: unknown): RecordingFailure => {
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    failure = new RecordingFailure(file, code)
    return failure
  }
  /** The archive as it was before an exchange that could not be written. */
  const restore = (): void => {
    writeAll(descriptor, FOOT, end)
    reserved = end + FOOT.length
    if (isFile) ftruncateSync(descriptor, reserved)
  }

  return {
    reserve() {
      if (failure !== undefined) throw failure
      if (isClosed) throw new RecordingFailure(file, 'closed')
      if (!isFile || reserved - end >= LEAST_ROOM) return
      try {
        reserved += writeAll(descriptor, ROOM, reserved)
        fsyncSync(descriptor)
      } catch (error) {
        restore()
        throw failed(error)
      }
    },
    add(exchange) {
      if (failure !== undefined) throw failure
      if (isClosed) throw failed(Object.assign(new Error('closed'), { code: 'closed' }))
      const text = `${count === 0 ? '' : ',\n'}${JSON.stringify(toHarEntry(exchange))}`
      try {
        const next = end + writeAll(descriptor, text + FOOT, end) - FOOT.length
        end = next
        reserved = Math.max(reserved, end + FOOT.length)
        count += 1
      } catch (error) {
        restore()
        throw failed(error)
      }
    },
    failure: () => failure,
    close() {
      // From here on the descriptor may be that of another file.
      if (isClosed) return
      isClosed = true
      try {
        if (isFile) ftruncateSync(descriptor, end + FOOT.length)
      } finally {
        closeSync(descriptor)
      }
    },
  }
}
