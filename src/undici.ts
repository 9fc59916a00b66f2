/**
 * The mock behind undici, and so behind the `fetch` of Node: code that calls the production host is served without a
 * port, by HTTP/1.1 over connections in memory.
 *
 * @module
 */
import type { Socket } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { type InterceptOptions, originsOf } from './intercept.ts'
import type { Mock } from './mock/create-mock.ts'

export type { InterceptOptions } from './intercept.ts'

/**
 * A dispatcher whose connections to the production host lead to the mock; all others go where they always went.
 *
 * @throws TypeError when an origin is none.
 * @example
 * const mock = createMock()
 * setGlobalDispatcher(mockDispatcher(mock))
 * await fetch('https://intl.myhuaweicloud-koodrive.com/koodrive/ose/v1/userList?offset=0&limit=10', { headers })
 */
export function mockDispatcher(mock: Pick<Mock, 'connect'>, options: InterceptOptions = {}): Agent {
  const origins = new Set(originsOf(options))
  const connectOutside = buildConnector({})
  return new Agent({
    connect(target, callback) {
      const { protocol, host } = target
      if (!origins.has(`${protocol}//${host}`)) return connectOutside(target, callback)
      // A connection is made later than it is asked for, never at once. undici asks no more of it than a Duplex has.
      queueMicrotask(() => callback(null, mock.connect() as Socket))
    },
  })
}
