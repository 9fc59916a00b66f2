import type { AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'

/** Gives another answer in place of the right one, where a mutant says so. */
export function deviate({ mutation }: Deps): AppMiddleware {
  const change = mutation?.answer
  if (change === undefined) return (_, next) => next()
  return async function deviate(c, next) {
    await next()
    const { wire, operation, refusal, sent, unanswered } = c.var
    if (unanswered !== undefined) return
    const { status, body, headers } = change(
      { status: c.res.status, body: sent, headers: {} },
      { wire, operation, refusal },
    )
    const changed = new Headers(c.res.headers)
    for (const [name, value] of Object.entries(headers)) changed.set(name, value)
    c.set('sent', body)
    c.res = undefined
    c.res = new Response(body, { status, headers: changed })
  }
}
