import type { Reply } from './client.ts'
import type { Target } from './targets.ts'

/** Calls the control plane of a target. */
export async function control(
  { baseUrl, fetch }: Pick<Target, 'baseUrl' | 'fetch'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(
    new Request(`${baseUrl}/__admin${path}`, {
      method,
      ...(body !== undefined && { body: text, headers: { 'Content-Type': 'application/json' } }),
    }),
  )
  const answer = await response.text()
  let json: unknown
  try {
    json = JSON.parse(answer)
  } catch {
    json = undefined
  }
  return { status: response.status, headers: response.headers, text: answer, json }
}

/** Path of a sandbox's part of the control plane. */
export const ofDefault = (path: string): string => `/sandboxes/default${path}`
