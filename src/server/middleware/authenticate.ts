import type { AppCheck } from '../app-env.ts'
import { authenticate as findCaller } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { noSandbox, sandboxGone } from '../refusal.ts'

/** Finds out who calls an operation. */
export function authenticate({ world, mutation }: Deps): AppCheck {
  const find = mutation?.authenticate ?? findCaller
  return async function authenticate(c) {
    const call = c.get('call')
    const { sandbox, operation, wire } = call
    if (operation === undefined) return
    if (sandbox === undefined) throw noSandbox()
    if (sandbox.isRetired) throw sandboxGone()
    const { caller, userId, token } = await find(world, sandbox, operation, wire)
    call.caller = caller
    call.userId = userId
    call.token = token
  }
}
