import { bounds } from '../../shared/bounds.ts'

const EMPTY = new Uint8Array()
const FIRST_BYTES = 64 * 1024
/** A body up to this size is handed out in memory of its own: the journal may keep it. */
const SMALL_BYTES = bounds.journalBodyBytes.value
/** So many pieces of a small body stay as they came: to reserve a buffer takes longer than to read them. */
const FEW_PIECES = 16

/**
 * The bytes of a body. All pieces but a few small ones lie behind each other in one buffer that grows: as they come, they would
 * hold more than their bytes. The buffer is one that can be resized, because its memory is then given back when it is dropped.
 * That of any other stays until the garbage collector comes by, and leaves holes.
 */
export class BodyBytes {
  #pieces: Uint8Array[] = []
  #buffer: ArrayBuffer | undefined
  /** Bytes of the buffer that are in use. */
  #filled = 0
  readonly #most: number
  count = 0
  size = 0

  /** `most`: bytes that it has at most, as whoever adds sees to. Only address space is reserved for them. */
  constructor(most: number) {
    this.#most = most
  }

  add(chunk: Uint8Array): void {
    this.#pieces.push(chunk)
    this.count += 1
    this.size += chunk.length
    const isFew = this.size <= SMALL_BYTES && this.#pieces.length <= FEW_PIECES
    if (this.count > 1 && !isFew) this.#fill()
  }

  /** Moves the pieces into the buffer. */
  #fill(): void {
    const buffer = this.#buffer ?? new ArrayBuffer(0, { maxByteLength: this.#most })
    this.#buffer = buffer
    if (this.size > buffer.byteLength) {
      const doubled = Math.min(Math.max(2 * this.size, FIRST_BYTES), this.#most)
      buffer.resize(Math.max(doubled, this.size))
    }
    this.#copyPieces(new Uint8Array(buffer), this.#filled)
    this.#filled = this.size
    this.#pieces = []
  }

  #copyPieces(to: Uint8Array, from: number): void {
    let at = from
    for (const piece of this.#pieces) {
      to.set(piece, at)
      at += piece.length
    }
  }

  /** All of them, once. What is larger than the journal keeps holds until `drop`, and is empty from then on. */
  all(): Uint8Array {
    if (this.count < 2) return this.#pieces[0] ?? EMPTY
    if (this.size > SMALL_BYTES) return new Uint8Array(this.#buffer as ArrayBuffer, 0, this.size)
    const small = new Uint8Array(this.size)
    if (this.#buffer !== undefined) small.set(new Uint8Array(this.#buffer, 0, this.#filled))
    this.#copyPieces(small, this.#filled)
    this.drop()
    return small
  }

  /** Gives their memory back. */
  drop(): void {
    this.#pieces = []
    this.#buffer?.resize(0)
    this.#buffer = undefined
    this.#filled = 0
    this.count = 0
    this.size = 0
  }
}
