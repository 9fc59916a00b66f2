import { bounds } from '../../shared/bounds.ts'

const EMPTY = new Uint8Array()
const FIRST_BYTES = 64 * 1024
/** A body up to this size is handed out in memory of its own: the journal may keep it. */
const SMALL_BYTES = bounds.journalBodyBytes.value

/**
 * The bytes of a body, one piece behind the other in one buffer that grows. Kept as they come, the pieces would hold more than
 * their bytes. A large buffer is one that can be resized, because its memory is then given back when it is dropped. That of any
 * other stays until the garbage collector comes by, and leaves holes.
 */
export class BodyBytes {
  #bytes: Uint8Array = EMPTY
  readonly #most: number
  count = 0
  size = 0

  /** `most`: bytes that it may have at most. Only address space is reserved for them. */
  constructor(most: number) {
    this.#most = most
  }

  /** @throws RangeError when that makes more bytes than it may have. */
  add(chunk: Uint8Array): void {
    const before = this.size
    this.size += chunk.length
    this.count += 1
    if (this.count === 1) {
      this.#bytes = chunk // Most bodies are one piece.
      return
    }
    if (this.count === 2) {
      const first = this.#bytes
      this.#bytes = new Uint8Array(new ArrayBuffer(0, { maxByteLength: this.#most }))
      this.#fit()
      this.#bytes.set(first)
    }
    this.#fit()
    this.#bytes.set(chunk, before)
  }

  #fit(): void {
    if (this.size <= this.#bytes.length) return
    const doubled = Math.min(Math.max(2 * this.size, FIRST_BYTES), this.#most)
    ;(this.#bytes.buffer as ArrayBuffer).resize(Math.max(doubled, this.size))
  }

  /** All of them, once. What is larger than the journal keeps holds until `drop`, and is empty from then on. */
  all(): Uint8Array {
    if (this.count < 2) return this.#bytes
    const all = new Uint8Array(this.#bytes.buffer, 0, this.size)
    if (this.size > SMALL_BYTES) return all
    const small = new Uint8Array(all)
    this.drop()
    return small
  }

  /** Gives their memory back. */
  drop(): void {
    const { buffer } = this.#bytes
    this.#bytes = EMPTY
    this.count = 0
    this.size = 0
    if (buffer instanceof ArrayBuffer && buffer.resizable) buffer.resize(0)
  }
}
