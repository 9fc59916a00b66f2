import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

/** Others must not write what we run. */
const OTHERS_WRITE = 0o022

/**
 * Keeps what V8 compiles of the command line for the next start, for a Node that has no cache of its own. The names of the
 * files carry a hash of what is in them; V8 looks for itself whether data is of its version and its flags.
 */
export function keepCompiled(parent: string): void {
  const folder = ownFolder(parent)
  if (folder === undefined) return
  const { extensions } = createRequire(import.meta.url)
  const ours = dirname(fileURLToPath(import.meta.url))
  const others = extensions['.js']
  const unsaved: [file: string, script: Script][] = []
  extensions['.js'] = (module, file) => {
    if (dirname(file) !== ours) return others(module, file)
    const kept = join(folder, basename(file))
    const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
    const script = new Script(source, { filename: file, cachedData: readIfThere(kept) })
    if (script.cachedDataRejected !== false) unsaved.push([kept, script])
    script.runInThisContext()(module.exports, createRequire(file), module, file, ours)
  }
  process.once('exit', () => {
    for (const [file, script] of unsaved) save(file, script.createCachedData())
  })
}

/** A folder for this user and this V8 that nobody else writes to; undefined when there can be none. */
function ownFolder(parent: string): string | undefined {
  const user = process.getuid?.()
  const folder = join(parent, `koodrive-mock-${user ?? 'user'}-${process.arch}-${process.versions.v8}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    const isOwn = user === undefined || (found.uid === user && (found.mode & OTHERS_WRITE) === 0)
    return found.isDirectory() && isOwn ? folder : undefined
  } catch {
    return undefined
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Whoever starts at the same time never reads half of it. A full disk costs the next start some milliseconds. */
function save(file: string, data: Buffer): void {
  const unfinished = `${file}.${process.pid}`
  try {
    writeFileSync(unfinished, data, { mode: 0o600 })
    renameSync(unfinished, file)
  } catch {
    // The next start compiles for itself.
  }
}
