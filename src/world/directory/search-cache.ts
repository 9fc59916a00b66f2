import { bounds } from '../../shared/bounds.ts'

interface Kept {
  readonly bytes: Uint8Array | Int32Array
  readonly version: number
}

let owners = 0
let size = 0
/** Of all organisations of the process, since memory is the process's: the one that was used longest ago goes first. */
const kept = new Map<string, Kept>()

function drop(key: string): void {
  const known = kept.get(key)
  if (known === undefined) return
  kept.delete(key)
  size -= sizeOf(key, known)
}

const sizeOf = (key: string, { bytes }: Kept): number => 2 * key.length + bytes.byteLength

/** Results of searches of one organisation. It keeps time, never a result: whatever is dropped is found again. */
export class SearchCache {
  readonly #prefix: string

  constructor() {
    owners += 1
    this.#prefix = `${owners} `
  }

  /** What was found when the organisation had this version. */
  get<T extends Uint8Array | Int32Array>(name: string, version = 0): T | undefined {
    const key = this.#prefix + name
    const known = kept.get(key)
    if (known?.version !== version) return undefined
    kept.delete(key)
    kept.set(key, known)
    return known.bytes as T
  }

  set<T extends Uint8Array | Int32Array>(name: string, bytes: T, version = 0): T {
    const key = this.#prefix + name
    drop(key)
    const entry = { bytes, version }
    kept.set(key, entry)
    size += sizeOf(key, entry)
    for (const oldest of kept.keys()) {
      if (size <= bounds.searchBytes.value) break
      drop(oldest)
    }
    return bytes
  }
}

/** Bytes that the searches of all organisations keep now. */
export const searchBytes = (): number => size
