import { explainMistake } from '../../scenarios/explain.ts'
import type { Fault } from '../../scenarios/scenario.ts'
import { faultKinds, faultSchema } from '../../scenarios/schema.ts'
import { errorEntry, errorNamed, errorOfStatus } from '../../spec/errors.ts'
import type { Language } from '../../spec/languages.ts'
import type { Translate } from '../texts/texts.ts'

type FaultKind = Fault['kind']

/** Numbers that a kind takes besides target and schedule. */
export const faultFields = {
  latency: ['delayMs'],
  error: ['retryAfterSeconds'],
  throttle: ['quota', 'windowSeconds', 'retryAfterSeconds'],
  reset: ['afterBytes'],
  truncate: ['fraction'],
  malformed: [],
  drip: ['chunkBytes', 'everyMs'],
} as const satisfies Readonly<Record<FaultKind, readonly string[]>>

/** A fault as a form has it so far. */
export interface FaultDraft {
  readonly kind: FaultKind
  readonly fault?: Fault
  /** Why it is none yet. */
  readonly mistake?: string
}

const SCOPE = ['nth', 'every', 'times', 'probability', 'afterSeconds', 'forSeconds', 'everySeconds'] as const

/** Reads a fault from the fields of the form; empty fields count as absent. */
export function readFault(query: Readonly<Record<string, string>>): FaultDraft {
  const kind = faultKinds().find((one) => one === query['kind']) ?? 'latency'
  const given = (name: string): string | undefined => (query[name]?.trim() === '' ? undefined : query[name]?.trim())
  const fault: Record<string, unknown> = { kind }
  const put = (name: string, value: unknown) => {
    if (value !== undefined) fault[name] = value
  }
  for (const name of [...faultFields[kind], ...SCOPE]) if (name !== 'delayMs') put(name, number(given(name)))
  put('operation', given('operation'))
  if (kind === 'latency') put('delay', { ms: number(given('delayMs') ?? '2000') })
  if (kind === 'latency' || kind === 'error' || kind === 'reset') {
    put('strikes', given('strikes') === 'after' ? 'after' : undefined)
  }
  if (kind === 'error') {
    put('error', given('error'))
    if (fault['error'] === undefined) {
      put('status', number(given('status') ?? '503'))
      put('code', number(given('code')))
      put('msg', given('msg'))
    }
  }
  const result = faultSchema().safeParse(fault)
  if (result.success) return { kind, fault: result.data }
  const { path, detail } = explainMistake(faultSchema(), result.error, fault)
  return { kind, mistake: path === '' ? detail : `${path}: ${detail}` }
}

/** A number where it is one; whatever else stands there is refused in words. */
const number = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text

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
