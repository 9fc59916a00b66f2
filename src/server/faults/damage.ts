import type { Wire } from '../http/wire.ts'
import type { SystemTime } from '../system-time.ts'
import type { BodyFault } from './fault-plan.ts'

/** What is sent of an answer, and how it ends. */
export interface DamagedAnswer {
  /** The bytes that go out. */
  readonly sent: Uint8Array
  /** Content-Length, which may promise more. */
  readonly promised: number
  readonly end: 'whole' | 'close' | 'reset'
  readonly drip: { readonly chunkBytes: number; readonly everyMs: number } | undefined
}

const DEFAULT_FRACTION = 0.5
const DEFAULT_CHUNK_BYTES = 16
const DEFAULT_EVERY_MS = 50
/** The end of a connection overtakes bytes that are still on their way; so long it waits for them. */
const BREAK_AFTER_MS = 20
/** How much of a JSON text is left when it is malformed: enough to look like one, not enough to be one. */
const MALFORMED_PART = 0.7

/** Lets faults loose on the bytes of an answer, in their order. */
export function damage(body: string, faults: readonly BodyFault[]): DamagedAnswer {
  const whole = new TextEncoder().encode(body)
  let damaged: DamagedAnswer = { sent: whole, promised: whole.length, end: 'whole', drip: undefined }
  for (const fault of faults) damaged = withFault(damaged, fault)
  return damaged
}

function withFault(damaged: DamagedAnswer, fault: BodyFault): DamagedAnswer {
  const { sent, promised } = damaged
  switch (fault.kind) {
    case 'malformed': {
      const cut = sent.subarray(0, Math.floor(sent.length * MALFORMED_PART))
      return { ...damaged, sent: cut, promised: damaged.end === 'whole' ? cut.length : promised }
    }
    case 'truncate': {
      const kept = Math.min(Math.floor(promised * (fault.fraction ?? DEFAULT_FRACTION)), Math.max(0, promised - 1))
      return { ...damaged, sent: sent.subarray(0, kept), end: 'close' }
    }
    case 'reset': {
      const kept = Math.min(fault.afterBytes ?? 0, Math.max(0, promised - 1))
      return { ...damaged, sent: sent.subarray(0, kept), end: 'reset' }
    }
    case 'drip': {
      const { chunkBytes = DEFAULT_CHUNK_BYTES, everyMs = DEFAULT_EVERY_MS } = fault
      return { ...damaged, drip: { chunkBytes, everyMs } }
    }
  }
}

/** The bytes of a damaged answer as a body that ends as it should: whole, or together with the connection. */
export function toBody(
  time: SystemTime,
  wire: Wire,
  { sent, end, drip }: DamagedAnswer,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (drip === undefined && end === 'whole') return Buffer.from(sent)
  const breakOff = end === 'whole' ? undefined : () => wire.breakOff(end)
  return pieces(time, sent, drip ?? { chunkBytes: Math.max(1, sent.length), everyMs: BREAK_AFTER_MS }, breakOff)
}

/** Bytes piece by piece, as the reader asks for them; the timer goes when the reader does. */
function pieces(
  time: SystemTime,
  bytes: Uint8Array,
  { chunkBytes, everyMs }: NonNullable<DamagedAnswer['drip']>,
  breakOff: (() => Error | undefined) | undefined,
): ReadableStream<Uint8Array> {
  let at = 0
  let stopTimer = () => {}
  return new ReadableStream(
    {
      pull: (controller) =>
        new Promise((resolve) => {
          stopTimer = time.after(at === 0 ? 0 : everyMs, () => {
            if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + chunkBytes))
            else finish(controller, breakOff)
            at += chunkBytes
            if (breakOff === undefined && at >= bytes.length) finish(controller, breakOff)
            resolve()
          })
        }),
      cancel: () => stopTimer(),
    },
    { highWaterMark: 0 },
  )
}

function finish(controller: ReadableStreamDefaultController, breakOff: (() => Error | undefined) | undefined): void {
  const error = breakOff?.()
  if (error === undefined) controller.close()
  else controller.error(error)
}

/**
 * Holds a request back for some real milliseconds. False when the client hung up meanwhile; the timer is gone then,
 * and so is the listener in either case.
 */
export function waitWith(time: SystemTime, wire: Wire, ms: number): Promise<boolean> {
  if (ms <= 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const stopListening = wire.whenGone(() => {
      stopTimer()
      resolve(false)
    })
    const stopTimer = time.after(ms, () => {
      stopListening()
      resolve(true)
    })
  })
}
