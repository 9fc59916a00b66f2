import type { Operation } from '../../spec/operation.ts'
import type { AppContext, AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { headerCase } from '../http/wire.ts'

/** Writes every exchange into the journal of its sandbox and tells whoever listens, whatever became of it. */
export function recordExchange(deps: Deps): AppMiddleware {
  return async function recordExchange(c, next) {
    const started = deps.time.elapsed()
    const realAt = deps.time.now()
    try {
      await next()
    } finally {
      const durationMs = deps.time.elapsed() - started
      const { wire } = c.get('call')
      // Of a call that was refused before anybody read it, too.
      const body = wire.hasBody ? await wire.body().catch(() => NONE) : NONE
      record(deps, c, body, realAt, durationMs)
    }
  }
}

const NONE = new Uint8Array()

function record(deps: Deps, c: AppContext, requestBody: Uint8Array, realAt: number, durationMs: number): void {
  const call = c.get('call')
  const { wire, owner, operation, requestId, arrivedAt, rule, refusal, sent = '', faults, unanswered } = call
  const { route, passedOnTo } = call
  const { method, target } = wire
  const status = unanswered?.status ?? c.res.status
  const why = deps.isReadBack() ? refusal?.options : undefined
  const diagnosis = unanswered?.note ?? why?.detail
  deps.journals.ofOwner(owner).add({
    requestId,
    at: arrivedAt,
    realAt,
    durationMs,
    operation: operation?.operationId,
    route,
    passedOnTo,
    method,
    target,
    requestHeaders: wire.headers,
    requestBody,
    status,
    responseHeaders: unanswered === undefined ? (call.headers ?? toRecord(c.res.headers)) : {},
    responseBody: unanswered === undefined ? sent : '',
    responseBytes: unanswered === undefined && call.encoded?.text === sent ? call.encoded.bytes : undefined,
    rule,
    error: refusal?.options.own === undefined ? refusal?.error : undefined,
    diagnosis,
    search: why?.search,
    faults,
  })
  deps.onExchange?.({
    sandbox: owner?.id,
    requestId,
    operation: operation?.operationId,
    route,
    passedOnTo,
    method,
    target,
    status,
    durationMs,
    diagnosis,
    task: taskOf(operation, target, status, sent),
    faults,
  })
}

const toRecord = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, value]) => [headerCase(name), value]))

/** The task that a call asks about or has made, for the terminal; undefined when it names none. */
function taskOf(operation: Operation | undefined, target: string, status: number, body: string): string | undefined {
  if (operation?.id === 'query-batch-provisioning') return /[?&]taskId=(\d{1,20})(?:&|$)/.exec(target)?.[1]
  if (operation?.id !== 'create-batch-provisioning-task' || status !== 200) return undefined
  return /"data":"?(\d{1,20})/.exec(body)?.[1]
}
