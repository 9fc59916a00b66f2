import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from '../app-env.ts'

/** Answers with JSON text, and keeps the text for the journal: reading it off a Response costs more than writing it. */
export function answerJson(
  c: AppContext,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): Response {
  c.set('sent', text)
  return c.body(text, status as ContentfulStatusCode, { 'Content-Type': 'application/json;charset=UTF-8', ...headers })
}
