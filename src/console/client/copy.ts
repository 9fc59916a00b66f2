import { call, PREFIX } from './api.ts'
import { announce, text } from './page.ts'

/** Puts a text into the clipboard, and says whether that worked. */
export async function copyText(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value)
    announce(text('textCopied'))
  } catch {
    announce(text('textNotCopied'))
  }
}

/**
 * Copies a request as a curl line, signed now by the clock of its sandbox. `change` is a text and what stands in its place
 * once the request is signed, as JSON.
 *
 * @throws CallError when the mock refuses to sign.
 */
export async function copySigned(order: string, change: string | undefined): Promise<void> {
  const { curl } = (await (await call('POST', `${PREFIX}/signature/sign`, JSON.parse(order))).json()) as {
    curl: string
  }
  const [from, to] = change === undefined ? ['', ''] : (JSON.parse(change) as [string, string])
  await copyText(curl.replace(from, to))
}
