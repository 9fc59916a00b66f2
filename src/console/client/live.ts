import { authorization, PREFIX } from './api.ts'

/** Something that happened in the mock, once or several times. */
interface LiveEvent {
  readonly type: string
  /** Sandbox it happened in; undefined when it concerns all. */
  readonly sandbox: string | undefined
}

export type Connection = 'connected' | 'broken'

const RETRY_MS = 2000

/**
 * Listens for ever to what happens in the mock, which tells it at most twice a second. EventSource cannot send the control
 * token, so the stream is read from a fetch call.
 */
export async function listen(on: (event: LiveEvent) => void, state: (now: Connection) => void): Promise<never> {
  for (;;) {
    try {
      const response = await fetch(`${PREFIX}/console/events`, { headers: authorization(), cache: 'no-store' })
      if (response.ok && response.body !== null) {
        state('connected')
        await readEvents(response.body, on)
      }
    } catch {
      // The mock stopped or the network broke: the loop tries again.
    }
    state('broken')
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, on: (event: LiveEvent) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let pending = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (pending + decoder.decode(value, { stream: true })).split('\n\n')
    pending = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = toEvent(block)
      if (event !== undefined) on(event)
    }
  }
}

function toEvent(block: string): LiveEvent | undefined {
  const type = /^event: ?(.*)$/m.exec(block)?.[1]
  const data = /^data: ?(.*)$/m.exec(block)?.[1]
  if (type === undefined || data === undefined) return undefined
  const { sandbox } = JSON.parse(data) as { sandbox?: string }
  return { type, sandbox }
}
