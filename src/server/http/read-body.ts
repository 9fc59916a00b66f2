import { bounds } from '../../shared/bounds.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'
import { bodyBudget, callBudget } from './body-budget.ts'
import type { Incoming, Outgoing } from './incoming.ts'

const EMPTY = new Uint8Array()

/** The client hung up before it had its answer; nobody is left to read one. */
export class ClientGoneError extends Error {
  override name = 'ClientGoneError' as const
}

const tooLarge = (maxBytes: number) =>
  new Refusal('bodyTooLarge', {
    rule: 'body-size',
    detail:
      maxBytes === limits.bodyMaxBytes
        ? `The body is larger than ${maxBytes} bytes. Split the batch: 1,000 users are far smaller.`
        : `The body is larger than ${maxBytes} bytes.`,
  })

const noRoom = (bytes: number) =>
  new Refusal('serviceUnavailable', {
    rule: 'bodies-in-flight',
    detail: `All bodies that are being read take at most ${bytes} bytes together, and this is the largest. Send it again when others are done.`,
    evidence: 'inferred',
  })

const tooManyPieces = () =>
  new Refusal('bodyTooLarge', {
    rule: 'body-pieces',
    detail: `The body comes in more than ${bounds.bodyPieces.value} pieces. Send larger ones.`,
  })

/** Pieces below this are copied together: each would hold a hundred bytes besides its own. */
const SMALL = 1024
const BLOCK = 16 * 1024

/** Pieces of a body in their order, the small ones in blocks. */
class Pieces {
  #chunks: Buffer[] = []
  #block = Buffer.alloc(0)
  #used = 0
  count = 0
  size = 0

  add(chunk: Buffer): void {
    this.count += 1
    this.size += chunk.length
    if (chunk.length >= SMALL || this.count === 1) {
      this.#finishBlock()
      this.#chunks.push(chunk)
      return
    }
    if (this.#used + chunk.length > this.#block.length) {
      this.#finishBlock()
      this.#block = Buffer.allocUnsafe(BLOCK)
    }
    this.#used += chunk.copy(this.#block, this.#used)
  }

  #finishBlock(): void {
    if (this.#used > 0) this.#chunks.push(this.#block.subarray(0, this.#used))
    this.#block = this.#block.subarray(this.#used)
    this.#used = 0
  }

  all(): Uint8Array {
    this.#finishBlock()
    return this.#chunks.length === 1 ? (this.#chunks[0] ?? EMPTY) : Buffer.concat(this.#chunks, this.size)
  }

  drop(): void {
    this.#chunks = []
    this.#block = Buffer.alloc(0)
    this.#used = 0
  }
}

/** Whether a body follows the headers; HTTP/2 needs no header to say so. */
const hasBody = (incoming: Incoming): boolean =>
  'stream' in incoming
    ? !incoming.stream.endAfterHeaders
    : Number(incoming.headers['content-length'] ?? 0) > 0 || incoming.headers['transfer-encoding'] !== undefined

/**
 * The body of a request on a socket, counted while it comes: what it says of its length is not believed, and may be missing.
 *
 * @throws Refusal `bodyTooLarge`; `serviceUnavailable` when its room is needed for others. ClientGoneError.
 */
export function readIncoming(incoming: Incoming, outgoing: Outgoing, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(incoming.headers['content-length'] ?? 0)
  if (announced > maxBytes) return Promise.reject(tooLarge(maxBytes))
  if (incoming.rejection !== undefined || !hasBody(incoming)) return Promise.resolve(EMPTY)
  return new Promise((resolve, reject) => {
    const pieces = new Pieces()
    const giveUp = (refusal: Refusal) => {
      held.release()
      pieces.drop()
      incoming.removeAllListeners('data')
      // Reading a million pieces more is what was refused.
      if (pieces.count > bounds.bodyPieces.value) incoming.pause()
      else incoming.resume()
      reject(refusal)
    }
    const budgets = maxBytes > limits.bodyMaxBytes ? [bodyBudget] : [callBudget, bodyBudget]
    const all = budgets.map((budget) => budget.begin(() => giveUp(noRoom(budget.maxBytes))))
    const held = {
      take(bytes: number): void {
        for (const one of all) one.take(bytes)
      },
      complete(): void {
        for (const one of all) one.complete()
      },
      release(): void {
        for (const one of all) one.release()
      },
    }
    outgoing.once('close', held.release)
    incoming.on('data', (chunk: Buffer) => {
      pieces.add(chunk)
      const isTooLarge = pieces.size > maxBytes
      if (isTooLarge || pieces.count > bounds.bodyPieces.value) {
        return giveUp(isTooLarge ? tooLarge(maxBytes) : tooManyPieces())
      }
      held.take(chunk.length)
    })
    const lost = () => {
      pieces.drop()
      held.release()
      reject(new ClientGoneError('The client hung up before its request was complete.'))
    }
    incoming.once('error', lost)
    incoming.once('close', lost)
    incoming.once('end', () => {
      incoming.off('close', lost)
      held.complete()
      resolve(pieces.all())
      pieces.drop()
    })
  })
}

/**
 * The body of a call in process.
 *
 * @throws Refusal `bodyTooLarge`.
 */
export async function readFetch(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.body === null) return EMPTY
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
