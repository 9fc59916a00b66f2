import type { Target } from './targets.ts'

/** An event as it came over the stream. */
interface SeenEvent {
  readonly type: string
  readonly data: any
}

export interface EventReader {
  /** The next event that fits; those before it are passed over. */
  readonly next: (wanted: (event: SeenEvent) => boolean) => Promise<SeenEvent>
  /** Reads until the server ends the stream. */
  readonly end: () => Promise<void>
  readonly hangUp: () => Promise<void>
}

/** Opens the event stream of a mock and waits until it listens. */
export async function readEvents(
  { baseUrl, fetch }: Pick<Target, 'baseUrl' | 'fetch'>,
  query = '',
): Promise<EventReader> {
  const response = await fetch(new Request(`${baseUrl}/__admin/events${query}`))
  if (response.body === null || response.status !== 200) throw new Error(`no stream: ${response.status}`)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read()
    text += decoder.decode(value, { stream: true })
    return !done
  }
  while (!text.includes('\n\n')) await more()
  text = text.slice(text.indexOf('\n\n') + 2)
  return {
    async next(wanted) {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end < 0) {
          if (!(await more())) throw new Error('the stream ended')
          continue
        }
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const [, type = ''] = /^event: (.*)$/m.exec(block) ?? []
        const [, data] = /^data: (.*)$/m.exec(block) ?? []
        if (data === undefined) continue
        const event = { type, data: JSON.parse(data) }
        if (wanted(event)) return event
      }
    },
    async end() {
      while (await more());
    },
    hangUp: () => reader.cancel(),
  }
}
