import type { Sleep } from '../client/system-time.ts'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import type { ContractCredentials } from './credentials.ts'
import type { EarlierRun, Ledger } from './ledger.ts'
import { ContractUsageError } from './outcome.ts'
import type { SentRequest } from './session.ts'
import type { Fetch } from './transport.ts'

/** Options of a run; only `target` and `credentials` are needed. */
export interface ContractOptions {
  /** Base URL of the service, without /koodrive. */
  readonly target: string
  readonly credentials: ContractCredentials
  /** How requests are sent. Default: the global fetch. A mock's own `fetch` works without a port. */
  readonly fetch?: Fetch | undefined
  /** Whether checks that create and change things run. Default false: nothing is written. */
  readonly allowWrites?: boolean | undefined
  /** Name of the target's host, said once more, before anything is written to a host that is not loopback. */
  readonly confirmHost?: string | undefined
  /** Ids, beginnings of ids or tags of the checks to run. Default: all. */
  readonly only?: readonly string[] | undefined
  /** Ids, beginnings of ids or tags of checks to leave out. */
  readonly skip?: readonly string[] | undefined
  /** Whether notices count like violations. Default false. */
  readonly strict?: boolean | undefined
  /** Whether a skipped check fails the run. Default false. */
  readonly failOnSkip?: boolean | undefined
  /** Ids, beginnings of ids or tags of checks that must not be skipped. */
  readonly require?: readonly string[] | undefined
  /** Ids of checks whose violation is known: it is reported and fails nothing. */
  readonly baseline?: readonly string[] | undefined
  /** What an earlier run has created, so that this one goes on with it: `readLedger` gives it. */
  readonly resume?: EarlierRun | undefined
  /** Whether what the run created stays. Default false: a run that reaches its end deletes it. */
  readonly keep?: boolean | undefined
  /** Requests after which the run stops. Default 400. */
  readonly maxRequests?: number | undefined
  /** Requests a second at most. Default: 5, on loopback as fast as it answers (0). */
  readonly rps?: number | undefined
  /** Longest wait for an answer in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
  /** Longest wait for a batch task in milliseconds. Default 60,000. */
  readonly taskTimeoutMs?: number | undefined
  /**
   * What the phones of the users that a run provisions begin with, before ten digits of its own. Default `00999`, a
   * country that does not exist: nobody gets a message. For targets that provision real countries only.
   */
  readonly phonePrefix?: string | undefined
  /** File (or sink) in which the run writes down everything before it creates it. Needed for writes on a host that is not loopback. */
  readonly ledger?: string | Ledger | undefined
  /** A number in [0, 1); draws the run prefix and the phones. */
  readonly random?: (() => number) | undefined
  /** Epoch milliseconds, for X-Date. */
  readonly now?: (() => number) | undefined
  readonly sleep?: Sleep | undefined
  /** Called before each request. */
  readonly onRequest?: ((request: SentRequest) => void) | undefined
  /** Called before each check. */
  readonly onCheck?: ((check: Check, index: number, count: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/

/** What the paths of the operations begin with, and a target that was copied from a call ends in. */
const API_PREFIX = /(?:\/koodrive(?:\/ose(?:\/v\d+)?)?)?\/*$/

/** A target that may be called. */
export interface TargetAddress {
  readonly baseUrl: string
  readonly host: string
  readonly isLoopback: boolean
}

/**
 * Reads a target.
 *
 * @throws ContractUsageError when it is not an http or https URL, or carries a user, a query or a fragment.
 */
export function toTarget(text: string): TargetAddress {
  if (text === '') throw new ContractUsageError('there is no target: give --target URL or set KOODRIVE_TARGET')
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ContractUsageError(`the target "${text}" is not an http or https URL, such as http://127.0.0.1:4010`)
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ContractUsageError('the target must be a base URL: no user, no password, no query, no fragment')
  }
  return {
    baseUrl: `${url.origin}${url.pathname.replace(API_PREFIX, '')}`,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    isLoopback: LOOPBACK.test(url.hostname.replace(/^\[(.*)\]$/, '$1')),
  }
}

const PHONE_PREFIX = /^(?:00|\+)?\d{1,7}$/
/** Country code 999 is nobody's. */
const NOBODYS = '00999'

/**
 * What phones of a run begin with.
 *
 * @throws ContractUsageError when it is not the beginning of a phone number.
 */
export function toPhonePrefix(text = NOBODYS): string {
  if (PHONE_PREFIX.test(text)) return text
  throw new ContractUsageError(`the phone prefix "${text}" is not the beginning of a phone number, such as ${NOBODYS}`)
}

/** Whether a word of an option names a check: its id, the beginning of it, or a tag. */
export const matchesWord = ({ id, tags }: Pick<Check, 'id' | 'tags'>, word: string): boolean =>
  id === word || id.startsWith(`${word}.`) || tags.includes(word)

/**
 * The checks that a run goes through.
 *
 * @throws ContractUsageError when a word of `only` or `skip` names no check.
 */
export function selectChecks({
  only = [],
  skip = [],
  require = [],
}: Pick<ContractOptions, 'only' | 'skip' | 'require'>): readonly Check[] {
  for (const word of [...only, ...skip, ...require]) {
    if (checks.some((check) => matchesWord(check, word))) continue
    const tags = [...new Set(checks.flatMap((check) => check.tags))].sort()
    throw new ContractUsageError(`no check has the id or tag "${word}". Tags: ${tags.join(', ')}; ids: contract --list`)
  }
  return checks.filter(
    (check) =>
      (only.length === 0 || only.some((word) => matchesWord(check, word))) &&
      !skip.some((word) => matchesWord(check, word)),
  )
}
