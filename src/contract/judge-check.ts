import { systemTime } from '../client/system-time.ts'
import type { HeaderPairs } from '../shared/headers.ts'
import type { ReadingId } from '../spec/readings.ts'
import { type Check, probesOf } from './check.ts'
import { specToCurl } from './curl.ts'
import type { Exchange } from './exchange.ts'
import { CheckFailure, NetworkFailure, SafetyStop, SkipCheck } from './outcome.ts'
import type { Probe } from './probe.ts'
import type { Redact } from './redact.ts'
import type { CheckResult, ShownExchange } from './report.ts'
import type { Session } from './session.ts'

/** Exchanges that a result keeps as evidence. */
const KEPT = 3
/** Characters of a body that a report keeps. */
const LONGEST_BODY = 4000

interface JudgeOptions {
  readonly session: Session
  readonly redact: Redact
  readonly baseUrl: string
  /** Set when the check is not to run at all. */
  readonly skipBecause: string | undefined
}

/** A result with what the run learns from it. */
interface Judged {
  readonly result: CheckResult
  readonly learned: ReadonlyMap<ReadingId, string>
  readonly undetermined: ReadonlyMap<ReadingId, string>
  /** Set when a safety guard ends the run. */
  readonly stop?: string
}

type Findings = Pick<CheckResult, 'verdict' | 'expected' | 'got' | 'reason'> & {
  readonly proof?: readonly Exchange[]
  readonly stop?: string
}

/** Runs one check and turns whatever happens into a result. */
export async function judge(check: Check, options: JudgeOptions): Promise<Judged> {
  const { session, redact, baseUrl } = options
  const started = systemTime.elapsed()
  const before = session.requests
  const learned = new Map<ReadingId, string>()
  const undetermined = new Map<ReadingId, string>()
  const notices: string[] = []
  const asked = new Set<Probe<unknown>>()
  const { verdict, expected, got, reason, proof, stop } = await settle(check, options, {
    learned,
    undetermined,
    notices,
    asked,
  })
  const isTelling = verdict === 'violation' || verdict === 'notice'
  const evidence = isTelling ? (proof ?? touched(session, asked)).slice(-KEPT) : []
  const exchanges = evidence.map((exchange) => showExchange(exchange, baseUrl, redact))
  const curl = exchanges.at(-1)?.curl
  const { id, title, level, operation, source, clause, why, tags, safety } = check
  return {
    learned,
    undetermined,
    ...(stop !== undefined && { stop }),
    result: {
      id,
      title,
      level,
      operation,
      evidence: check.evidence,
      source,
      clause,
      why,
      tags,
      safety,
      verdict,
      ...(expected !== undefined && { expected: redact(expected) }),
      ...(got !== undefined && { got: redact(got) }),
      ...(reason !== undefined && { reason: redact(reason) }),
      exchanges,
      ...(curl !== undefined && { curl }),
      readings: Object.fromEntries(learned),
      requests: session.requests - before,
      durationMs: Math.round((systemTime.elapsed() - started) * 10) / 10,
    },
  }
}

interface Notes {
  readonly learned: Map<ReadingId, string>
  readonly undetermined: Map<ReadingId, string>
  readonly notices: string[]
  readonly asked: Set<Probe<unknown>>
}

async function settle(check: Check, { session, skipBecause }: JudgeOptions, notes: Notes): Promise<Findings> {
  if (skipBecause !== undefined) return skipped(check, skipBecause, notes)
  const allowed = new Set(check.uses)
  if (session.facts.allowWrites) for (const probe of check.usesWithWrites) allowed.add(probe)
  try {
    await check.run({
      facts: session.facts,
      exchanges: () => session.exchanges,
      async get(probe) {
        if (!allowed.has(probe as Probe<unknown>)) throw new Error(`${check.id} uses ${probe.id} without declaring it`)
        notes.asked.add(probe as Probe<unknown>)
        return session.get(probe)
      },
      learn: (id, value) => notes.learned.set(id, value),
      undetermined: (id, reason) => notes.undetermined.set(id, reason),
      notice: (text) => notes.notices.push(text),
    })
    return notes.notices.length > 0 ? { verdict: 'notice', reason: notes.notices.join('; ') } : { verdict: 'pass' }
  } catch (error) {
    return explain(check, error, notes)
  }
}

function explain(check: Check, error: unknown, notes: Notes): Findings {
  if (error instanceof CheckFailure) {
    const { expected, got, exchanges } = error.finding
    return {
      verdict: check.level === 'MAY' ? 'notice' : 'violation',
      expected,
      got,
      ...(exchanges !== undefined && { proof: exchanges }),
    }
  }
  if (error instanceof SkipCheck) return skipped(check, error.message, notes)
  if (error instanceof SafetyStop) {
    return { ...skipped(check, `the run was stopped: ${error.message}`, notes), stop: error.message }
  }
  if (error instanceof NetworkFailure) return { verdict: 'broken', reason: `no answer: ${error.message}` }
  return { verdict: 'broken', reason: `the check itself failed: ${error instanceof Error ? error.message : error}` }
}

function skipped({ readings }: Check, reason: string, { learned, undetermined }: Notes): Findings {
  for (const id of readings) if (!learned.has(id) && !undetermined.has(id)) undetermined.set(id, reason)
  return { verdict: 'skip', reason }
}

/** What the probes of a check have sent, those they rest on left out unless they sent nothing themselves. */
function touched(session: Session, asked: ReadonlySet<Probe<unknown>>): readonly Exchange[] {
  const own = [...asked].flatMap((probe) => session.exchangesOf(probe))
  if (own.length > 0) return own
  return probesOf({ uses: [...asked] }, session.facts.allowWrites).flatMap((probe) => session.exchangesOf(probe))
}

/** Makes an exchange fit to be shown: secrets out, long bodies cut, with the line that repeats it. */
function showExchange({ spec, request, response }: Exchange, baseUrl: string, redact: Redact): ShownExchange {
  const headers = (pairs: HeaderPairs) =>
    pairs.map(([name, value]): [string, string] => [name, redact.header(name, value)])
  return {
    request: {
      method: request.method,
      url: redact.url(request.url),
      headers: headers(request.headers),
      ...(request.body !== undefined && { body: cut(redact.body(request.body)) }),
    },
    response: { status: response.status, headers: headers(response.headers), body: cut(redact.body(response.text)) },
    curl: redact.credentials(specToCurl(spec, baseUrl)),
  }
}

const cut = (text: string): string =>
  text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}… (${text.length} characters)` : text
