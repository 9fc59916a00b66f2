import type { AppMiddleware } from '../app-env.ts'
import { headersBeside } from './answer.ts'
import { isolatePage } from './protect-answers.ts'

/** Gives the answers of routes and other servers, and those that a fault has changed, the headers that every answer has. */
export const answerHeaders: AppMiddleware = async (c, next) => {
  await next()
  const call = c.get('call')
  if (call.headers !== undefined || call.unanswered !== undefined) return
  const { headers } = c.res
  for (const [name, value] of Object.entries(headersBeside(call))) {
    if (name !== 'X-Traceid' || !headers.has(name)) headers.set(name, value)
  }
  isolatePage(call, headers)
}
