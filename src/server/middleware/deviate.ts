import type { AppMiddleware } from '../app-env.ts'
import type { Mutation } from '../mutation.ts'

/** Gives the answer of a mutant in place of the right one. */
export function deviate(change: NonNullable<Mutation['answer']>): AppMiddleware {
  return async function deviate(c, next) {
    await next()
    const call = c.get('call')
    const { wire, operation, refusal, sent, unanswered } = call
    if (unanswered !== undefined) return
    const { status, body, headers } = change(
      { status: c.res.status, body: sent, headers: {} },
      { wire, operation, refusal },
    )
    const changed = new Headers(c.res.headers)
    for (const [name, value] of Object.entries(headers)) changed.set(name, value)
    call.sent = body
    call.headers = undefined
    c.res = undefined
    c.res = new Response(body, { status, headers: changed })
  }
}
