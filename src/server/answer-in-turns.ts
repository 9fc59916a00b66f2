import { yieldToOthers } from '../journal/in-turns.ts'
import { bounds } from '../shared/bounds.ts'

/** Characters that are sent at once, when making them did not take its time before. */
const CHUNK = 64 * 1024

const encoder = new TextEncoder()

/**
 * Long JSON as an answer that is made while it is sent: others are served in between, and it is never there as a whole.
 * `elapsed` is a clock in milliseconds.
 */
export function answerInTurns(pieces: Iterable<string>, elapsed: () => number): Response {
  const rest = pieces[Symbol.iterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await yieldToOthers()
      const pause = elapsed() + bounds.journalSliceMs.value
      let text = ''
      do {
        const { done, value } = rest.next()
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          return controller.close()
        }
        text += value
      } while (text.length < CHUNK && elapsed() <= pause)
      controller.enqueue(encoder.encode(text))
    },
    cancel: () => void rest.return?.(),
  })
  return new Response(body, { headers: { 'Content-Type': 'application/json' } })
}
