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

const FIRST = 64 * 1024

/**
 * Pieces of a body, one behind the other in one buffer that doubles when it is full. Kept as they come they would hold more
 * than their bytes, and leave holes in the memory of the process.
 */
class Pieces {
  #bytes: Uint8Array = EMPTY
  readonly #expected: number
  count = 0
  size = 0

  /** `expected`: bytes that it is said to have, or may have at most. */
  constructor(expected: number) {
    this.#expected = expected
  }

  add(chunk: Buffer): void {
    const size = this.size + chunk.length
    if (this.count === 0) {
      this.#bytes = chunk // Most bodies are one piece.
    } else {
      if (size > this.#bytes.length || this.count === 1) {
        this.#grow(Math.max(Math.min(Math.max(2 * this.size, FIRST), this.#expected), size))
      }
      this.#bytes.set(chunk, this.size)
    }
    this.count += 1
    this.size = size
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafeSlow(length)
    grown.set(this.all())
    this.#bytes = grown
  }

  all(): Uint8Array {
    return this.#bytes.subarray(0, this.size)
  }

  drop(): void {
    this.#bytes = EMPTY
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
    const pieces = new Pieces(announced || maxBytes)
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
