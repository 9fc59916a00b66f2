import type { AppMiddleware } from '../app-env.ts'
import { wireOf } from '../http/wire.ts'

/** Sets the request as it came, before a URL or Headers made it tidy: signatures are over what was sent. */
export const readWire: AppMiddleware = (c, next) => {
  c.set('wire', wireOf(c.req.raw, c.env))
  return next()
}
