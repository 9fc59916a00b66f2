import type { AppMiddleware, Call } from '../app-env.ts'
import { wireOf } from '../http/wire.ts'

/** Begins a call with the request as it came, before a URL or Headers made it tidy: signatures are over what was sent. */
export const readWire: AppMiddleware = (c, next) => {
  c.set('call', { wire: wireOf(c.req.raw, c.env), faults: [] as readonly string[] } as Call)
  return next()
}
