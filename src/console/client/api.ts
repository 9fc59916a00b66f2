/** Key of the control token in sessionStorage: it lives as long as the tab and never gets into an address. */
const TOKEN_KEY = 'koodrive-mock control token'

export const PREFIX = '/__admin'

/** A call that the control plane refused, with its own words. */
export class CallError extends Error {
  override name = 'CallError' as const
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const storedToken = (): string | null => sessionStorage.getItem(TOKEN_KEY)
export const storeToken = (token: string): void => sessionStorage.setItem(TOKEN_KEY, token)
export const forgetToken = (): void => sessionStorage.removeItem(TOKEN_KEY)

/** Headers that let a call through the guard. */
export function authorization(): Record<string, string> {
  const token = storedToken()
  return token === null ? {} : { Authorization: `Bearer ${token}` }
}

/**
 * Calls the control plane.
 *
 * @throws CallError with the detail of the refusal.
 */
export async function call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      ...authorization(),
      // A refusal comes in the language of the page, whatever the browser prefers.
      'Accept-Language': document.documentElement.lang,
      ...(method !== 'GET' && { 'X-Mock-Page': document.body.dataset['pageProof'] ?? '' }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    cache: 'no-store',
  })
  if (response.ok) return response
  throw new CallError(response.status, await detailOf(response))
}

async function detailOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const { detail } = JSON.parse(text) as { detail?: string }
    return detail ?? `HTTP ${response.status}`
  } catch {
    return `HTTP ${response.status}`
  }
}
