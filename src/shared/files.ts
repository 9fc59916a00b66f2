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
  writeFileSync,
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
 * Opens a file that only its owner may read, also one that was there with another mode.
 *
 * @param flags `w` for a new file, `a` to write behind what is there.
 * @throws the error of the file system; EPERM when the file belongs to somebody else, or was put there by another user.
 */
export function openPrivate(file: string, flags: 'w' | 'a'): number {
  refusePlanted(file)
  // Read as well: what was written before tells where to go on. Emptied when it is known to be ours.
  const how = O_RDWR | O_CREAT | (flags === 'a' ? O_APPEND : 0)
  const descriptor = openUnlinked(file, how)
  try {
    const stat = fstatSync(descriptor)
    if (stat.isFile() && (stat.mode & 0o077) !== 0) fchmodSync(descriptor, PRIVATE)
    if (stat.isFile() && flags === 'w') ftruncateSync(descriptor)
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
  refusePlanted(file)
  const known = statSync(file, { throwIfNoEntry: false })
  // A device or a pipe is written to, not replaced.
  if (known !== undefined && !known.isFile()) return void writeFileSync(file, text)
  const target = known === undefined ? file : realpathSync(file)
  const draft = `${target}.${process.pid}.tmp`
  try {
    rmSync(draft, { force: true })
    const descriptor = openSync(draft, 'wx', mode === PRIVATE ? PRIVATE : (known?.mode ?? mode))
    try {
      writeAll(descriptor, text, 0)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    // A folder that takes no new file, or a file that is mounted by itself: then the file as it lies.
    const { code } = error as NodeJS.ErrnoException
    if (known === undefined || !['EACCES', 'EPERM', 'EBUSY', 'EXDEV'].includes(code ?? '')) throw error
    writeFileSync(file, text)
  }
}
