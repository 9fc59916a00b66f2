import { createHash } from 'node:crypto'
import { systemTime } from '../client/system-time.ts'
import { lacks } from './credentials.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { type ContractOptions, type TargetAddress, toPhonePrefix } from './options.ts'
import { ContractUsageError, SafetyStop } from './outcome.ts'
import type { RunFacts } from './probe.ts'
import { Session } from './session.ts'

/** What the name of every run begins with, and so everything that it creates. */
const PREFIX = 'kdc'
const DEFAULT_MAX_REQUESTS = 400
const POLITE_RPS = 5

/** What is fixed before the first request: also what the plan rests on. */
export function toFacts(options: ContractOptions, random: () => number): RunFacts {
  const { credentials, allowWrites = false, taskTimeoutMs = 60_000, now = systemTime.now } = options
  const phones = toPhonePrefix(options.phonePrefix)
  const draw = (length: number): string => String(Math.floor(random() * 10 ** length)).padStart(length, '0')
  const drawn = draw(7)
  // The phones and names of an earlier run are known by its number.
  const digits = options.resume?.run.slice(PREFIX.length) ?? drawn
  const announced = options.resume?.entries.filter(({ creates }) => creates?.kind === 'department').length ?? 0
  const unknownDigits = draw(8) + draw(8)
  return {
    allowWrites,
    prefix: `${PREFIX}${digits}`,
    // Those of the earlier run may have been renamed, moved or filled: further ones are never taken for them.
    departmentPrefix: `${PREFIX}${digits}${announced === 0 ? '' : `r${announced}`}`,
    phone: (n) => `${phones}${digits}${String(n).padStart(3, '0')}`,
    has: (need) => lacks(need, credentials, allowWrites) === undefined,
    userId: credentials.userId ?? '',
    authCode: credentials.authCode ?? '',
    unknown: {
      id: (n = 0) => `6${n % 10}${unknownDigits}1`,
      hex: createHash('sha256').update(`unknown ${digits}${unknownDigits}`).digest('hex'),
      name: `kdc nobody ${unknownDigits}`,
    },
    taskTimeoutMs,
    now,
  }
}

/** @throws SafetyStop when writes go to a host that is not loopback and was not said once more. */
export function guardWrites(
  { allowWrites, confirmHost, ledger }: ContractOptions,
  { host, isLoopback }: TargetAddress,
): void {
  if (confirmHost !== undefined && confirmHost !== host) {
    throw new SafetyStop(`--confirm-host says ${confirmHost}, but the target is ${host}; nothing was sent`)
  }
  if (allowWrites !== true || isLoopback) return
  if (confirmHost === undefined) {
    throw new SafetyStop(`writing to ${host} needs --confirm-host ${host} as well; nothing was sent`)
  }
  if (ledger === undefined) throw new ContractUsageError(`writing to ${host} needs a ledger; nothing was sent`)
}

/** What a run talks to its target by, and the ledger that was opened for it. */
export function sessionFor(
  options: ContractOptions,
  target: TargetAddress,
): { readonly session: Session; readonly ledger: Ledger | undefined } {
  const { random = systemTime.random, now = systemTime.now, sleep = systemTime.sleep } = options
  const ledger =
    typeof options.ledger === 'string'
      ? options.allowWrites === true
        ? openLedger(options.ledger)
        : undefined
      : options.ledger
  const session = new Session({
    baseUrl: target.baseUrl,
    credentials: options.credentials,
    fetch: options.fetch ?? ((request) => fetch(request)),
    facts: toFacts(options, random),
    maxRequests: options.maxRequests ?? DEFAULT_MAX_REQUESTS,
    rps: options.rps ?? (target.isLoopback ? 0 : POLITE_RPS),
    timeoutMs: options.timeoutMs ?? 10_000,
    now,
    elapsed: systemTime.elapsed,
    sleep,
    random,
    ledger,
    resume: options.resume,
    onRequest: options.onRequest,
    signal: options.signal,
  })
  return { session, ledger }
}
