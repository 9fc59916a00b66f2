import type { Operation } from '../../spec/operation.ts'
import type { OperationId } from '../../spec/wire-types.ts'
import type { Need } from '../credentials.ts'
import type { Exchange } from '../exchange.ts'
import { once, type PlannedRequest, type Probe, type ProbeContext, type Safety } from '../probe.ts'
import type { RequestSpec } from '../request-spec.ts'

/** A probe of one exchange. */
export interface SingleOptions {
  readonly id: string
  readonly operation: Operation
  readonly needs?: readonly Need[]
  readonly safety?: Safety
  readonly uses?: readonly Probe<unknown>[]
  readonly usesWithWrites?: readonly Probe<unknown>[]
  /** The query as the plan shows it; what is not known before stands in braces. */
  readonly query?: string | undefined
  /** Where the request goes when not to the operation: another path, another method. */
  readonly elsewhere?: Partial<Pick<PlannedRequest, 'method' | 'path'>>
  readonly build: (context: ProbeContext) => RequestSpec | Promise<RequestSpec>
}

/** Defines a probe of one exchange. */
export function single(options: SingleOptions): Probe<Exchange> {
  const { id, operation, needs = [], safety = 'read', uses = [], usesWithWrites, query, elsewhere, build } = options
  return {
    id,
    operation: operation.operationId as OperationId,
    needs,
    safety,
    uses,
    ...(usesWithWrites !== undefined && { usesWithWrites }),
    requests: [{ ...once(operation, query), ...elsewhere }],
    async run(context) {
      return context.send(await build(context))
    },
  }
}
