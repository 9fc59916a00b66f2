import { isFromOtherSite, protectiveHeaders } from '../../shared/headers.ts'
import { errorEntry } from '../../spec/errors.ts'
import type { AppCheck, AppMiddleware, Call } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { isFromAllowedOrigin } from './allow-origins.ts'

/** Sets on every answer what keeps browsers from taking it for something else, or for a part of another site's page. */
export const protectAnswers: AppMiddleware = async (c, next) => {
  await next()
  for (const [name, value] of protectiveHeaders) c.res.headers.set(name, value)
}

/** What a browser runs scripts in. */
const DOCUMENT = /html|xml|svg/i

/** Gives a page of a route or of another server an origin of its own: ours is that of the console, which changes sandboxes. */
export function isolatePage({ route, passedOnTo }: Pick<Call, 'route' | 'passedOnTo'>, headers: Headers): void {
  const isForeign = route !== undefined || passedOnTo !== undefined
  if (!isForeign || !DOCUMENT.test(headers.get('content-type') ?? '')) return
  headers.append('Content-Security-Policy', 'sandbox allow-scripts allow-forms allow-popups allow-downloads')
}

/**
 * Refuses what a page of another site embeds, such as an image or a frame, where a person may follow a link of that site: to the
 * landing page, and to the sign-in, which makes codes.
 */
export const refuseEmbedding: AppMiddleware = (c, next) => {
  const { wire } = c.get('call')
  const isFollowed = headerOf(wire, 'sec-fetch-mode') === 'navigate' && headerOf(wire, 'sec-fetch-dest') === 'document'
  if (!wire.isSocket || !isFromOtherSite(headerOf(wire, 'sec-fetch-site')) || isFollowed) return next()
  const { code, status, message } = errorEntry('otherSite')
  const headers = { 'X-Mock-Rule': 'other-site; inferred', ...Object.fromEntries(protectiveHeaders) }
  return Promise.resolve(c.json({ code, msg: message['en-US'] }, status as 403, headers))
}

/** Refuses what a page of another site made a browser send: it could fill the journal, and use the well-known tokens. */
export function refuseOtherSites(deps: Pick<Deps, 'corsOrigins'>): AppCheck {
  return function refuseOtherSites(c) {
    const { wire } = c.get('call')
    const site = headerOf(wire, 'sec-fetch-site')
    if (!wire.isSocket || !isFromOtherSite(site) || isFromAllowedOrigin(wire, deps)) return
    throw new Refusal('otherSite', {
      rule: 'other-site',
      detail: `A page of another site sent this through a browser (Sec-Fetch-Site: ${site}). Call from a program or from a page of this server, or allow that site by --cors ORIGIN.`,
    })
  }
}
