import type { AppMiddleware } from '../app-env.ts'
import { headersBeside } from './answer.ts'

/** Gives the answers of routes and other servers, and those that a fault has changed, the headers that every answer has. */
export const answerHeaders: AppMiddleware = async (c, next) => {
  await next()
  const call = c.get('call')
  if (call.headers !== undefined || call.unanswered !== undefined) return
  const { headers } = c.res
  for (const [name, value] of Object.entries(headersBeside(call))) {
    if (name !== 'X-Traceid' || !headers.has(name)) headers.set(name, value)
  }
  const isForeign = call.route !== undefined || call.passedOnTo !== undefined
  if (isForeign && DOCUMENT.test(headers.get('content-type') ?? '')) headers.append('Content-Security-Policy', APART)
}

/** What a browser runs scripts in. */
const DOCUMENT = /html|xml|svg/i
/** A page of somebody else has an origin of its own: ours is that of the console, which changes sandboxes. */
const APART = 'sandbox allow-scripts allow-forms allow-popups allow-downloads'
