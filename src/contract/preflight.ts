import { isRecord } from '../shared/json.ts'
import type { Check } from './check.ts'
import { probesOf } from './check.ts'
import type { Need } from './credentials.ts'
import type { Exchange } from './exchange.ts'
import { describe, isSuccess } from './judge.ts'
import { NetworkFailure, SkipCheck } from './outcome.ts'
import type { Probe, RunFacts } from './probe.ts'
import {
  isSignatureTaken,
  isSignatureUnclear,
  signedQuestion,
  tokenForm,
  tokenSpellings,
  UNCLEAR,
} from './probes/identity.ts'
import { createMain } from './probes/main-task.ts'
import type { Outcome } from './report.ts'
import type { Session } from './session.ts'

/** What the first requests of a run told. */
export interface Preflight {
  /** Set when there is no point in going on. */
  readonly stop?: { readonly outcome: Outcome; readonly reason: string }
  /** Credentials that the target refuses, with the reason. */
  readonly refused: ReadonlyMap<Need, string>
  /** Credentials of which it cannot be told whether the target takes them, with the reason. */
  readonly unclear: ReadonlyMap<Need, string>
}

interface WayIn {
  readonly need: Need
  readonly probe: Probe<unknown>
  /** Whose answer tells whether this is the service at all. */
  readonly answer: Probe<Exchange>
  readonly hint: string
}

const waysIn: readonly WayIn[] = [
  {
    need: 'signature',
    probe: isSignatureTaken,
    answer: signedQuestion,
    hint: 'the app signature is refused; check KOODRIVE_APP_ID, KOODRIVE_APP_SECRET, KOODRIVE_USER_ID and the clock',
  },
  {
    need: 'access-token',
    probe: tokenForm,
    answer: tokenSpellings.blank,
    hint: 'KOODRIVE_ACCESS_TOKEN is refused in every spelling; it may be mistyped or expired',
  },
]

/** The probes that a run of these checks begins with. */
export const preflightProbes = (checks: readonly Check[], facts: RunFacts): readonly Probe<unknown>[] =>
  neededWays(checks, facts).map(({ probe }) => probe)

const neededWays = (checks: readonly Check[], facts: RunFacts): readonly WayIn[] => {
  const needs = new Set(checks.flatMap((check) => probesOf(check, facts.allowWrites).flatMap((probe) => probe.needs)))
  return waysIn.filter(({ need }) => needs.has(need) && facts.has(need))
}

/** Tries each way in once. The answers serve the checks too. */
export async function tryWaysIn(session: Session, checks: readonly Check[]): Promise<Preflight> {
  const refused = new Map<Need, string>()
  const unclear = new Map<Need, string>()
  const foreign: string[] = []
  const ways = neededWays(checks, session.facts)
  for (const { need, probe, answer, hint } of ways) {
    try {
      await session.get(probe)
      const exchange = await session.get(answer)
      if (!isRecord(exchange.response.json)) foreign.push(describe(exchange))
      else if (probe !== isSignatureTaken) continue
      else if (await session.get(isSignatureUnclear)) {
        if (!session.facts.allowWrites) unclear.set(need, UNCLEAR)
        else if (!isSuccess(await session.get(createMain))) refused.set(need, hint)
      } else if (!(await session.get(isSignatureTaken))) refused.set(need, hint)
    } catch (error) {
      if (error instanceof NetworkFailure)
        return { refused, unclear, stop: { outcome: 'unreachable', reason: error.message } }
      if (!(error instanceof SkipCheck)) throw error
      refused.set(need, hint)
    }
  }
  if (foreign.length > 0 && foreign.length === ways.length) {
    return {
      refused,
      unclear,
      stop: { outcome: 'unreachable', reason: `this is not the KooDrive API: it answers ${foreign[0]}` },
    }
  }
  return { refused, unclear }
}
