/**
 * The mock behind Mock Service Worker: code that calls the production host by fetch is served without a port.
 *
 * @module
 */
import { type HttpHandler, HttpResponse, http } from 'msw'
import { type InterceptOptions, originsOf } from './intercept.ts'
import type { Mock } from './mock/create-mock.ts'

export type { InterceptOptions } from './intercept.ts'

/**
 * Handlers for `setupServer` of `msw/node`, one an origin.
 *
 * @throws TypeError when an origin is none.
 * @example
 * const mock = createMock()
 * const server = setupServer(...mockHandlers(mock))
 * server.listen()
 */
export function mockHandlers(mock: Pick<Mock, 'fetch'>, options: InterceptOptions = {}): HttpHandler[] {
  return originsOf(options).map((origin) => http.all(`${origin}/*`, ({ request }) => answer(mock, request)))
}

/** A connection that breaks is an error of the network, and so is a call given up; all else that is thrown is ours. */
async function answer(mock: Pick<Mock, 'fetch'>, request: Request): Promise<Response> {
  try {
    return await mock.fetch(request)
  } catch (error) {
    if (error instanceof TypeError || request.signal.aborted) return HttpResponse.error()
    throw error
  }
}
