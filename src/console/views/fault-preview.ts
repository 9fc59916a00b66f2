import type { Fault } from '../../scenarios/scenario.ts'
import { errorEntry, errorNamed, errorOfStatus } from '../../spec/errors.ts'
import type { Language } from '../../spec/languages.ts'
import type { Translate } from '../texts/texts.ts'

/** What the client of a call with the fault gets, in words or as the answer itself. */
export function previewOf(fault: Fault, t: Translate, language: Language): string {
  const effect = 'strikes' in fault && fault.strikes === 'after' ? t('fault.effectAfter') : t('fault.effectBefore')
  switch (fault.kind) {
    case 'latency':
      return t('fault.seesLatency', { delay: delayText(fault.delay) })
    case 'error':
      return `${errorAnswer(fault, language)}\n\n${effect}`
    case 'throttle': {
      const { status, code, message } = errorEntry(errorOfStatus(429) ?? 'tooManyRequests')
      const wait = fault.retryAfterSeconds ?? fault.windowSeconds ?? 60
      return `${answer(status, code, message[language], wait)}\n\n${t('fault.effectBefore')}`
    }
    case 'reset':
      return `${t('fault.seesReset', { bytes: fault.afterBytes ?? 0 })}\n${fault.afterBytes === undefined ? effect : t('fault.effectAfter')}`
    case 'truncate':
      return t('fault.seesTruncate', { part: Math.round((fault.fraction ?? 0.5) * 100) })
    case 'malformed':
      return t('fault.seesMalformed')
    case 'drip':
      return t('fault.seesDrip', { bytes: fault.chunkBytes ?? 16, pause: fault.everyMs ?? 100 })
  }
}

function errorAnswer(fault: Extract<Fault, { kind: 'error' }>, language: Language): string {
  const name = fault.error === undefined ? errorOfStatus(fault.status ?? 500) : errorNamed(fault.error)
  const entry = name === undefined ? undefined : errorEntry(name)
  const status = fault.status ?? entry?.status ?? 500
  const code = fault.code ?? entry?.code ?? status
  return answer(status, code, fault.msg ?? entry?.message[language] ?? String(status), fault.retryAfterSeconds)
}

const answer = (status: number, code: number | string, msg: string, retryAfter: number | undefined): string =>
  [
    `HTTP ${status}`,
    'Content-Type: application/json;charset=UTF-8',
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
    '',
    JSON.stringify({ code, msg }),
  ].join('\n')

function delayText(delay: Extract<Fault, { kind: 'latency' }>['delay']): string {
  if ('ms' in delay) return `${delay.ms} ms`
  return 'minMs' in delay ? `${delay.minMs} – ${delay.maxMs} ms` : `~ ${delay.medianMs} ms`
}
