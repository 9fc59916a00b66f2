import { call } from './api.ts'
import { fieldsOf } from './form.ts'
import { announce } from './page.ts'
import { showBeside } from './router.ts'

/** What the control plane says of what was sent again. */
interface SentAgain {
  readonly requestId: string
}

/**
 * Sends a request of the journal again and opens what became of it.
 *
 * @throws CallError when the mock refuses to.
 */
export async function replay(url: string, changes: unknown, done: string): Promise<void> {
  const sent = (await (await call('POST', url, changes)).json()) as SentAgain | null
  announce(done)
  if (sent !== null) showBeside(sent.requestId)
}

/** The fields of the form that the reader changed; whatever is as it was, is sent as it was. */
export function changesOf(form: HTMLFormElement): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const field of fieldsOf(form)) {
    const isHidden = field instanceof HTMLInputElement && field.type === 'hidden'
    if (field.name === '' || (!isHidden && !isChanged(field))) continue
    changes[field.name] = field.name === 'headers' ? headersOf(field.value) : field.value
  }
  return changes
}

function isChanged(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): boolean {
  if (field instanceof HTMLSelectElement) return !(field.selectedOptions[0]?.defaultSelected ?? false)
  return field.value !== field.defaultValue
}

const headersOf = (text: string): [string, string][] =>
  text.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]]
  })

/**
 * A request as a program, signed anew.
 *
 * @throws CallError when it cannot be signed.
 */
export async function sampleOf(url: string, language: string): Promise<string> {
  const { samples } = (await (await call('GET', url)).json()) as { samples: Readonly<Record<string, string>> }
  return samples[language] ?? ''
}
