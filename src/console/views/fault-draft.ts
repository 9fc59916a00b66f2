import { explainMistake } from '../../scenarios/explain.ts'
import type { Fault } from '../../scenarios/scenario.ts'
import { faultKinds, faultSchema } from '../../scenarios/schema.ts'

export type FaultKind = Fault['kind']

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
