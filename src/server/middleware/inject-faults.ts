import type { AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { faultsFor } from '../faults/fault-plan.ts'

/** Injects the faults of the sandbox, as a gateway in front of the service would. */
export function injectFaults({ time }: Deps): AppMiddleware {
  return function injectFaults(c, next) {
    const { sandbox, operation } = c.get('call')
    const plan = sandbox && faultsFor(sandbox, operation?.operationId ?? '')
    if (plan === undefined) return next()
    return import('../faults/carry-out.ts').then(({ carryOut }) => carryOut(plan, time, c, next))
  }
}
