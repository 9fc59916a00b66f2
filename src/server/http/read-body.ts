import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { bounds } from '../../shared/bounds.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'
import { bodyBudget, callBudget } from './body-budget.ts'
import { BodyBytes } from './body-bytes.ts'

/** A request as Node has it, HTTP/1.1 or a stream of HTTP/2, with what the server found out about it. */
export type Incoming = (IncomingMessage | Http2ServerRequest) & {
  /** The target as sent, where `url` had to be written as a URL takes it. */
  rawTarget?: string
  /** Why it cannot be served, whatever it asks for. */
  rejection?: Refusal
  /** Why its body is not read to the end, said with an event `broken`: the bytes of it are not what its headers say, or come too late. */
  brokenBody?: Refusal
  /** Gives up the body that was read of it: its call is over. */
  dropBody?: () => void
}

/** Where the answer goes on a socket: HTTP/1.1, or a stream of HTTP/2. */
export type Outgoing = ServerResponse | Http2ServerResponse

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

/** Whether a body follows the headers; HTTP/2 needs no header to say so. */
export const hasBody = (incoming: Incoming): boolean =>
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
  if (incoming.brokenBody !== undefined) return Promise.reject(incoming.brokenBody)
  if (incoming.rejection !== undefined || !hasBody(incoming)) return Promise.resolve(EMPTY)
  return new Promise((resolve, reject) => {
    const body = new BodyBytes(maxBytes)
    const giveUp = (refusal: Refusal) => {
      incoming.removeAllListeners('data')
      // Reading a million pieces more is what was refused.
      if (body.count >= bounds.bodyPieces.value) incoming.pause()
      else incoming.resume()
      body.drop()
      held.release()
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
    incoming.once('broken', giveUp)
    incoming.on('data', (chunk: Buffer) => {
      if (body.size + chunk.length > maxBytes) return giveUp(tooLarge(maxBytes))
      if (body.count >= bounds.bodyPieces.value) return giveUp(tooManyPieces())
      body.add(chunk)
      held.take(chunk.length)
    })
    const lost = () => {
      body.drop()
      held.release()
      reject(new ClientGoneError('The client hung up before its request was complete.'))
    }
    outgoing.once('close', lost)
    incoming.once('error', lost)
    incoming.once('close', lost)
    incoming.once('end', () => {
      incoming.off('close', lost)
      outgoing.off('close', lost)
      held.complete()
      resolve(body.all())
      // Whoever works on it needs it until then, though the client may be gone.
      incoming.dropBody = () => {
        body.drop()
        held.release()
      }
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
  const body = new BodyBytes(maxBytes)
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    if (body.size + chunk.length > maxBytes) throw tooLarge(maxBytes)
    body.add(chunk)
  }
  return body.all()
}
