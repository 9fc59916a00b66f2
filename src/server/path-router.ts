import type { Result } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'

/** Paths and methods that are remembered: more than the API has. A program may ask for any method. */
const MOST = 1000

/**
 * The router of Hono that can hold a name beside a parameter (`count`, `{userId}`), which looks for the handlers of a path
 * without parameters once: they are always the same.
 */
export class PathRouter<T> extends TrieRouter<T> {
  readonly #fixed = new Set<string>()
  readonly #found = new Map<string, Result<T>>()

  override add(method: string, path: string, handler: T): void {
    super.add(method, path, handler)
    this.#found.clear()
    if (!/[:*{]/.test(path)) this.#fixed.add(path)
  }

  override match(method: string, path: string): Result<T> {
    if (!this.#fixed.has(path)) return super.match(method, path)
    const key = `${method} ${path}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const found = super.match(method, path)
    if (this.#found.size < MOST) this.#found.set(key, found)
    return found
  }
}
