import { bounds } from '../shared/bounds.ts'

/** Where tools go: a control plane in this process, or one behind an address. */
export interface ControlCall {
  /** Base URL of the mock, without a slash at its end. */
  readonly baseUrl: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Calls a route below the prefix of the control plane and gives the text of its answer. */
  readonly text: (method: string, path: string, body?: unknown) => Promise<string>
  /** The same, as JSON. */
  readonly json: (method: string, path: string, body?: unknown) => Promise<unknown>
}

/** A refusal of the control plane, in its own words. */
class ControlError extends Error {
  override name = 'ControlError' as const
}

export interface ControlAddress {
  readonly baseUrl: string
  /** Path of the control plane. */
  readonly prefix: string
  readonly fetch: (request: Request) => Promise<Response>
  readonly token?: string | undefined
}

/**
 * Opens the way to a control plane.
 *
 * Its calls throw ControlError with the detail of a refusal, or with the reason when nothing answers.
 */
export function createControlCall({ baseUrl, prefix, fetch, token }: ControlAddress): ControlCall {
  const text: ControlCall['text'] = async (method, path, body) => {
    const request = new Request(`${baseUrl}${prefix}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(bounds.controlCallMs.value),
    })
    const response = await fetch(request).catch((error: Error) => {
      throw new ControlError(`Nothing answers at ${baseUrl} (${error.message}). Is the mock running there?`)
    })
    const answer = await readText(response, baseUrl)
    if (!response.ok) {
      const detail = detailOf(answer)
      throw detail === undefined
        ? noMock(`${method} ${prefix}${path} got ${response.status}`)
        : new ControlError(detail)
    }
    return answer === '' ? 'done' : answer
  }
  const json: ControlCall['json'] = async (method, path, body) => {
    const answer = await text(method, path, body)
    try {
      return JSON.parse(answer)
    } catch {
      throw noMock(`${method} ${prefix}${path} got no JSON`)
    }
  }
  const noMock = (said: string) =>
    new ControlError(`What answers at ${baseUrl} is not a mock with a control plane: ${said}.`)
  return { baseUrl, fetch, text, json }
}

/** The text of an answer, counted while it comes: something else than a mock may stand there. */
async function readText({ body }: Response, baseUrl: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length
      if (size > MOST) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw new ControlError(`The answer of ${baseUrl} did not come whole (${(error as Error).message}).`)
  }
  if (size > MOST) throw new ControlError(`${baseUrl} answers more than ${MOST} bytes: no mock does.`)
  return Buffer.concat(chunks).toString('utf8')
}

/** What a mock takes, it may give as well. */
const MOST = bounds.controlFileBytes.value

function detailOf(answer: string): string | undefined {
  try {
    const { title, detail } = JSON.parse(answer) as { title?: string; detail?: string }
    return detail ?? title
  } catch {
    return undefined
  }
}
