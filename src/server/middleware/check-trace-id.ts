import { requestHeaders } from '../../spec/headers.ts'
import { limits } from '../../spec/limits.ts'
import type { AppCheck } from '../app-env.ts'
import { headerOf } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'

/** Refuses a trace id of another length than the pages give. Reading trace-id-length. */
export const checkTraceId: AppCheck = (c) => {
  const traceId = headerOf(c.get('call').wire, 'x-traceid')?.trim()
  const isFree = traceId === undefined || c.get('call').readings['trace-id-length'] === 'not-enforced'
  if (isFree || requestHeaders['X-Traceid'].safeParse(traceId).success) return
  throw new Refusal('verifyParametersFailed', {
    rule: 'header.X-Traceid',
    detail: `X-Traceid has ${traceId.length} characters; it takes exactly ${limits.traceIdLength} visible ASCII characters, or leave it out.`,
  })
}
