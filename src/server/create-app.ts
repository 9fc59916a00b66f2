import { errorEntry } from '../spec/errors.ts'
import { isControlPath, type LoadControl } from './control/mount.ts'
import type { Deps } from './deps.ts'
import { ConnectionLostError } from './faults/spoil.ts'
import type { App } from './http/app.ts'
import { ClientGoneError, type Exchange, exchangeOfFetch, exchangeOfSocket } from './http/exchange.ts'
import { pathOf } from './http/path.ts'
import { type Reply, send, toResponse } from './http/reply.ts'
import { serveVendor } from './middleware/pipeline.ts'
import { createTargets } from './middleware/target.ts'

/** The vendor API and the control plane, if there is one. Opens no port. */
export function createApp(deps: Deps, loadControl: LoadControl | undefined): App {
  const targetOf = createTargets(deps)
  const isControl = (path: string) => loadControl !== undefined && isControlPath(path)
  const answer = async (exchange: Exchange, path: string): Promise<Reply | undefined> => {
    try {
      return await serveVendor(deps, exchange, targetOf(exchange, path))
    } catch (error) {
      if (error instanceof ConnectionLostError) throw error
      return error instanceof ClientGoneError ? nobodyLeft : internalError()
    }
  }
  return {
    async fetch(request, bindings) {
      const path = pathOf(request.url)
      if (loadControl !== undefined && isControlPath(path)) return (await loadControl()).fetch(request, bindings)
      const reply = await answer(exchangeOfFetch(request), path)
      return toResponse(reply ?? nobodyLeft, request.method)
    },
    serve(incoming, outgoing) {
      const path = pathOf(incoming.url ?? '')
      if (isControl(path)) return false
      void answer(exchangeOfSocket(incoming, outgoing), path).then((reply) => {
        if (reply !== undefined) send(incoming, outgoing, reply)
      })
      return true
    },
  }
}

/** For a client that will not read it. */
const nobodyLeft: Reply = { status: 408, headers: {}, body: '' }

function internalError(): Reply {
  const { code, status, message } = errorEntry('internalError')
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, msg: message['en-US'] }),
  }
}
