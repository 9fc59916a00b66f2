import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/** Permissions of anybody but the owner. */
const OTHERS = 0o077
/** Write permission of anybody but the owner. */
const OTHERS_WRITE = 0o022
/** In such a folder only the owner of an entry may rename or remove it. */
const STICKY = 0o1000
const ROOT = 0

/**
 * A folder for what is compiled, which nobody but this user can write to or replace; undefined where there can be none.
 * What lies in it is run as code, so the folder for temporary files, which all users share, will not do.
 */
export function ownCacheFolder(environment: NodeJS.ProcessEnv, platform = process.platform): string | undefined {
  try {
    const parent = userCacheFolder(environment, platform)
    if (parent === undefined) return undefined
    const folder = join(parent, 'koodrive-mock', 'compiled')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return platform === 'win32' || isOnlyOurs(folder) ? realpathSync(folder) : undefined
  } catch {
    return undefined
  }
}

function userCacheFolder({ XDG_CACHE_HOME = '', LOCALAPPDATA }: NodeJS.ProcessEnv, platform: string) {
  if (platform === 'win32') return LOCALAPPDATA || undefined
  if (isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME
  const home = homedir()
  return isAbsolute(home) ? join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'])) : undefined
}

/** Whether the folder is this user's alone, and nobody else could put another one in its place. */
function isOnlyOurs(folder: string): boolean {
  const user = process.getuid?.()
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== user || (found.mode & OTHERS) !== 0) return false
  for (let at = dirname(realpathSync(folder)); ; at = dirname(at)) {
    const above = lstatSync(at)
    const canBeReplaced = (above.mode & OTHERS_WRITE) !== 0 && (above.mode & STICKY) === 0
    if (canBeReplaced || (above.uid !== user && above.uid !== ROOT)) return false
    if (at === dirname(at)) return true
  }
}
