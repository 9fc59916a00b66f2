import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from '../app-env.ts'

/**
 * Answers with JSON text, and keeps the text for the journal: reading it off a Response costs more than writing it.
 * `bytes` is the text as UTF-8, where somebody has it.
 */
export function answerJson(
  c: AppContext,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
  bytes?: Uint8Array<ArrayBuffer>,
): Response {
  c.get('call').sent = text
  const all = { 'Content-Type': 'application/json;charset=UTF-8', ...headers }
  return c.body(bytes ?? text, status as ContentfulStatusCode, all)
}
