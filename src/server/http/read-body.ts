import { bounds } from '../../shared/bounds.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'
import { bodyBudget } from './body-budget.ts'
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

const noRoom = () =>
  new Refusal('serviceUnavailable', {
    rule: 'bodies-in-flight',
    detail: `All bodies that are being read take at most ${bounds.bodiesInFlight.value} bytes together, and this is the largest. Send it again when others are done.`,
    evidence: 'inferred',
  })

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
    let chunks: Buffer[] = []
    let size = 0
    const giveUp = (refusal: Refusal) => {
      chunks = []
      incoming.removeAllListeners('data')
      incoming.resume()
      reject(refusal)
    }
    const held = bodyBudget.begin(() => giveUp(noRoom()))
    outgoing.once('close', held.release)
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) {
        held.release()
        return giveUp(tooLarge(maxBytes))
      }
      chunks.push(chunk)
      held.take(chunk.length)
    })
    const lost = () => {
      chunks = []
      held.release()
      reject(new ClientGoneError('The client hung up before its request was complete.'))
    }
    incoming.once('error', lost)
    incoming.once('close', lost)
    incoming.once('end', () => {
      incoming.off('close', lost)
      held.complete()
      resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks, size))
      chunks = []
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
