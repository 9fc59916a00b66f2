import { version } from '../../spec/version.ts'
import type { AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { CONTROL_PREFIX } from '../problem.ts'

const ADDRESSES = ['/', CONTROL_PREFIX, `${CONTROL_PREFIX}/`]

/**
 * Answers the bare address of the server: a browser is led to the console, and a program learns what this is, with 200, so
 * that whatever waits for a server to answer may be given the address that is printed. It is no call of the service, and
 * stays out of the journal.
 */
export function landing({ hasControl }: Deps): AppMiddleware {
  const links = hasControl && {
    console: `${CONTROL_PREFIX}/console`,
    docs: `${CONTROL_PREFIX}/docs`,
    openapi: `${CONTROL_PREFIX}/openapi.json`,
    control: `${CONTROL_PREFIX}/control.openapi.json`,
    health: `${CONTROL_PREFIX}/health`,
  }
  return async function landing(c, next) {
    const { wire } = c.get('call')
    // Hono takes `//` for `/`; and what cannot be read is refused, wherever it goes.
    if (wire.rejection !== undefined || !ADDRESSES.includes(wire.target.split('?')[0] ?? '')) return next()
    const isBrowser = /\btext\/html\b/.test(c.req.header('accept') ?? '')
    if (links && isBrowser) return c.redirect(links.console, 302)
    return c.json({ name: 'koodrive-mock', version, what: 'A mock of the KooDrive enterprise API.', ...links })
  }
}
