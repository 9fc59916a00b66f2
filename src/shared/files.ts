import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/** A mode that lets nobody but the owner read. */
export const PRIVATE = 0o600

/** Write permission of everybody. */
const ALL_WRITE = 0o002
const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW = 0 } = constants

/**
 * Refuses what another user has put where all may write, such as `/tmp`: a link would lead our bytes to a file of ours that
 * was never meant, a file or a folder would give them to its owner. Linux can refuse it too (`fs.protected_symlinks`), but
 * does not in every container.
 *
 * @throws an error with the code EPERM.
 */
export function refusePlanted(file: string): void {
  const user = process.getuid?.()
  const found = user === undefined ? undefined : lstatSync(file, { throwIfNoEntry: false })
  if (found === undefined || found.uid === user) return
  const folder = statSync(dirname(resolve(file)))
  // Whoever owns the folder may put anything there, and is known to have done so.
  if ((folder.mode & ALL_WRITE) === 0 || found.uid === folder.uid) return
  throw Object.assign(new Error(`${file} was put there by another user`), { code: 'EPERM' })
}

/**
 * Opens a file to write behind what is there, and lets only its owner read it, also when it was there with another mode.
 *
 * @throws the error of the file system; EPERM when the file belongs to somebody else, or was put there by another user.
 */
export function appendPrivate(file: string): number {
  refusePlanted(file)
  // Read as well: what was written before tells where to go on.
  const descriptor = openUnlinked(file, O_RDWR | O_CREAT | O_APPEND)
  try {
    const stat = fstatSync(descriptor)
    if (stat.isFile() && (stat.mode & 0o077) !== 0) fchmodSync(descriptor, PRIVATE)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** A link that comes after the look is not followed; one that was there, and is not refused, is. */
function openUnlinked(file: string, how: number): number {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  return openSync(file, isLink ? how : how | O_NOFOLLOW, PRIVATE)
}

/**
 * Writes all of it, where `writeSync` may end early on a disk that is nearly full.
 *
 * @param position Where to write; at the end of a file opened with `a` when absent.
 * @throws the error of the file system; some of it may be written then.
 */
export function writeAll(descriptor: number, text: string, position?: number): number {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) {
    const written = writeSync(
      descriptor,
      bytes,
      done,
      bytes.length - done,
      position === undefined ? null : position + done,
    )
    if (written === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    done += written
  }
  return bytes.length
}

/**
 * Writes a line to the end of a file and to the disk, whole or not at all.
 *
 * @throws the error of the file system.
 */
export function appendLine(descriptor: number, line: string): void {
  const { size } = fstatSync(descriptor)
  // Whoever was ended in the middle of a line before must not spoil this one.
  const start = size === 0 || lastByte(descriptor, size) === '\n' ? '' : '\n'
  try {
    writeAll(descriptor, `${start}${line}\n`)
    fsyncSync(descriptor)
  } catch (error) {
    ftruncateSync(descriptor, size)
    throw error
  }
}

/**
 * Adds to the end of a file, or of a new one, whole or not at all.
 *
 * @throws the error of the file system.
 */
export function appendWhole(file: string, text: string): void {
  const descriptor = openSync(file, 'a')
  try {
    const stat = fstatSync(descriptor)
    try {
      writeAll(descriptor, text)
    } catch (error) {
      if (stat.isFile()) ftruncateSync(descriptor, stat.size)
      throw error
    }
  } finally {
    closeSync(descriptor)
  }
}

function lastByte(descriptor: number, size: number): string {
  const byte = Buffer.alloc(1)
  readSync(descriptor, byte, 0, 1, size - 1)
  return byte.toString('latin1')
}

/**
 * Writes a file so that whoever reads it finds the old one or the new one, never half of it.
 *
 * @param mode Of a file that was not there; `PRIVATE` of one that was as well.
 * @throws the error of the file system, EPERM when another user has put the file there; the old file is as it was then.
 */
export function writeWhole(file: string, text: string, mode = 0o666): void {
  closeSync(replaceFile(file, text, mode))
}

/**
 * Replaces a file by one that begins with a string, once that string is on the disk.
 *
 * @param mode Of a file that was not there; `PRIVATE` of one that was as well.
 * @returns the new file, open for writing.
 * @throws the error of the file system, EPERM when another user has put the file there; the old file is as it was then.
 */
export function replaceFile(file: string, text: string, mode: number): number {
  refusePlanted(file)
  const known = statSync(file, { throwIfNoEntry: false })
  // A device or a pipe is written to, not replaced.
  if (known !== undefined && !known.isFile()) return overwrite(file, text, mode)
  const target = known === undefined ? file : realpathSync(file)
  const draft = `${target}.${process.pid}.tmp`
  let descriptor: number | undefined
  try {
    rmSync(draft, { force: true })
    descriptor = openSync(draft, 'wx+', mode === PRIVATE ? PRIVATE : (known?.mode ?? mode))
    writeAll(descriptor, text, 0)
    fsyncSync(descriptor)
    renameSync(draft, target)
    return descriptor
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor)
    rmSync(draft, { force: true })
    // A folder that takes no new file, or a file that is mounted by itself: then the file as it lies.
    const { code } = error as NodeJS.ErrnoException
    if (known === undefined || !['EACCES', 'EPERM', 'EBUSY', 'EXDEV', 'EROFS'].includes(code ?? '')) throw error
    return overwrite(file, text, mode)
  }
}

/** Writes over what a file holds. Room that the string needs beyond the old length is taken before anything is lost. */
function overwrite(file: string, text: string, mode: number): number {
  const descriptor = openExisting(file, mode)
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) {
      writeAll(descriptor, text)
      return descriptor
    }
    const length = Buffer.byteLength(text)
    try {
      if (length > stat.size) writeAll(descriptor, ' '.repeat(length - stat.size), stat.size)
      fsyncSync(descriptor)
    } catch (error) {
      ftruncateSync(descriptor, stat.size)
      throw error
    }
    writeAll(descriptor, text, 0)
    ftruncateSync(descriptor, length)
    fsyncSync(descriptor)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Standard output and the like can be written, but not always read. */
function openExisting(file: string, mode: number): number {
  const isFile = statSync(file).isFile()
  if (!isFile) return openSync(file, 'w')
  const descriptor = openUnlinked(file, O_RDWR)
  if (mode === PRIVATE && (fstatSync(descriptor).mode & 0o077) !== 0) fchmodSync(descriptor, PRIVATE)
  return descriptor
}
